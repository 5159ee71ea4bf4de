"""From a file to a scenario, or to a list of all its problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path as FilePath

from cqsim.disk.names import is_file_name
from cqsim.errors import Fault, Problem, ScenarioError, ScenarioErrors
from cqsim.scenario.cautions import cautions
from cqsim.scenario.data.validation import language_of, validate
from cqsim.scenario.data.yaml_text import Unreadable, YamlDocument, decode, parse, read_bytes
from cqsim.scenario.files.history_files import attach
from cqsim.scenario.provenance import unsourced
from cqsim.scenario.scenario import Scenario

_SUFFIXES = (".yaml", ".yml")
_TABLES = (".csv", ".json")  # of files that stand beside the folders of a run


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
    """Read a scenario file and examine it.

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


def with_lines(error: ScenarioError, path: str | PathLike[str]) -> ScenarioError:
    """Problems found after a file was read, with their lines in it.

    Parameters
    ----------
    error : ScenarioError
    path : path-like
        The file that the scenario was loaded from.
    """
    name = fspath(path)
    return _placed(error.problems, parse(decode(read_bytes(FilePath(name)))), name)


def files_at(path: str | PathLike[str]) -> list[str]:
    """The scenario files at a path: the file itself, or those directly in a folder, sorted by name.

    Raises
    ------
    ScenarioError
        When the folder holds none or cannot be read.

    Examples
    --------
    >>> "scenarios/nanchuan.yaml" in files_at("scenarios")
    True
    """
    name = fspath(path)
    folder = FilePath(name)
    if not folder.is_dir():
        return [name]
    try:
        names = sorted(file.name for file in folder.iterdir() if file.suffix in _SUFFIXES and file.is_file())
    except OSError as error:
        raise ScenarioError([Problem((), Fault("file_unreadable", reason=error.strerror))], name) from None
    files = [str(folder / file) for file in names if not file.startswith(".")]
    if not files:
        raise ScenarioError([Problem((), Fault("folder_empty", suffixes=_SUFFIXES))], name)
    return files


def load_all(paths: Iterable[str | PathLike[str]], *, outside: bool = False) -> list[Scenario]:
    """Read several scenario files and those of folders; a file named twice is read once.

    Parameters
    ----------
    paths : iterable of path-like
        Files and folders.
    outside : bool
        As for `load`.

    Returns
    -------
    list of Scenario
        In the order of the paths; within a folder by name of the file. No two have the same id.

    Raises
    ------
    ScenarioError
        With every problem of every file.

    Examples
    --------
    >>> [scenario.id for scenario in load_all(["scenarios/nanchuan.yaml"])]
    ['nanchuan']
    """
    errors: list[ScenarioError] = []
    files: dict[FilePath, str] = {}
    for path in paths:
        try:
            for file in files_at(path):
                files.setdefault(FilePath(file).absolute(), file)
        except ScenarioError as error:
            errors.append(error)
    scenarios: dict[str, Scenario] = {}
    for file in files.values():
        try:
            scenario, document = _read(file, outside)
            _own_folder(scenario.id, document, file, scenarios)
            scenarios[file] = scenario
        except ScenarioError as error:
            errors.append(error)
    if errors:
        raise ScenarioErrors(errors)
    return list(scenarios.values())


def _own_folder(id: str, document: YamlDocument, file: str, others: Mapping[str, Scenario]) -> None:
    """Refuse an id under which results could be confused with those of another file, or could not be written."""
    fault = None
    same = next((other for other, scenario in others.items() if scenario.id.casefold() == id.casefold()), None)
    if same is not None:
        fault = Fault("id_taken", id=id, file=same)
    elif not is_file_name(id) or id.casefold().endswith(_TABLES):
        fault = Fault("id_no_folder", id=id)
    if fault is not None:
        raise _placed([Problem(("id",), fault)], document, file)


def _read(name: str, outside: bool) -> tuple[Scenario, YamlDocument]:
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


def _placed(problems: Iterable[Problem], document: YamlDocument, file: str) -> ScenarioError:
    placed = [problem if problem.mark else replace(problem, mark=document.mark(problem)) for problem in problems]
    placed.sort(key=lambda problem: (problem.mark.line, problem.mark.column) if problem.mark else (0, 0))
    return ScenarioError(placed, file, language_of(document.data))
