"""A progress bar on stderr, for runs that take more than a second."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cqsim.messages import Language, say

Progress = Callable[[int, int], None]
"""Called with the paths done and the paths expected."""


def _silent(done: int, expected: int) -> None:
    """Report nothing."""


@contextmanager
def progress_bar(wanted: bool | Progress, language: Language) -> Iterator[Progress]:
    """The function that a run reports to: a bar, the caller's own, or none.

    The bar shows on a terminal or in a notebook, never when stderr is piped.
    """
    if callable(wanted):
        yield wanted
        return
    in_notebook = "ipykernel" in sys.modules
    if not wanted or not (in_notebook or sys.stderr.isatty()):
        yield _silent
        return
    from tqdm.auto import tqdm

    with tqdm(desc=say("progress", language), unit="", unit_scale=True, delay=1, leave=False) as bar:

        def report(done: int, expected: int) -> None:
            bar.total = expected
            bar.update(done - bar.n)

        yield report
