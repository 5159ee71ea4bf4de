"""Texts for people, in one language or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from cqsim.messages import Language
from cqsim.noun import Noun

# Characters that steer a terminal or turn a line round; tabs and line breaks are none of them.
_CONTROLS = {*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - {9, 10}
STEERING = frozenset(map(chr, _CONTROLS))


class Bilingual(Noun):
    """A text in two languages."""

    zh: str
    """Chinese text."""
    en: str
    """English text."""


def _read_text(value: Any) -> Any:
    return Bilingual.model_validate(value) if isinstance(value, Mapping) else value


Text = Annotated[
    Annotated[str, Field(max_length=500)] | Bilingual,
    BeforeValidator(_read_text),
    WithJsonSchema({"x-cqsim": "Text"}),
]
"""A text, or one in each language."""


def text_in(text: Text, language: Language) -> str:
    """The text in a language, without control characters; a plain string is the same in both.

    >>> text_in("游客", "en")
    '游客'
    """
    found = text if isinstance(text, str) else str(getattr(text, language))
    return "".join(sign for sign in found if sign not in STEERING)
