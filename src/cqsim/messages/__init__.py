"""Every sentence that a person reads, in Chinese and English."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def say(key: str, language: Language, /, **values: object) -> str:
    """One sentence of the catalogue, its places filled in; lists are joined as the language does.

    >>> say("not_list", "en")
    'expected a list: `- ` entries or [a, b]'
    """
    catalogue = import_module(f"cqsim.messages.{language}")
    joiner = "、" if language == "zh" else ", "
    shown = {
        name: joiner.join(map(str, value)) if isinstance(value, (list, tuple)) else value
        for name, value in values.items()
    }
    sentence: str = catalogue.SENTENCES[key]
    return sentence.format(**shown)
