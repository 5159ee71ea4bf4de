"""Both catalogues say the same things, and the source uses exactly what they hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import cqsim
from cqsim.evidence import Evidence
from cqsim.messages import LANGUAGES, en, say, zh
from cqsim.scenario.nouns.target import SENSES

SOURCE = Path(cqsim.__file__).parent
CATALOGUES = {"en": en.SENTENCES, "zh": zh.SENTENCES}
# Families of keys whose last part is chosen while running.
CHOSEN = (
    {f"evidence.{grade}" for grade in Evidence}
    | {f"sense.{sense}" for sense in SENSES}
    | {"when.year", "when.reached_by"}
)


def texts(node: ast.AST) -> Iterator[str]:
    """Every text that an expression may be: its constants, those of its branches, and of the parts of f-strings."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def used() -> Iterator[tuple[str, str]]:
    """Where each key is used, and the key."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                yield from ((f"{path.name}:{node.lineno}", key) for key in keys_of(node))


def keys_of(call: ast.Call) -> Iterator[str]:
    """The keys of one call of Fault, unknown or say."""
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
    if name not in ("Fault", "unknown", "say") or not call.args:
        return
    first = call.args[0]
    if isinstance(first, ast.Constant | ast.IfExp):
        yield from texts(first)
    if name == "Fault":
        seconds = [second for second in call.args[1:2] if isinstance(second, ast.Constant | ast.IfExp)]
        yield from (f"hint.{hint}" for second in seconds for hint in texts(second))


def mentioned() -> set[str]:
    """Every text of the source outside the catalogues."""
    files = [path for path in SOURCE.rglob("*.py") if path.parent.name != "messages"]
    return {text for path in files for text in texts(ast.parse(path.read_text(encoding="utf-8")))}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_catalogues_have_the_same_keys_in_the_same_order() -> None:
    assert list(en.SENTENCES) == list(zh.SENTENCES)


@pytest.mark.parametrize("key", en.SENTENCES)
def test_both_sentences_have_the_same_places(key: str) -> None:
    assert places(en.SENTENCES[key]) == places(zh.SENTENCES[key])


def test_every_key_that_the_source_uses_exists() -> None:
    assert not [(place, key) for place, key in used() if key not in en.SENTENCES]


def test_keys_are_really_found_in_the_source() -> None:
    found = {key for _, key in used()}
    assert {"unknown_key", "hint.near", "bare_sd", "hint.write_sd", "note.interval", "formula_sign"} <= found


def test_no_key_is_unused() -> None:
    known = mentioned() | CHOSEN | {"hint.near"}  # `errors.unknown` chooses this hint
    unused = [key for key in en.SENTENCES if key not in known and key.removeprefix("hint.") not in known]
    assert not [key for key in unused if key.partition(".")[2] not in known]


@pytest.mark.parametrize("key", en.SENTENCES)
def test_every_sentence_can_be_said(key: str) -> None:
    values = dict.fromkeys(places(en.SENTENCES[key]), "…")
    for language in LANGUAGES:
        assert say(key, language, **values)
        assert "{" not in re.sub(r"\{[ a-z]*\}|\{times_baseline: 2\}|\{[^{}]*\}", "", say(key, language, **values))


@pytest.mark.parametrize("key", zh.SENTENCES)
def test_chinese_sentences_use_chinese_punctuation(key: str) -> None:
    assert not re.search(r"[\u4e00-\u9fff][,;:?!]", re.sub(r"`[^`]*`", "", zh.SENTENCES[key]))


def test_lists_are_joined_as_each_language_does() -> None:
    assert say("not_both", "en", names=["a", "b"]) == "give only one of: a, b"
    assert "a、b" in say("not_both", "zh", names=["a", "b"])
