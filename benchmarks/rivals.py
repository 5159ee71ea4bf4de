"""Forecasts of statsforecast and statsmodels beside cqsim's, on the same series and by the same scorer.

    python benchmarks/rivals.py m3_yearly.csv [--last N] [--half 0|1] [--series N]

Needs the separate environment of rivals-requirements.txt. A rival gives a mean and a 95 % interval for each step; its
futures here are normal on either side of that mean, so that their ends are exactly its interval. They are right one
step at a time, not jointly; no score here looks at more than one step.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import warnings
from collections import Counter
from functools import partial
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import numpy as np
from markdown import table

import cqsim
from cqsim.answers.backtest.forecasters import find
from cqsim.errors import Fault

OWN = ("trend", "random_walk", "student", "naive")
COLUMNS = {
    "n": "{:.0f}",
    "coverage_0.95": "{:.3f}",
    "msis_mean": "{:.2f}",
    "msis_median": "{:.2f}",
    "mase": "{:.2f}",
    "smape": "{:.2f}",
    "brier": "{:.4f}",
}
REACH = 1.959963984540054  # normal quantile of 97.5 %


class Failed(Fault):
    """What a rival said when it failed."""

    def text(self, language):
        return self.key

    def __reduce__(self):
        return Failed, (self.key,)


def statsforecast(name, past, horizon, **settings):
    """Mean and interval of one of statsforecast's models."""
    from statsforecast import models

    found = getattr(models, name)(**settings).forecast(y=past, h=horizon, level=[95])
    return found["mean"], found["lo-95"], found["hi-95"]


def smoothing(past, horizon, damped):
    """ETS(A,A,N) or ETS(A,Ad,N) of statsmodels, with intervals in closed form."""
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    fit = ETSModel(pd.Series(past), error="add", trend="add", damped_trend=damped).fit(disp=False)
    found = fit.get_prediction(len(past), len(past) + horizon - 1, method="exact").summary_frame(alpha=0.05)
    return found["mean"], found["pi_lower"], found["pi_upper"]


def on_levels(rival, past, normals):
    """Futures of a rival that sees the series as it is."""
    steps = normals[3:]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of optimisers; what they return is scored all the same
            found = rival(past=past, horizon=len(steps))
    except Exception as error:
        raise Failed(f"{type(error).__name__}: {error}") from None
    mean, low, high = (np.asarray(one, np.float64)[:, None] for one in found)
    if not (np.isfinite([low, mean, high]).all() and (low <= high).all()):
        raise Failed("mean or interval is not finite")
    return mean + steps / REACH * np.where(steps < 0, mean - low, high - mean)


def on_logs(rival, past, normals):
    """Futures of a rival that sees the logarithms."""
    return np.exp(on_levels(rival, np.log(past), normals))


RIVALS = {
    "theta_log": partial(on_logs, partial(statsforecast, "Theta")),
    "damped_log": partial(on_logs, partial(smoothing, damped=True)),
    "ets_aan_log": partial(on_logs, partial(smoothing, damped=False)),
    "auto_ets": partial(on_levels, partial(statsforecast, "AutoETS")),
    "auto_ets_log": partial(on_logs, partial(statsforecast, "AutoETS", model="AZN")),
    "auto_theta": partial(on_levels, partial(statsforecast, "AutoTheta")),
    "auto_arima": partial(on_levels, partial(statsforecast, "AutoARIMA")),
    "auto_arima_log": partial(on_logs, partial(statsforecast, "AutoARIMA")),
}


def first_series(path, count, folder):
    """A copy of the file with its first series only."""
    out = Path(folder, Path(path).name)
    with Path(path).open(encoding="utf-8-sig") as source, out.open("w", newline="") as file:
        rows = csv.DictReader(source)
        kept = csv.DictWriter(file, rows.fieldnames)
        kept.writeheader()
        for number, (_, found) in enumerate(groupby(rows, key=lambda row: row["series"])):
            if number == count:
                break
            kept.writerows(found)
    return out


def main():
    """Score, print one row a model, then what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("--last", type=int, help="models see only so many of the last training values")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the series, by their names")
    parser.add_argument("--series", type=int, help="only the first N series of the file")
    options = parser.parse_args()
    print(
        *(f"{name} {version(name)}" for name in ("cqsim", "statsforecast", "statsmodels", "numpy", "scipy")), sep=", "
    )
    with tempfile.TemporaryDirectory() as folder:
        data = first_series(options.data, options.series, folder) if options.series else options.data
        found = cqsim.backtest(data, models=find(OWN) | RIVALS, last=options.last, only=options.half)
    frame = found.frame.reindex(columns=list(COLUMNS)).fillna(float("nan"))
    rows = [
        [name, *map(str.format, COLUMNS.values(), row)] for name, row in zip(found.models, frame.values, strict=True)
    ]
    print(table(["model", *COLUMNS], rows), end="\n\n")
    print(f"{len(found.skipped)} forecasts failed")
    for (model, reason), count in sorted(
        Counter((one.model or "all", str(one.fault)) for one in found.skipped).items()
    ):
        print(f"{model}, on {count} series: {reason}")


if __name__ == "__main__":
    main()
