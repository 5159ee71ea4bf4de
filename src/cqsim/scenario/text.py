"""Texts for people, in one language or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from cqsim.messages import Language
from cqsim.noun import Noun


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
    """The text in a language; a plain string is the same in both.

    >>> text_in("游客", "en")
    '游客'
    """
    return text if isinstance(text, str) else str(getattr(text, language))
