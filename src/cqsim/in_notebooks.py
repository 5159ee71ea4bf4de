"""How nouns and answers show themselves in notebooks."""

from __future__ import annotations


class InNotebooks:
    """What Jupyter shows of an object; the tables are those of `cqsim.report`, imported when something is shown."""

    def _repr_html_(self) -> str:
        from cqsim.report.notebook import shown

        return shown(self)
