"""What other priors of the fitted trend would have scored, on one half of the series.

    python benchmarks/prior_choice.py DATA.csv [--half 0|1]

Every variant changes one figure of the default. Scores of the full history and of its last eight values.
"""

from __future__ import annotations

import argparse
from functools import partial

import numpy as np

import cqsim
from cqsim.answers.backtest.forecasters import fitted_futures

VARIANTS = {
    "default": {},
    "drift 0%": {"drift": "0%"},
    "drift 3%": {"drift": "3%"},
    "drift_sd 2%": {"drift_sd": "2%"},
    "drift_sd 5%": {"drift_sd": "5%"},
    "volatility 6%": {"volatility": "6%"},
    "volatility 10%": {"volatility": "10%"},
    "log_variance_sd 0.7": {"log_variance_sd": 0.7},
    "log_variance_sd 1.5": {"log_variance_sd": 1.5},
    "damping 0.8": {"damping": (0.8,)},
    "damping 0.9": {"damping": (0.9,)},
    "no damping": {"damping": (1.0,)},
    "persistence 0 to 0.9": {"persistence": (0.0, 0.9)},
    "persistence -0.3 to 0.7": {"persistence": (-0.3, 0.7)},
}


def main() -> None:
    """Print one row a variant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--half", type=int, choices=[0, 1])
    asked = parser.parse_args()
    models = {
        name: partial(fitted_futures, cqsim.Trend(prior=cqsim.TrendPrior(**prior), evidence="derived"))
        for name, prior in VARIANTS.items()
    }
    found = [cqsim.backtest(asked.data, models=models, last=last, only=asked.half) for last in (None, 8)]
    print("variant                 | full: cov95  MSIS  MASE  Brier  log  | last 8: cov95  MSIS  MASE  Brier  log")
    for name in models:
        cells = []
        for one in (backtest.models[name].to_dict() for backtest in found):
            values = one["coverage"]["0.95"], one["msis_mean"], one["mase"], one["brier"], one["log_score"]
            cells.append("{:.3f} {:6.2f} {:.3f} {:.4f} {:.4f}".format(*np.array(values)))
        print(f"{name:23} | {cells[0]} | {cells[1]}")


if __name__ == "__main__":
    main()
