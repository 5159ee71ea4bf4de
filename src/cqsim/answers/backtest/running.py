"""From files of series to the scores of models."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing import get_context
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqsim.answers.backtest.data import Series, Skipped, read_series
from cqsim.answers.backtest.forecasters import DEFAULT, Forecaster, find, half
from cqsim.answers.backtest.scores import Scored, Scores, score
from cqsim.answers.export.files import about_program, csv_text
from cqsim.answers.manifest import with_manifest
from cqsim.answers.surface import Answers
from cqsim.errors import Fault
from cqsim.extras import needed
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language
from cqsim.simulation.executors import Executor, default_threads

if TYPE_CHECKING:
    from pandas import DataFrame

_CHUNK = 64  # series a task
_TASKS_AT_ONCE = 16


@dataclass
class Backtest(Answers):
    """The scores of models on many series.

    Parameters
    ----------
    models : dict of str to Scores
    skipped : list of Skipped
        Series that could not be scored, in the order of the file.
    horizon, last : int or None
        As asked for.
    language : {"zh", "en"}
        Of tables and charts in notebooks.
    """

    models: dict[str, Scores]
    skipped: list[Skipped] = field(default_factory=list)
    horizon: int | None = None
    last: int | None = None
    language: Language = "en"

    __repr__ = InNotebooks.in_one_line

    def to_dict(self) -> dict[str, Any]:
        """The scores as plain data."""
        from cqsim import __version__

        return {
            "cqsim": __version__,
            "horizon": self.horizon,
            "last": self.last,
            "models": {name: scores.to_dict() for name, scores in self.models.items()},
            "skipped": [
                {"series": series.series, "model": series.model, "reason": series.fault.text("en")}
                for series in self.skipped
            ],
        }

    def files(self, flags: Mapping[str, Any]) -> dict[str, str]:
        """The files `backtest.json`, `backtest.csv`, which has one row a model, and `manifest.json`."""
        texts = {"backtest.json": self.to_json(), "backtest.csv": csv_text(self._rows())}
        return with_manifest(texts, about_program(flags))

    @property
    def frame(self) -> DataFrame:
        """One row a model."""
        import pandas as pd

        return pd.DataFrame(list(self._rows()))

    def _rows(self) -> Iterator[dict[str, Any]]:
        lists = ("by_horizon", "reliability", "pit", "coverage")
        for name, scores in self.models.items():
            data = scores.to_dict()
            coverage = {f"coverage_{level}": share for level, share in data.get("coverage", {}).items()}
            yield {"model": name, **coverage, **{key: value for key, value in data.items() if key not in lists}}


def backtest(
    data: str | PathLike[str],
    *,
    targets: str | PathLike[str] | None = None,
    models: Sequence[str] | Mapping[str, Forecaster] = DEFAULT,
    horizon: int | None = None,
    last: int | None = None,
    only: int | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    language: Language = "en",
) -> Backtest:
    """Let models forecast the later values of many series, and score them.

    Parameters
    ----------
    data : path-like
        Long CSV: series, period, value and perhaps split (train or test).
    targets : path-like, optional
        CSV: series, period, target, sense. Default: the last value grown at 1.2 times the growth of the whole history.
    models : sequence of str, or mapping of str to callable
        Names of `forecasters.FORECASTERS`, or models of one's own in the same manner.
    horizon : int, optional
        Periods ahead; default: all test values.
    last : int, optional
        Models see only so many of the last training values.
    only : {0, 1}, optional
        Only the series of one half, by their names; see `forecasters.half`.
    workers : int, optional
        Processes; default one for each processor. The result does not depend on it.
    executor : object with `map`, optional
        Runs the work instead.
    language : {"zh", "en"}
        Of tables and charts in notebooks.

    Returns
    -------
    Backtest

    Raises
    ------
    Fault
        When a file cannot be read or a model does not exist, or scoringrules is not installed: it comes with the extra
        `scores`.
    """
    needed("scoringrules", "scores")
    chosen = dict(models) if isinstance(models, Mapping) else find(tuple(models))
    series = read_series(Path(fspath(data)), Path(fspath(targets)) if targets else None, horizon)
    kept = (item for item in series if only is None or isinstance(item, Skipped) or half(item.name) == only)
    task = partial(_score_all, chosen, last)
    result = Backtest({name: Scores() for name in chosen}, horizon=horizon, last=last, language=language)
    if executor is not None:
        _collect(result, _mapped(task, kept, executor))
        return result
    count = workers or default_threads()
    if count == 1:
        _collect(result, map(task, _chunks(kept)))
        return result
    quiet = (signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for us: a worker would only print where it was
    with ProcessPoolExecutor(count, get_context("spawn"), signal.signal, quiet) as pool:
        try:
            _collect(result, _mapped(task, kept, pool))
        except BaseException:
            pool.shutdown(cancel_futures=True)  # tasks that wait are never begun
            raise
    return result


ChunkScores = list[tuple[str | None, Scored | Skipped]]


def _collect(result: Backtest, chunks: Iterable[ChunkScores]) -> None:
    """Add the scores of tasks, in their order."""
    for chunk in chunks:
        for model, outcome in chunk:
            if isinstance(outcome, Skipped):
                result.skipped.append(outcome)
            elif model is not None:
                result.models[model].add(outcome)


def _chunks(series: Iterable[Series | Skipped]) -> Iterator[list[Series | Skipped]]:
    rest = iter(series)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _mapped(
    task: partial[ChunkScores], series: Iterable[Series | Skipped], executor: Executor
) -> Iterator[ChunkScores]:
    """Map in waves, so that neither series nor scores pile up."""
    chunks = _chunks(series)
    while wave := list(islice(chunks, _TASKS_AT_ONCE)):
        yield from executor.map(task, wave)


def _score_all(models: Mapping[str, Forecaster], last: int | None, chunk: list[Series | Skipped]) -> ChunkScores:
    scores: ChunkScores = []
    for series in chunk:
        if isinstance(series, Skipped):
            scores.append((None, series))
            continue
        for name, forecaster in models.items():
            try:
                scores.append((name, score(series, forecaster, last)))
            except Fault as fault:
                scores.append((name, Skipped(series.name, fault, name)))
    return scores
