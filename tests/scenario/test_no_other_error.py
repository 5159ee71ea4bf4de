"""Whatever stands in a file, `load` gives a scenario or a ScenarioError that can be shown, and never anything else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqsim import Scenario, ScenarioError, load
from cqsim.messages import LANGUAGES

NANCHUAN = (Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml").read_text(encoding="utf-8")
LINES = NANCHUAN.splitlines(keepends=True)

# A longer hunt with other examples: CQSIM_FUZZ=50 pytest tests/scenario/test_no_other_error.py
TIMES = int(os.environ.get("CQSIM_FUZZ", "1"))


def examples(count: int) -> settings:
    """Settings for that many examples, the same ones in every ordinary run."""
    odd = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=count * TIMES, derandomize=TIMES == 1, deadline=None, suppress_health_check=odd)


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that every example overwrites."""
    return tmp_path_factory.mktemp("odd") / "odd.yaml"


def check_read(file: Path, content: bytes) -> Scenario | ScenarioError:
    """What `load` makes of these bytes; a saved scenario must be readable, and an error must be sayable."""
    file.write_bytes(content)
    try:
        scenario = load(file)
    except ScenarioError as error:
        found = error
    else:
        scenario.save(file)
        assert load(file) == scenario
        return scenario
    for language in LANGUAGES:
        assert str(ScenarioError(found.problems, found.file, language)).strip()
    return found


@examples(100)
@given(text=st.text(max_size=200))
def test_arbitrary_text(text: str, file: Path) -> None:
    assert isinstance(check_read(file, text.encode()), ScenarioError)


@examples(100)
@given(content=st.binary(max_size=200))
def test_arbitrary_bytes(content: bytes, file: Path) -> None:
    assert isinstance(check_read(file, content), ScenarioError)


yaml_signs = st.lists(
    st.sampled_from([*"{}[]:,-?&*!|>'\"%@`#\n \t~", ": ", "- ", "a", "1", "<<", "---\n", "年", "："]), max_size=60
)


@examples(150)
@given(signs=yaml_signs)
def test_arbitrary_signs_of_yaml(signs: list[str], file: Path) -> None:
    assert isinstance(check_read(file, "".join(signs).encode()), ScenarioError)


ODD = ["", "~", "null", "true", "no", "0", "-1", "1e999", ".inf", "-.inf", ".nan", "1" * 90, "1" * 5000, "0x1F"]
ODD += ["0o17", "-0", "1e-320", "5%", "-100%", "-99.999%", "1e300%", "1e308", "1e-308", "３", "3 亿", "3 亿元", "1pp"]
ODD += ["100 年", "x", "visitors", "2022-01-01", "1:30", "[]", "{}", "[1, 2]", "[1, 2, 3]", "{a: b}"]
ODD += ["{p10: 1, p50: 2, p90: 3}", "{p05: 1%, p95: 2%}", "{p10: -1, p50: 0, p90: 1}", "{p05: 1e-300, p95: 1e300}"]
ODD += ["{low: 1, mode: 2, high: 3}", "{times_baseline: 2}", "[[[[1]]]]", "'1'", '"\\0"', '"\\ud800"', "*a", "&a x"]
ODD += ["!x y", "!!int 3", "|", ">", "'", '"', "%", "@", "“5”", "1,000", "a, b", "：", "a: b", "- a", "? a"]
ODD += ["visitors * spend", "prev(visitors)", "1 / 0", "visitors ** 9999", "2 ** visitors", "log(-1)", "exp(1e9)"]
ODD += ["compound", "linear", "logistic", "fixed", "长" * 600]


def with_odd_scalar(line: int, odd: str) -> str:
    """The shipped scenario with the value of one line replaced."""
    head, colon, _ = LINES[line].partition(": ")
    return "".join([*LINES[:line], f"{head}{colon}{odd}\n", *LINES[line + 1 :]])


