"""The scenario reference: every noun of the JSON Schema with its keys, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

import cqsim
from cqsim.distributions.base import REGISTRY as DISTRIBUTIONS
from cqsim.growth.base import REGISTRY as MODELS
from cqsim.messages import Language
from cqsim.noun import Noun
from cqsim.scenario.files.schema import chinese, english, schema
from cqsim_site.words import CHAPTERS, NOUNS_ZH, WORDS

Piece = Mapping[str, Any]
_SHARED = ("evidence", "source", "note")


class ScenarioReference(SphinxDirective):
    """All chapters of the reference; the argument is the language, `zh` or `en`."""

    required_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """The chapters, each with the nouns that it lists."""
        language: Language = directives.choice(self.arguments[0], ("zh", "en"))  # type: ignore[assignment]
        return self.parse_text_to_nodes("\n\n".join(_page(language)), allow_section_headings=True)


@cache
def _definitions() -> Mapping[str, Piece]:
    whole = schema()
    return {**whole["definitions"], "Scenario": whole}


def _page(language: Language) -> Iterator[str]:
    chapters = CHAPTERS[language]
    described = {name for names in chapters.values() for name in names}
    nouns = {name for name, one in _definitions().items() if "properties" in one}
    if described != nouns:
        raise ValueError(f"docs/cqsim_site/words.py and the schema differ in {sorted(described ^ nouns)}")
    for title, names in chapters.items():
        yield f"## {title}"
        for name in names:
            yield f"({_anchor(name, language)})=\n### {_title(name, language)}"
            yield _about(name, language)
            yield fields(name, language)


def fields(name: str, language: Language, shared: bool = True) -> str:
    """The keys of a noun as a Markdown table; without those that all figures share if not wanted."""
    noun, one = _noun(name), _definitions()[name]
    required = one.get("required", [])
    rows = []
    for key in sorted(one["properties"], key=lambda key: (key not in required, key in _SHARED)):
        if key in _SHARED and not shared:
            continue
        about = one["properties"][key]
        text = (chinese if language == "zh" else english)(noun, key)
        shown = f"**`{key}`**" if key in required else f"`{key}`"
        rows.append([shown, _type(about, language), _default(about), " ".join(text.split())])
    words = WORDS[language]
    lines = [words["head"], "| --- | --- | --- | --- |", *("| " + " | ".join(map(_cell, row)) + " |" for row in rows)]
    return "\n".join(lines)


def _noun(name: str) -> type[Noun]:
    if name in cqsim.__all__:
        return getattr(cqsim, name)  # type: ignore[no-any-return]
    found = [DISTRIBUTIONS.find(one) for one in DISTRIBUTIONS.shipped()]
    return next(one for one in found if one.__name__ == name)


def _anchor(name: str, language: Language) -> str:
    return f"{language}-{name.lower()}"


def _title(name: str, language: Language) -> str:
    key = next((f"`{kind}: {one}`" for kind, one in _tags() if one == _tag(name)), f"`{name}`")
    return f"{NOUNS_ZH[name][0]} {key}" if language == "zh" else key


@cache
def _tags() -> list[tuple[str, str]]:
    return [("model", one) for one in MODELS.shipped()] + [("distribution", one) for one in DISTRIBUTIONS.shipped()[2:]]


def _tag(name: str) -> str | None:
    """The value of `model` or `distribution` that stands for a noun."""
    properties = _definitions()[name]["properties"]
    return next((properties[key]["const"] for key in ("model", "distribution") if key in properties), None)


def _about(name: str, language: Language) -> str:
    if language == "zh":
        return NOUNS_ZH[name][1]
    return " ".join((_noun(name).__doc__ or "").partition("\n\n")[0].split())


def _type(one: Piece, language: Language) -> str:
    words = WORDS[language]
    if "anyOf" in one:
        return words["or"].join(dict.fromkeys(_type(part, language) for part in one["anyOf"] if not _is_null(part)))
    if "allOf" in one or "$ref" in one:
        return _link((one.get("allOf") or [one])[0]["$ref"].rpartition("/")[2], language)
    if "const" in one:
        return f"`{one['const']}`"
    if "enum" in one:
        return words["or"].join(f"`{value}`" for value in one["enum"])
    kind = one.get("type", "any")
    if kind == "array":
        items = one["items"]
        parts = items if isinstance(items, list) else [items]
        shown = ", ".join(_type(part, language) for part in parts)
        return f"\\[{shown}\\]" if isinstance(items, list) else words["list"].format(shown)
    if kind == "object":
        inner = one.get("additionalProperties", True)
        return words["block"].format(words["any"] if inner is True else _type(inner, language))
    return words[kind] + _limits(one)


def _link(name: str, language: Language) -> str:
    if name == "Evidence":
        return WORDS[language]["or"].join(f"`{grade}`" for grade in _definitions()["Evidence"]["enum"])
    if name == "Text":
        return f"{WORDS[language]['string']}{WORDS[language]['or']}{_link('Bilingual', language)}"
    if name == "Level":
        return WORDS[language]["or"].join(_link(one, language) for one in ("Quantity", "TimesBaseline"))
    if name in WORDS[language]:  # Quantity, Uncertain, Growth: said by a chapter, not by one noun
        return WORDS[language][name]
    return f"[{NOUNS_ZH[name][0] if language == 'zh' else name}](#{_anchor(name, language)})"


def _is_null(one: Piece) -> bool:
    return one.get("type") == "null"


def _limits(one: Piece) -> str:
    low, high = one.get("minimum"), one.get("maximum")
    above, below = one.get("exclusiveMinimum"), one.get("exclusiveMaximum")
    ends = [f"≥ {low}" if low is not None else f"> {above}" if above is not None else ""]
    ends.append(f"≤ {high}" if high is not None else f"< {below}" if below is not None else "")
    shown = ", ".join(filter(None, ends))
    return f" ({shown})" if shown else ""


def _default(one: Piece) -> str:
    value = one.get("default")
    if isinstance(value, Mapping):
        value = value.get("written")
    if value is None or value in ("", []) or "const" in one:
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
