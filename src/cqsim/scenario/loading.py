"""From a file to a scenario, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path as FilePath

from cqsim.errors import Problem, ScenarioError
from cqsim.scenario.cautions import cautions
from cqsim.scenario.history_files import attach
from cqsim.scenario.provenance import unsourced
from cqsim.scenario.scenario import Scenario
from cqsim.scenario.validation import language_of, validate
from cqsim.scenario.yaml_text import Document, Unreadable, decode, parse, read_bytes


def load(path: str | PathLike[str], *, outside: bool = False) -> Scenario:
    """Read a scenario file.

    Parameters
    ----------
    path : path-like
        A YAML file in UTF-8.
    outside : bool
        Whether history files may lie outside the scenario's folder.

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
    return _read(fspath(path), outside)[0]


def inspect(path: str | PathLike[str], *, strict: bool = False, outside: bool = False) -> tuple[Scenario, list[str]]:
    """Read a scenario file as an examiner does.

    Parameters
    ----------
    path : path-like
    strict : bool
        Whether to refuse figures without a source or a reason.
    outside : bool
        As for `load`.

    Returns
    -------
    scenario : Scenario
    cautions : list of str
        One line for each thing that is not wrong but should be known.

    Raises
    ------
    ScenarioError
        As `load`.
    """
    name = fspath(path)
    scenario, document = _read(name, outside)
    lacking = unsourced(scenario) if strict else []
    if lacking:
        raise _placed(lacking, document, name)
    placed = _placed(list(cautions(scenario)), document, name)
    return scenario, [problem.line(name, scenario.language) for problem in placed.problems]


def _read(name: str, outside: bool) -> tuple[Scenario, Document]:
    try:
        content = read_bytes(FilePath(name))
        document = parse(decode(content))
    except Unreadable as unreadable:
        raise ScenarioError([unreadable.problem], name, unreadable.language) from None
    if isinstance(document.data, dict):
        document.data.setdefault("id", FilePath(name).stem)
    try:
        problems = [*document.problems, *attach(document.data, FilePath(name).parent, outside)]
        scenario = validate(Scenario, document.data, problems)
    except ScenarioError as error:
        raise _placed(error.problems, document, name) from None
    scenario._sha256 = sha256(content).hexdigest()
    return scenario, document


def _placed(problems: Iterable[Problem], document: Document, file: str) -> ScenarioError:
    placed = [problem if problem.mark else replace(problem, mark=document.mark(problem)) for problem in problems]
    placed.sort(key=lambda problem: (problem.mark.line, problem.mark.column) if problem.mark else (0, 0))
    return ScenarioError(placed, file, language_of(document.data))
