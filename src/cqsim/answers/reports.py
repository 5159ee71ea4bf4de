"""The report of a result, a comparison or an overview, as its method `report`."""

from __future__ import annotations

from os import PathLike
from typing import Any


class Reporting:
    """What a report can be written of."""

    def report(self: Any, path: str | PathLike[str], *, template: str | PathLike[str] | None = None) -> None:
        """Write a report; the ending of the name says the kind.

        Parameters
        ----------
        path : path-like
            `.html` (one page), `.md` with its pictures in a folder beside it, `.docx`, or `.xlsx` (one sheet a table).
            The last two need `pip install cqsim[office]`.
        template : path-like, optional
            For `.docx`: a Word document whose styles, margins, headers and footers are taken.

        Raises
        ------
        Fault
            When the ending is none of these, the template cannot be used, or what the ending needs is not installed.
        OSError
            When a file cannot be written; what stood there stays.

        Examples
        --------
        >>> import cqsim, pathlib, tempfile
        >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=500, progress=False)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     result.report(f"{folder}/nanchuan.xlsx")
        ...     [file.name for file in pathlib.Path(folder).iterdir()]
        ['nanchuan.xlsx']
        """
        from cqsim.report.writing import write_report

        write_report(self, path, template)
