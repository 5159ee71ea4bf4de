"""Who runs the work: anything with `map`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Executor(Protocol):
    """What the engine asks of an executor: `concurrent.futures` executors have it."""

    def map(self, function: Callable[[Any], T], items: Iterable[Any], /) -> Iterator[T]:
        """Results in the order of the items."""
        ...


def default_threads() -> int:
    """Threads that this process may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def threads(count: int | None) -> ThreadPoolExecutor:
    """A pool of threads: NumPy lets go of the interpreter while it draws and computes."""
    return ThreadPoolExecutor(count or default_threads(), thread_name_prefix="cqsim")
