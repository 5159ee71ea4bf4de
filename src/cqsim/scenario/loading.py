"""From a file to a scenario, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path as FilePath

from cqsim.errors import Problem, ScenarioError
from cqsim.scenario.scenario import Scenario
from cqsim.scenario.validation import language_of, validate
from cqsim.scenario.yaml_text import Document, Unreadable, decode, parse, read_bytes


def load(path: str | PathLike[str]) -> Scenario:
    """Read a scenario file.

    Parameters
    ----------
    path : path-like
        A YAML file in UTF-8.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        With every problem of the file, each with its line and column.

    Examples
    --------
    >>> load("scenarios/nanchuan.yaml").years.end
    2026
    """
    name = fspath(path)
    try:
        content = read_bytes(FilePath(name))
        document = parse(decode(content))
    except Unreadable as unreadable:
        raise ScenarioError([unreadable.problem], name) from None
    if isinstance(document.data, dict):
        document.data.setdefault("id", FilePath(name).stem)
    try:
        scenario = validate(Scenario, document.data, document.problems)
    except ScenarioError as error:
        raise _placed(error.problems, document, name) from None
    scenario._sha256 = sha256(content).hexdigest()
    return scenario


def _placed(problems: Iterable[Problem], document: Document, file: str) -> ScenarioError:
    placed = [problem if problem.mark else replace(problem, mark=document.mark(problem)) for problem in problems]
    placed.sort(key=lambda problem: (problem.mark.line, problem.mark.column) if problem.mark else (0, 0))
    return ScenarioError(placed, file, language_of(document.data))