@examples(200)
@given(line=st.integers(0, len(LINES) - 1), odd=st.sampled_from(ODD))
def test_a_value_replaced_by_an_odd_one(line: int, odd: str, file: Path) -> None:
    check_read(file, with_odd_scalar(line, odd).encode())


FLOW = [place for place, sign in enumerate(NANCHUAN) if sign in ",{}[]:"]


@examples(150)
@given(place=st.sampled_from(FLOW), odd=st.sampled_from(ODD))
def test_something_odd_put_behind_a_sign(place: int, odd: str, file: Path) -> None:
    check_read(file, f"{NANCHUAN[: place + 1]} {odd} {NANCHUAN[place + 1 :]}".encode())


@examples(150)
@given(place=st.integers(0, len(NANCHUAN)), cut=st.integers(0, 3), put=st.text(max_size=2) | st.sampled_from(ODD))
def test_characters_deleted_and_inserted(place: int, cut: int, put: str, file: Path) -> None:
    check_read(file, f"{NANCHUAN[:place]}{put}{NANCHUAN[place + cut :]}".encode())


@examples(100)
@given(
    lines=st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=3),
    how=st.sampled_from(["drop", "twice", "swap", "in", "out"]),
)
def test_lines_dropped_doubled_swapped_and_shifted(lines: list[int], how: str, file: Path) -> None:
    text = list(LINES)
    for line in lines:
        text[line] = {"drop": "", "twice": text[line] * 2, "in": "  " + text[line], "out": text[line][2:]}.get(
            how, text[line]
        )
    if how == "swap":
        text[lines[0]], text[lines[-1]] = text[lines[-1]], text[lines[0]]
    check_read(file, "".join(text).encode())


KEYS = ["format", "id", "title", "language", "years", "sources", "indicators", "correlation", "run", "baseline", "end"]
KEYS += ["visitors", "spend", "label", "unit", "growth", "formula", "targets", "note", "value", "sd", "evidence"]
KEYS += ["source", "year", "model", "rate", "average", "years", "volatility", "persistence", "last_growth", "capacity"]
KEYS += ["increment", "at_least", "at_most", "between", "reached_by", "times_baseline", "p10", "p50", "p90", "p05"]
KEYS += ["p95", "of", "accuracy", "paths", "seed", "zh", "en", "events", "levers", "cases", "history", "set", "x"]
SCALARS = [None, True, False, 0, 1, -1, 2021, 2026, 10**40, 1.5, float("inf"), float("nan"), "", "x", "5%", "7"]
SCALARS += ["visitors", "spend", "元", "zh", "compound", "linear", "logistic", "fixed", "assumed", "visitors * spend"]
SCALARS += ["prev(visitors)", "noise", "nearest", "0.1pp", "3 亿元"]
scalars = st.sampled_from(SCALARS)
nested = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=15,
)


@examples(150)
@given(data=st.dictionaries(st.sampled_from(KEYS), nested, max_size=8))
def test_random_data_under_the_keys_of_a_scenario(data: dict[str, Any], file: Path) -> None:
    check_read(file, yaml.safe_dump(data, allow_unicode=True).encode())


SOUND: dict[str, Any] = yaml.safe_load(NANCHUAN)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every entry of some data."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] * bool(path) + [place for key, value in entries for place in places(value, (*path, key))]


@examples(250)
@given(changes=st.lists(st.tuples(st.sampled_from(places(SOUND)), nested), min_size=1, max_size=3))
def test_random_data_in_the_places_of_a_sound_scenario(changes: list[tuple[Any, Any]], file: Path) -> None:
    data: Any = yaml.safe_load(NANCHUAN)
    for path, value in changes:
        block = data
        for step in path[:-1]:
            block = block[step] if _has(block, step) else {}
        if _has(block, path[-1]):
            block[path[-1]] = value
    check_read(file, yaml.safe_dump(data, allow_unicode=True).encode())


def _has(block: Any, step: Any) -> bool:
    return step in block if isinstance(block, dict) else isinstance(block, list) and step in range(len(block))
