"""What must hold for every input, whatever it holds."""

from __future__ import annotations

import json
import math
import warnings
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from tests.fuzz.inputs import Input

import cqsim
from cqsim.cli import main
from cqsim.errors import Fault, ScenarioError
from cqsim.messages import LANGUAGES
from cqsim.quantities import Quantity

PATHS = 64
LONGEST_LINE = 3000  # characters of a message
_EVERY = {"range": 11, "page": 67}  # of the inputs that run, one in so many


def check(given: Input, number: int) -> None:
    """Try an input in the current folder, which holds its files.

    Raises
    ------
    AssertionError
        When something does not hold; any other error is a fault as well.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in given.quantities:
            _check_quantity(text)
        if given.scenario is not None:
            _check_scenario(Path(given.scenario), number)
        for command in given.commands:
            _check_command(command)


def _check_quantity(text: str) -> None:
    try:
        quantity = Quantity.parse(text)
    except Fault as fault:
        _check_said(ScenarioError([cqsim.errors.Problem((), fault)]))
        return
    assert math.isfinite(quantity.number)


def _check_said(error: ScenarioError) -> None:
    """An error can be said in both languages, a line a problem, none of them endless."""
    for language in LANGUAGES:
        lines = str(ScenarioError(error.problems, error.file, language)).split("\n")
        assert len(lines) == len(error.problems), lines
        assert all(0 < len(line) <= LONGEST_LINE for line in lines), [line[:200] for line in lines]


def _check_scenario(file: Path, number: int) -> None:
    try:
        scenario = cqsim.load(file)
    except ScenarioError as error:
        _check_said(error)
        return
    scenario.save("again.yaml")
    assert cqsim.load("again.yaml").replace({"id": scenario.id}) == scenario
    options: Any = {"paths": PATHS, "seed": 1, "progress": False, "threads": 1}
    try:
        result = cqsim.run(scenario, **options, range=number % _EVERY["range"] == 0)
    except (Fault, ScenarioError):
        return
    _check_result(result)
    _check_reports(result, number)


def _check_result(result: cqsim.Result) -> None:
    chances = [answer.probability for answer in result.answers]
    shares = [share for answer in result.answers for share in (*answer.interval, *(answer.range or ()))]
    joint = result.joint_answer
    assert all(0 <= share <= 1 for share in (*chances, *shares, joint.all, *joint.interval))
    assert joint.all <= min(chances) + 1e-12
    document = result.to_json()
    json.loads(document, parse_constant=_refuse)
    again = cqsim.Result.from_json(document)
    assert again.to_json() == document
    assert set(again.files({})) == set(result.files({}))


def _refuse(name: str) -> None:
    raise AssertionError(f"{name} in a document")


def _check_reports(result: cqsim.Result, number: int) -> None:
    from cqsim.report.content.chapters import document
    from cqsim.report.formats.markdown import markdown_text

    assert markdown_text(document(result)).startswith("# ")
    if number % _EVERY["page"] == 0:
        result.report("page.html")
        result.report("page.md")


def _check_command(command: tuple[str, ...]) -> None:
    done = CliRunner(env={"CQSIM_TRACEBACK": "1"}).invoke(main, list(command))
    allowed = {0, 2} | ({1} if "--fail-below" in command else set())
    assert done.exit_code in allowed, f"exit code {done.exit_code}\n{done.stderr[-2500:]}"
    assert done.exit_code != 2 or done.output.strip(), "exit code 2 without a word"
    if "--json" in command and done.exit_code == 0:
        json.loads(done.stdout, parse_constant=_refuse)
