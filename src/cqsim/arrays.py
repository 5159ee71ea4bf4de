"""Names of array types, for signatures: `Shaped[Array, "series years paths"]` says the axes.

At run time the shapes are text that nobody reads. The tests put jaxtyping's `Shaped` in the place of the one here,
which checks every call of a kernel; numpy.typing is only needed by type checkers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from typing import Annotated as Shaped

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]
    Counts: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]
else:
    Array = Counts = Flags = np.ndarray

__all__ = ["Array", "Counts", "Flags", "Shaped"]
