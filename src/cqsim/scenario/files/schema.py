"""The JSON Schema of the scenario file, derived from the nouns."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Any, cast

from cqsim.distributions.base import REGISTRY as DISTRIBUTIONS
from cqsim.growth.base import REGISTRY as MODELS
from cqsim.growth.base import GrowthModel
from cqsim.messages.fields_zh import FIELDS
from cqsim.noun import Noun
from cqsim.quantities import NUMBER
from cqsim.scenario.nouns.target import TimesBaseline
from cqsim.scenario.nouns.text import Bilingual
from cqsim.scenario.scenario import Scenario

_REFERENCE = "#/definitions/{model}"
_QUANTITY = {
    "description": "数字，可带单位：3103、8%、1.5pp、3 亿元 / A number, perhaps with its unit: 3103, 8%, 1.5pp, 3 亿元",
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": rf"^\s*{NUMBER}"}],
}


def schema() -> dict[str, Any]:
    """The schema that follows from the nouns (JSON Schema draft 7).

    Returns
    -------
    dict
        Every field has a description in Chinese and English; every short form is accepted.
    """
    distributions = [DISTRIBUTIONS.find(name) for name in DISTRIBUTIONS.shipped()]
    models = [MODELS.find(name) for name in MODELS.shipped()]
    definitions: dict[str, Any] = {}
    nouns: list[type[Noun]] = [Scenario, Bilingual, TimesBaseline, *distributions, *models]
    for noun in nouns:
        definitions |= _definitions(noun)
    definitions["Quantity"] = _QUANTITY
    definitions["Uncertain"] = _any_of("Quantity", *(noun.__name__ for noun in distributions))
    definitions["Growth"] = _any_of(*(noun.__name__ for noun in models))
    definitions["Text"] = {"anyOf": [{"type": "string"}, {"$ref": "#/definitions/Bilingual"}]}
    definitions["Level"] = _any_of("Quantity", "TimesBaseline")
    top = definitions.pop("Scenario")
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "cqsim scenario, format 1"}
    return {**head, **top, "definitions": dict(sorted(definitions.items()))}


def _any_of(*names: str) -> dict[str, Any]:
    return {"anyOf": [{"$ref": f"#/definitions/{name}"} for name in names]}


def _definitions(noun: type[Noun]) -> dict[str, Any]:
    """A noun and the nouns inside it, by name, in draft 7 and with descriptions in both languages."""
    raw = noun.model_json_schema(ref_template=_REFERENCE)
    inner = raw.pop("$defs", {})
    definitions = {name: _draft_7(definition) for name, definition in {**inner, noun.__name__: raw}.items()}
    if issubclass(noun, GrowthModel):
        definitions[noun.__name__]["required"] = ["model", *definitions[noun.__name__].get("required", [])]
    for name, definition in definitions.items():
        _describe(name, definition)
    return definitions


def _draft_7(value: Any) -> Any:
    """Tuples as in draft 7, named parts as references, no titles derived from names."""
    if isinstance(value, list):
        return [_draft_7(part) for part in value]
    if not isinstance(value, dict):
        return value
    rewritten = {key: _draft_7(part) for key, part in value.items() if key != "title" or isinstance(part, dict)}
    if "prefixItems" in rewritten:
        rewritten["items"] = rewritten.pop("prefixItems")
    if "x-cqsim" in rewritten:
        rewritten["allOf"] = [{"$ref": f"#/definitions/{rewritten.pop('x-cqsim')}"}]
    return rewritten


def _describe(name: str, definition: dict[str, Any]) -> None:
    noun = next((noun for noun in _nouns(Noun) if noun.__name__ == name), None)
    if noun is None:
        return
    definition["description"] = (noun.__doc__ or "").partition("\n\n")[0]
    for field, about in definition.get("properties", {}).items():
        about["description"] = f"{chinese(noun, field)} / {english(noun, field)}"


def english(noun: type[Noun], field: str) -> str:
    """The text under a field in the class that defines it."""
    return next(texts[field] for above in noun.__mro__ if field in (texts := _texts(above)))


@cache
def _texts(noun: type) -> dict[str, str]:
    """Field to the text under it, read from the source: collecting them on import would slow every command."""
    if not issubclass(noun, Noun):
        return {}
    body = cast(ast.ClassDef, ast.parse(dedent(inspect.getsource(noun))).body[0]).body
    texts = {}
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            texts[ast.unparse(field.target)] = str(text.value.value)
    return texts


def chinese(noun: type[Noun], field: str) -> str:
    """The Chinese description of a field: its own, or that of the class that it is inherited from."""
    return next(FIELDS[key] for above in noun.__mro__ if (key := f"{above.__name__}.{field}") in FIELDS)


def _nouns(above: type[Noun]) -> Iterator[type[Noun]]:
    for noun in above.__subclasses__():
        yield noun
        yield from _nouns(noun)
