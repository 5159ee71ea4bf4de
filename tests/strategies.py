"""Random sound scenarios, as the data of a file."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from cqsim import Scenario
from cqsim.errors import STEERING

Data = dict[str, Any]

GRADES = ("official", "reported", "derived", "assumed")
UNITS = ("", "万人次", "亿元", "指数", "元/人次", "㎡", "%", "间")
IDS = ("visitors", "spend", "beds", "游客", "产值", "x2", "Ünits")
FIRST, LAST = 2021, 2030

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(lambda text: not STEERING.search(text))
labels = texts | st.fixed_dictionaries({"zh": texts, "en": texts})
grades = st.sampled_from(GRADES)
years = st.integers(FIRST + 1, LAST)


def increasing(low: float, high: float, count: int) -> st.SearchStrategy[list[float]]:
    """Some different numbers in order, of few digits."""
    steps = st.integers(0, 1000)
    return st.lists(steps, min_size=count, max_size=count, unique=True).map(
        lambda found: [round(low + (high - low) * step / 1000, 4) for step in sorted(found)]
    )


def numbers(low: float, high: float, unit: str = "") -> st.SearchStrategy[Any]:
    """A number with its unit."""
    return st.integers(0, 1000).map(lambda step: _with_unit(round(low + (high - low) * step / 1000, 4), unit))


def uncertain(low: float, high: float, unit: str = "") -> st.SearchStrategy[Any]:
    """A number, or a distribution in its place."""
    percentiles = increasing(low, high, 3).map(lambda found: dict(zip(("p10", "p50", "p90"), found, strict=True)))
    interval = increasing(low, high, 2).map(lambda found: dict(zip(("p05", "p95"), found, strict=True)))
    written = (percentiles | interval).map(lambda form: {key: _with_unit(one, unit) for key, one in form.items()})
    return numbers(low, high, unit) | written


def _with_unit(number: float, unit: str) -> Any:
    return f"{number:g}{unit}" if unit else number


rates = uncertain(-20, 40, "%")
spreads = uncertain(0.5, 40, "%")


@st.composite
def averages(draw: st.DrawFn) -> Data:
    """The average growth over some years."""
    years = {"years": draw(st.integers(1, 9))}
    quantiles = {"p10": "2%", "p50": "7%", "p90": "13%"}
    return years | draw(
        st.sampled_from([quantiles, {"rate": quantiles}]) | st.fixed_dictionaries({"rate": numbers(-20, 40, "%")})
    )


@st.composite
def growths(draw: st.DrawFn, start: float) -> Data:
    """Any growth model for an indicator that starts there."""
    model = draw(st.sampled_from(["compound", "linear", "logistic", "fixed"]))
    noisy = {"volatility": draw(spreads)} if model in ("compound", "logistic") else {}
    if model == "compound":
        noisy |= draw(st.fixed_dictionaries({"rate": rates}) | st.fixed_dictionaries({"average": averages()}))
        noisy |= draw(st.fixed_dictionaries({}, optional={"last_growth": rates}))
    if model == "logistic":
        noisy |= {"capacity": draw(uncertain(1.1 * start, 9 * start)), "rate": draw(rates)}
    if model == "linear":
        relative = draw(st.booleans())
        noisy |= {"increment": draw(uncertain(-9, 9, "%") if relative else uncertain(-start, start))}
        noisy |= draw(st.fixed_dictionaries({}, optional={"volatility": uncertain(0.5, 9)}))
    if model != "fixed":
        noisy |= draw(st.fixed_dictionaries({}, optional={"persistence": numbers(-0.9, 0.9)}))
    return {"model": model, **noisy, **draw(provenance())}


@st.composite
def provenance(draw: st.DrawFn) -> Data:
    """How well a block is known and where it comes from."""
    optional = {"source": st.just("page"), "note": texts}
    return draw(st.fixed_dictionaries({"evidence": grades}, optional=optional))


@st.composite
def baselines(draw: st.DrawFn, start: float) -> Data:
    """A baseline of about that size."""
    value = draw(uncertain(start, 1.05 * start) if draw(st.booleans()) else st.just(start))
    known = {} if isinstance(value, dict) else draw(st.fixed_dictionaries({}, optional={"sd": numbers(0, 30, "%")}))
    return {"value": value, **known, **draw(provenance())}


@st.composite
def targets(draw: st.DrawFn, unit: str) -> Data:
    """A target of any sense."""
    sense = draw(st.sampled_from(["at_least", "at_most", "between"]))
    times = st.integers(1, 9).map(lambda number: {"times_baseline": number})
    level: Any = draw(numbers(1, 9999) | numbers(1, 9999, f" {unit}") | times)
    if sense == "between":
        level = draw(increasing(1, 9999, 2))
    when = draw(st.sampled_from(["year", "reached_by"]))
    return {
        sense: level,
        when: draw(years),
        **draw(st.fixed_dictionaries({}, optional={"label": labels, "note": texts})),
    }


@st.composite
def grown(draw: st.DrawFn) -> Data:
    """An indicator with a growth model."""
    unit = draw(st.sampled_from(UNITS))
    start = draw(st.integers(1, 5000))
    found = {"unit": unit, "baseline": draw(baselines(start)), "growth": draw(growths(start))}
    return found | draw(st.fixed_dictionaries({}, optional={"label": labels, "note": texts}))


@st.composite
def computed(draw: st.DrawFn, id: str, used: str, unit: str) -> Data:
    """An indicator with a formula of another one, in the same unit."""
    if draw(st.booleans()):
        formula = f"prev({id}) + {used} / 10"
        return {"unit": unit, "formula": formula, "baseline": draw(baselines(draw(st.integers(1, 5000))))}
    forms = (
        "2 * {0}",
        "max({0}, 1.5 * {0})",
        "-{0} + {0} ** 2 / {0}",
        "{0} * exp(log({0} / {0}))",
        "({0} - 0.5 * {0}) * 1e3",
    )
    return {"unit": unit, "formula": draw(st.sampled_from(forms)).format(used)}


@st.composite
def scenario_data(draw: st.DrawFn) -> Data:
    """A sound scenario as the data of a file."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
    indicators = {id: draw(grown()) for id in ids}
    noisy = [id for id in ids if indicators[id]["growth"]["model"] != "fixed"]
    for number, used in enumerate(draw(st.lists(st.sampled_from(ids), max_size=2))):
        indicators[f"sum{number}"] = draw(computed(f"sum{number}", used, indicators[used]["unit"]))
    for indicator in indicators.values():
        indicator["targets"] = draw(st.lists(targets(indicator["unit"]), min_size=1, max_size=2))
    optional = {"title": labels, "language": st.sampled_from(["zh", "en"]), "run": runs(), "id": texts.filter(bool)}
    return {
        "years": {"baseline": FIRST, "end": LAST},
        "sources": {"page": {"title": draw(texts), **draw(st.fixed_dictionaries({}, optional={"url": texts}))}},
        "indicators": indicators,
        "correlation": draw(correlations(noisy)),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


@st.composite
def correlations(draw: st.DrawFn, ids: list[str]) -> list[Data]:
    """Weak correlations, which never contradict each other."""
    pairs = [[first, second] for number, first in enumerate(ids) for second in ids[number + 1 :]]
    links = draw(st.lists(st.sampled_from(pairs), unique_by=tuple, max_size=3)) if pairs else []
    of = st.sampled_from(["noise", "rate"])
    value = st.integers(-30, 30).map(lambda number: number / 100)
    block = st.fixed_dictionaries({"value": value, "evidence": grades}, optional={"of": of})
    return [{"between": pair, **draw(block)} for pair in links]


def runs() -> st.SearchStrategy[Data]:
    """How a scenario is run."""
    length = st.fixed_dictionaries({}, optional={"accuracy": st.just("0.5pp")}) | st.fixed_dictionaries(
        {"paths": years}
    )
    return st.builds(lambda first, seed: {**first, "seed": seed}, length, st.integers(0, 2**64))


def scenarios() -> st.SearchStrategy[Scenario]:
    """Random sound scenarios."""
    return scenario_data().map(Scenario.model_validate)
