"""Files shipped with cqsim: the schema and the starter scenarios."""

from __future__ import annotations

from importlib.resources import files

from cqsim.messages import Language

SCHEMA_NAME = "scenario.schema.json"


def schema_text() -> str:
    """The JSON Schema of the scenario file."""
    return _read(SCHEMA_NAME)


def starter_text(language: Language) -> str:
    """A commented scenario that is ready to run."""
    return _read(f"starter.{language}.yaml")


def _read(name: str) -> str:
    return files("cqsim.scenario.files").joinpath(name).read_text(encoding="utf-8")
