"""The charts of a result, a comparison, a backtest or a look-back, as its attribute `plot`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MethodType
from typing import Any, Literal

from cqsim.errors import unknown

Kind = Literal["result", "comparison", "backtest", "lookback"]


class Plots:
    """Charts by name: each is a function of `cqsim.report.figures` with its first argument filled in.

    matplotlib is imported when the first one is asked for.

    Parameters
    ----------
    found : Result, Comparison, Backtest or LookBack
    kind : {"result", "comparison", "backtest", "lookback"}

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, progress=False)
    >>> result.plot
    charts: fan, probabilities, growth, first_hit, joint, contributions, calendar
    >>> result.plot.fan("visitors").get_ylabel()
    '万人次'
    """

    def __init__(self, found: object, kind: Kind) -> None:
        self._found = found
        self._kind = kind

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # asked for by copies, pickles and notebooks
            raise AttributeError(name)
        charts = self._charts()
        if name not in charts:
            raise AttributeError(str(unknown("unknown_chart", name, charts)))
        return MethodType(charts[name], self._found)

    def __dir__(self) -> list[str]:
        return list(self._charts())

    def __repr__(self) -> str:
        return f"charts: {', '.join(self._charts())}"

    def _charts(self) -> Mapping[str, Any]:
        from cqsim.report import figures

        return {
            "result": figures.OF_RESULT,
            "comparison": figures.OF_COMPARISON,
            "backtest": figures.OF_BACKTEST,
            "lookback": figures.OF_LOOKBACK,
        }[self._kind]
