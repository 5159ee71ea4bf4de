"""The level targets of Nanchuan as a plain vectorised NumPy program: what an analyst would write without cqsim.

Every level of every path is kept in arrays of shape (years, paths). The arithmetic is that of
benchmarks/nanchuan_levels.yaml.
"""

from __future__ import annotations

import argparse
import json

import numpy as np

YEARS = 5
Z90 = 1.2815515655446004
QUANTILES = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
CHANCES = np.array([0.5, 0.8, 0.9])


def split_normal(z, low, middle, high):
    """Two half-normals through three quantiles, all on the log scale."""
    return np.log(middle) + z * np.where(z < 0, np.log(middle / low), np.log(high / middle)) / Z90


def rate(z, low, middle, high):
    """Yearly log growth from the quantiles of a growth rate."""
    return split_normal(z, 1 + low, 1 + middle, 1 + high)


def cumulated(mean, noise, spread, persistence=0.0):
    """Log growth since the baseline: a mean and AR(1) noise, shape (years + 1, paths)."""
    total = np.zeros((YEARS + 1, len(mean)))
    deviation = spread * noise[0]
    for year in range(1, YEARS + 1):
        if year > 1:
            deviation = persistence * deviation + spread * np.sqrt(1 - persistence**2) * noise[year - 1]
        total[year] = total[year - 1] + mean + deviation
    return total


def simulate(paths, seed):
    """Levels of every indicator, each of shape (years + 1, paths)."""
    rng = np.random.default_rng(seed)
    # tcm, visitors, wellness
    factor = np.linalg.cholesky(np.array([[1, 0.3, 0], [0.3, 1, 0.5], [0, 0.5, 1]]))
    joint_noise = np.tensordot(factor, rng.standard_normal((3, YEARS, paths)), 1)
    joint_rate = factor @ rng.standard_normal((3, paths))

    start = np.exp(np.log(3103) + np.log(1.08) * rng.standard_normal(paths))
    visitors = start * np.exp(cumulated(rate(joint_rate[1], 0.02, 0.07, 0.13), joint_noise[1], 0.09, 0.3))

    noise = rng.standard_normal((YEARS, paths))
    growth = cumulated(rate(rng.standard_normal(paths), 0.0, 0.04, 0.08), noise, 0.05)
    spend = 170e8 / (start * 1e4) * np.exp(growth)
    revenue = visitors * spend / 1e4

    start = np.exp(split_normal(rng.standard_normal(paths), 110, 150, 200))
    tcm = start * np.exp(cumulated(rate(joint_rate[0], 0.03, 0.09, 0.16), joint_noise[0], 0.08))

    start = np.exp(split_normal(rng.standard_normal(paths), 60, 90, 130))
    capacity = np.exp(split_normal(rng.standard_normal(paths), 220, 280, 400))
    capacity = np.maximum(capacity, start / (1 - 1e-6))
    growth = cumulated(rate(joint_rate[2], 0.08, 0.15, 0.22), joint_noise[2], 0.10)
    wellness = capacity / (1 + (capacity / start - 1) * np.exp(-growth))

    noise = rng.standard_normal((YEARS, paths))
    agriculture = 100 * np.exp(cumulated(rate(rng.standard_normal(paths), 0.04, 0.08, 0.13), noise, 0.05))
    return {
        "visitors": visitors,
        "spend": spend,
        "revenue": revenue,
        "tcm": tcm,
        "wellness": wellness,
        "agriculture": agriculture,
    }


def hits(levels, targets):
    """Chance, first-hit years and joint chance."""
    found = {}
    every = True
    for name, target in targets.items():
        above = levels[name][1:] >= target
        first = np.where(above.any(axis=0), above.argmax(axis=0), YEARS)
        every = every & above[-1]
        found[name] = {
            "probability": float(above[-1].mean()),
            "first_hit": (np.bincount(first, minlength=YEARS + 1) / len(first)).tolist(),
        }
    return {"targets": found, "joint": float(every.mean())}


def needed_growth(levels, targets):
    """Median growth a year that makes each target, and extra growth that makes all of them, likely."""
    found, furthest = {}, -np.inf
    for name, target in targets.items():
        gap = np.log(target / levels[name][-1]) / YEARS
        furthest = np.maximum(furthest, gap)
        baseline, median = np.median(levels[name][0]), np.median(levels[name][-1])
        middle = np.log(median / baseline) / YEARS
        found[name] = np.expm1(middle + np.quantile(gap, CHANCES)).tolist()
    return {"needed": found, "joint_uplift": np.expm1(np.quantile(furthest, CHANCES)).tolist()}


def main():
    """Print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paths", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--hits-only", action="store_true", help="leave out quantiles and growth needed")
    options = parser.parse_args()
    levels = simulate(options.paths, options.seed)
    targets = {"visitors": 5000, "revenue": 300, "tcm": 300, "wellness": 200}
    targets["agriculture"] = 2 * levels["agriculture"][0]
    answers = hits(levels, targets)
    if not options.hits_only:
        answers |= needed_growth(levels, targets)
        answers["quantiles"] = {name: np.quantile(rows, QUANTILES, axis=1).tolist() for name, rows in levels.items()}
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
