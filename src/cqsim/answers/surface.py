"""What every answer offers, whatever it answers: a frame, documents, files, a report, charts, a look in notebooks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING, Any

from cqsim.answers.manifest import encoded, superseded
from cqsim.answers.plain import json_text
from cqsim.disk.atomic import write_folder
from cqsim.errors import unknown
from cqsim.in_notebooks import InNotebooks

if TYPE_CHECKING:
    from pandas import DataFrame


class Answers(InNotebooks, ABC):
    """The surface that `Result`, `Comparison`, `Overview`, `LookBack` and `Backtest` share.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, progress=False)
    >>> result.frame.columns[:4].tolist()
    ['indicator', 'label', 'unit', 'sense']
    >>> result.plot
    charts: fan, probabilities, growth, first_hit, joint, contributions, calendar
    """

    @property
    @abstractmethod
    def frame(self) -> DataFrame:
        """The answers as one table: a row a target, a case and target, or a model."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """The answers as one document of plain data."""

    @abstractmethod
    def files(self, flags: Mapping[str, Any]) -> dict[str, str]:
        """The files that `save` writes, by name."""

    def to_json(self) -> str:
        """The answers as one JSON document."""
        return json_text(self.to_dict())

    def save(self, folder: str | PathLike[str], flags: Mapping[str, Any] | None = None) -> None:
        """Write the document and its tables into a folder, all of them or none.

        Files of an earlier result that this one does not have go, if they are as cqsim wrote them; all else stays.

        Parameters
        ----------
        folder : path-like
            Made when it does not exist.
        flags : mapping, optional
            What was asked for beside the scenario, for the manifest.

        Raises
        ------
        OSError
            When they cannot be written; what stood there stays.
        """
        texts = self.files(flags or {})
        files = {name: encoded(name, text) for name, text in texts.items()}
        write_folder(files, folder, superseded(Path(folder), texts))

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

    @property
    def plot(self) -> Plots:
        """Charts, as in `result.plot.fan("visitors")`; each gives matplotlib axes."""
        return Plots(self)


class Plots:
    """Charts by name: each is a function of `cqsim.report.figures` with its first argument filled in.

    matplotlib is imported when the first one is asked for.

    Parameters
    ----------
    answers : Answers

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, progress=False)
    >>> result.plot.fan("visitors").get_ylabel()
    '万人次'
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # asked for by copies, pickles and notebooks
            raise AttributeError(name)
        charts = self._charts()
        if name not in charts:
            raise AttributeError(str(unknown("unknown_chart", name, charts)))
        return MethodType(charts[name], self._answers)

    def __dir__(self) -> list[str]:
        return list(self._charts())

    def __repr__(self) -> str:
        return f"charts: {', '.join(self._charts())}"

    def _charts(self) -> Mapping[str, Any]:
        from cqsim.report.figures import charts_of

        return charts_of(self._answers)
