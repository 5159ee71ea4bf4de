"""How nouns and answers show themselves in notebooks."""

from __future__ import annotations

from typing import Any


class InNotebooks:
    """What Jupyter shows of an object; the tables are those of `cqsim.report`, imported when something is shown."""

    def _repr_html_(self) -> str:
        from cqsim.report.formats.notebook import shown

        return shown(self)

    def in_one_line(self) -> str:
        """The kind and the heading, for where tables cannot be shown, instead of everything that the object holds."""
        from cqsim.report.formats.notebook import heading_of

        return f"<{type(self).__name__}: {heading_of(self)}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.in_one_line())
