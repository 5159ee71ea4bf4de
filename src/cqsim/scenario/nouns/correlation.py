"""Which two indicators move together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cqsim.evidence import Graded

Correlated = Literal["noise", "rate"]


class Correlation(Graded):
    """Two indicators whose yearly innovations and typical rates are correlated."""

    between: tuple[str, str]
    """Two indicator ids."""
    value: Annotated[float, Field(gt=-1, lt=1, strict=True)]
    """Correlation coefficient, between -1 and 1."""
    of: Correlated | None = None
    """`noise` or `rate` for one of them; default both."""
