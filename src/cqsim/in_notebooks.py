"""How nouns and answers are displayed in notebooks."""

from __future__ import annotations

from typing import Any


class InNotebooks:
    """What Jupyter displays; the tables are those of `cqsim.report`, imported when needed."""

    def _repr_html_(self) -> str:
        from cqsim.report.formats.notebook import shown

        return shown(self)

    def in_one_line(self) -> str:
        """Class name and heading, where tables cannot be displayed, instead of the full contents."""
        from cqsim.report.formats.notebook import heading_of

        return f"<{type(self).__name__}: {heading_of(self)}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.in_one_line())
