"""The panel: sliders, switches, the answer and the chart, kept in step."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import escape
from matplotlib.figure import Figure

from cqsim.answers.result import Result
from cqsim.answers.target.answer import TargetAnswer
from cqsim.disk.reasons import reason_of
from cqsim.errors import ScenarioError
from cqsim.explorer.trial import Changing, Trial
from cqsim.messages import say
from cqsim.report.content.tables import table_of
from cqsim.report.document import Cell, Picture, Table
from cqsim.report.formats.notebook import html_of
from cqsim.report.formats.pictures import small_png
from cqsim.report.numbers import growth, interval
from cqsim.report.numbers import probability as shown
from cqsim.report.wording import wanted
from cqsim.scenario.dependencies import all_used
from cqsim.scenario.files.loading import load
from cqsim.scenario.inputs import MovableInput, growth_inputs, target_inputs
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.plan.building import targets_of

_ENDINGS = (".yaml", ".yml")
_NAMED = {
    *("rate", "average", "increment", "change", "per_year"),
    *("volatility", "capacity", "innovation", "imitation", "probability"),
}
_SIZE = (6.3, 3.5)  # of the chart in inches
_ROW = {"layout": {"width": "auto"}, "style": {"description_width": "11em"}}


class Explorer:
    """Widgets that move a scenario's figures; see `cqsim.explore`.

    Parameters
    ----------
    trial : Trial
    file : Path
        Suggested for the changed scenario.
    """

    def __init__(self, trial: Trial, file: Path) -> None:
        self._trial = trial
        self._before = trial.result()
        self.target = widgets.Dropdown(options=self._targets(), description=self._say("column.target"), **_ROW)
        self.growth = widgets.Dropdown(description=self._say("explore.growth_of"), **_ROW)
        self.target_sliders, self.growth_sliders = widgets.VBox(), widgets.VBox()
        self.switches = widgets.VBox([*self._switches("events"), *self._switches("levers")])
        self.answer, self.chart = widgets.HTML(), widgets.Image(layout={"max_width": "100%"})
        self.file = widgets.Text(str(file), description=self._say("explore.file"), **_ROW)
        self.button = widgets.Button(description=self._say("explore.save"), layout={"width": "auto"})
        self.said = widgets.HTML()
        self.target.observe(self._target_chosen, "value")
        self.growth.observe(self._growth_chosen, "value")
        self.button.on_click(self._save)
        left = (self.target, self.target_sliders, self.growth, self.growth_sliders, self.switches)
        saving = (self.file, self.button, self.said)
        columns = (
            widgets.VBox([*left, *saving], layout={"flex": "1 1 26em", "max_width": "36em", "padding": "0 1em 0 0"}),
            widgets.VBox([self.answer, self.chart], layout={"flex": "1 1 30em"}),
        )
        self.view = widgets.HBox(columns, layout={"flex_flow": "row wrap"})
        self._target_chosen()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.view._repr_mimebundle_(**options)

    @property
    def scenario(self) -> Scenario:
        """The scenario with the current settings of sliders and switches."""
        return self._trial.scenario

    @property
    def result(self) -> Result:
        """Its result, on the same random numbers."""
        return self._trial.result()

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._trial.language, **values)

    def _targets(self) -> list[tuple[str, int]]:
        """Every target by its name and what it wants in the file; its place in the result."""
        answers = enumerate(self._before.answers)
        return [(f"{answer.label} {wanted(answer, self._trial.language)}", number) for number, answer in answers]

    def _target_chosen(self, _: Any = None) -> None:
        """Show the sliders of the target, and offer the growth of all that it depends on."""
        scenario, language = self._trial.written, self._trial.language
        id = self._before.answers[self.target.value].indicator
        first = next(number for number, (other, _) in enumerate(targets_of(scenario)) if other == id)
        inputs = target_inputs(scenario, id, self.target.value - first)
        self.target_sliders.children = [self._slider(movable) for movable in inputs]
        grown = [name for name in all_used(scenario, id) if growth_inputs(scenario, name)]
        labels = [text_in(scenario.indicators[name].label or name, language) for name in grown]
        self.growth.options = list(zip(labels, grown, strict=True))
        self.growth.index = 0 if grown else None  # new options alone may leave nothing chosen
        self._growth_chosen()
        self._show()

    def _growth_chosen(self, _: Any = None) -> None:
        inputs = growth_inputs(self._trial.written, self.growth.value) if self.growth.value else []
        fixed = [widgets.HTML(str(escape(self._say("explore.fixed"))))]
        self.growth_sliders.children = [self._slider(movable) for movable in inputs] or fixed

    def _slider(self, movable: MovableInput) -> Any:
        decimals = max(0, -math.floor(math.log10(movable.step)))
        slider = widgets.FloatSlider(
            value=self._trial.value(movable),
            min=movable.low,
            max=movable.high,
            step=movable.step,
            description=self._name(movable),
            readout_format=f",.{decimals}f",
            **_ROW,
        )
        slider.observe(partial(self._moved, movable), "value")
        return slider

    def _name(self, movable: MovableInput) -> str:
        """What a slider moves, in words where there are some, and its unit."""
        *above, name = movable.key.split(".")
        if not movable.block.endswith("growth"):
            words = self._say("knob.level")
        else:
            words = " ".join((*above[-1:], self._say(f"knob.{name}") if name in _NAMED else name))
        return f"{words} ({movable.measure})" if movable.measure else words

    def _moved(self, movable: MovableInput, change: Any) -> None:
        self._trial.move(movable, change["new"])
        self._show()

    def _switches(self, kind: Changing) -> list[Any]:
        boxes = []
        for id, change in getattr(self._trial.written, kind).items():
            name = self._say(f"explore.{kind}", name=text_in(change.label or id, self._trial.language))
            box = widgets.Checkbox(value=not change.is_off, description=name, indent=False, layout=_ROW["layout"])
            box.disabled = not self._trial.can_turn(kind, id)
            box.observe(partial(self._turned, kind, id), "value")
            boxes.append(box)
        return boxes

    def _turned(self, kind: Changing, id: str, change: Any) -> None:
        self._trial.turn(kind, id, change["new"])
        self._show()

    def _show(self) -> None:
        """Answer and chart of the current scenario, or the reason why there are none."""
        try:
            result = self._trial.result()
        except ScenarioError as error:
            self.answer.value = "<br>".join(map(str, map(escape, str(error).splitlines())))
            return
        id = result.answers[self.target.value].indicator
        self.answer.value = html_of(
            [result.title, self._table(result), self._say("note.interval", paths=f"{result.paths:,}", seed=result.seed)]
        )
        figure = Figure(figsize=_SIZE, layout="constrained")  # without the line of its source, whose sum takes time
        axes = figure.add_subplot()
        self.chart.value = small_png(Picture(id, partial(result.plot.fan, id, ax=axes), "", ""))

    def _table(self, result: Result) -> Table:
        """The chosen target and all targets together: now, and as written."""
        language, both = self._trial.language, (result, self._before)
        chosen = [whole.answers[self.target.value] for whole in both]
        rows = [
            (Cell(self._say("column.probability")), *map(_answer_cell, chosen)),
            (
                Cell(self._say("column.required")),
                *(Cell(growth(answer.required.growth, language, answer.required.growth_in)) for answer in chosen),
            ),
        ]
        if len(result.answers) > 1:
            name = self._say("overview.all", count=len(result.answers))
            rows.append(
                (
                    Cell(name),
                    *(_probability_cell(whole.joint_answer.all, whole.joint_answer.interval) for whole in both),
                )
            )
        now, before = self._say("explore.now"), self._say("explore.written")
        return table_of("explore.caption", ("", now, before), language, rows, target=_named(chosen[0], language))

    def _save(self, _: Any) -> None:
        self.said.value = str(escape(self._saved(self.file.value.strip())))

    def _saved(self, name: str) -> str:
        """Write the changed scenario, and say so, or why not."""
        path = Path(name)
        if path.suffix not in _ENDINGS:
            return self._say("explore.ending", allowed=_ENDINGS)
        if path.exists():
            return f"{name}: {self._say('exists')}"
        try:
            self.scenario.save(path)
            load(path)  # histories in files are looked for beside it
        except OSError as error:
            return self._say("unwritable", path=name, reason=reason_of(error, self._trial.language))
        except ScenarioError as error:
            path.unlink(missing_ok=True)
            return str(error)
        return self._say("written", path=name)


def _named(answer: TargetAnswer, language: Any) -> str:
    return f"{answer.label} {wanted(answer, language)}"


def _answer_cell(answer: TargetAnswer) -> Cell:
    return _probability_cell(answer.probability, answer.interval)


def _probability_cell(probability: float, ends: tuple[float, float]) -> Cell:
    """A probability with its Monte Carlo interval below."""
    return Cell(f"{shown(probability)}\n({interval(*ends)})", probability)
