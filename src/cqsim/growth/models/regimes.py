"""Growth that switches between regimes, such as boom and slump."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from cqsim.arrays import Array, Counts
from cqsim.errors import Fault, unknown
from cqsim.growth.base import NOISE, GrowthModel, Kind, Parameter, Rate, Spread
from cqsim.growth.inputs import Inputs
from cqsim.noun import Frozen, Noun
from cqsim.quantities import Quantity, percentage

_SWITCH = "switch"


class Regime(Noun):
    """One way of growing."""

    rate: Rate
    """Typical (median) growth a year in this regime."""
    volatility: Spread
    """Standard deviation of yearly log growth in this regime."""


class Regimes(GrowthModel):
    """A Markov chain of regimes, each with its own growth and volatility (Hamilton 1989).

    Examples
    --------
    >>> model = Regimes(
    ...     regimes={"up": {"rate": "10%", "volatility": "0%"}, "down": {"rate": "-10%", "volatility": "0%"}},
    ...     switching={"up": {"up": "0%", "down": "100%"}, "down": {"up": "100%", "down": "0%"}},
    ...     first={"up": "100%", "down": "0%"}, evidence="assumed")
    >>> draws = {"up.rate": 0.1, "up.volatility": 0.0, "down.rate": -0.1, "down.volatility": 0.0}
    >>> out, noise = np.empty((3, 1)), {"noise": np.zeros((2, 1)), "switch": np.zeros((2, 1))}
    >>> model.paths(Inputs(2021, np.array([100.0]), draws, noise), out)
    >>> out[:, 0].round(6).tolist()
    [100.0, 110.0, 99.0]
    """

    positive: ClassVar[bool] = True

    model: Literal["regimes"] = "regimes"
    regimes: Frozen[Regime]
    """At least two, by name."""
    switching: Frozen[Frozen[Quantity]]
    """For each regime, the probability of each regime in the year after; every row adds up to 100 %."""
    first: Frozen[Quantity] | None = None
    """Probability of each regime in the first year; default: the long-run shares."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if len(self.regimes) < 2:
            raise Fault("too_few_regimes")
        rows = {"first": self.first} if self.first is not None else {}
        for name in (*self.regimes, *self.switching):
            if name not in self.regimes:
                raise unknown("unknown_regime", name, self.regimes)
            rows[name] = self.switching.get(name, {})
        for name, row in rows.items():
            for regime in row:
                if regime not in self.regimes:
                    raise unknown("unknown_regime", regime, self.regimes)
            shares = [percentage(share) for share in row.values()]
            if abs(sum(shares) - 1) > 1e-9 or any(share < 0 for share in shares):
                raise Fault("row_total", row=name, total=f"{sum(shares) * 100:g}%")
        return self

    @model_validator(mode="after")
    def _has_long_run(self) -> Self:
        """Without `first`, the chain must have one long-run distribution: not two groups that never meet."""
        if self.first is None:
            eigenvalues = np.linalg.eigvals(self.transitions()[1])
            if np.count_nonzero(np.abs(eigenvalues - 1) < 1e-9) > 1:
                raise Fault("no_long_run")
        return self

    def parameters(self) -> dict[str, Parameter]:
        """Rate and volatility of each regime."""
        found = {}
        for name, regime in self.regimes.items():
            found[f"{name}.rate"] = Parameter(regime.rate, Kind.RATE)
            found[f"{name}.volatility"] = Parameter(regime.volatility, Kind.SPREAD)
        return found

    def streams(self, years: int) -> dict[str, int]:
        """One innovation and one switch a year."""
        return {NOISE: years, _SWITCH: years}

    def transitions(self) -> tuple[Array, Array]:
        """Shares of the first year, shape (regimes,), and the chances of the next year, shape (regimes, regimes)."""
        matrix = np.array([_row(self.switching[name], self.regimes) for name in self.regimes])
        if self.first is not None:
            return np.array(_row(self.first, self.regimes)), matrix
        # Long-run shares: the distribution that the chain leaves unchanged.
        system = np.vstack([matrix.T - np.eye(len(matrix)), np.ones(len(matrix))])
        stationary = np.linalg.lstsq(system, np.append(np.zeros(len(matrix)), 1.0), rcond=None)[0]
        return stationary, matrix

    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year; see `GrowthModel.paths`."""
        from scipy.special import ndtr

        first, matrix = self.transitions()
        regime: Counts | None = None
        grown = np.zeros_like(inputs.baseline)
        out[0] = inputs.baseline
        for step, level in enumerate(out[1:]):
            chance = ndtr(inputs.noise[_SWITCH][step])
            bounds = np.cumsum(first)[:, None] if regime is None else np.cumsum(matrix, axis=1)[regime].T
            regime = np.minimum((chance >= bounds).sum(axis=0), len(matrix) - 1)
            for number, name in enumerate(self.regimes):
                here = regime == number
                growth = (
                    inputs.rate(f"{name}.rate", step) + inputs.draws[f"{name}.volatility"] * inputs.noise[NOISE][step]
                )
                np.add(grown, growth, out=grown, where=here)
            np.exp(grown, out=level)
            level *= inputs.baseline


def _row(shares: Mapping[str, Quantity], names: Mapping[str, object]) -> list[float]:
    return [percentage(shares[name]) if name in shares else 0.0 for name in names]
