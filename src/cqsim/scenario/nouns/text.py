"""Texts for people, in one language or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from cqsim.errors import Fault
from cqsim.messages import Language
from cqsim.noun import Noun
from cqsim.quantities import shown

_LONGEST = 500


class Bilingual(Noun):
    """A text in two languages."""

    zh: str
    """Chinese text."""
    en: str
    """English text."""


def _read_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Bilingual.model_validate(value)
    if not isinstance(value, str | Bilingual):
        raise Fault("not_text", value=shown(value))
    if isinstance(value, str) and len(value) > _LONGEST:
        raise Fault("text_long", most=_LONGEST)
    return value


Text = Annotated[
    str | Bilingual,
    BeforeValidator(_read_text),
    WithJsonSchema({"x-cqsim": "Text"}),
]
"""A text, or one in each language."""


def text_in(text: Text, language: Language) -> str:
    """The text in a language; a plain string is the same in both.

    >>> text_in("游客", "en")
    '游客'
    """
    return text if isinstance(text, str) else str(getattr(text, language))
