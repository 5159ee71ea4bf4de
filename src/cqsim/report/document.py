"""The structure of a report, independent of the format it is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cqsim.messages import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    Parameters
    ----------
    text : str
        As people read it; line breaks allowed.
    value : float or None
        The number behind it, for spreadsheets.
    form : {"percent", "number", "text"}
        How a spreadsheet shows the number.
    """

    text: str
    value: float | None = None
    form: Literal["percent", "number", "text"] = "text"


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row names it.

    Parameters
    ----------
    caption : str
    columns : tuple of str
    rows : tuple of tuple of Cell
    bars : tuple of int
        Numbers of the columns that a spreadsheet draws as bars, a bar a row; several are stacked.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: tuple[int, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether no cell holds a number, so that all columns are left-aligned."""
        return all(cell.value is None for row in self.rows for cell in row)


@dataclass(frozen=True)
class Picture:
    """A chart that is drawn when the report is written.

    Parameters
    ----------
    name : str
        For file names; unique in the document.
    draw : callable
        Draws it and returns its axes.
    caption : str
    alt : str
        What it shows, for who cannot see it.
    """

    name: str
    draw: Callable[[], Axes]
    caption: str
    alt: str


@dataclass(frozen=True)
class Image:
    """A chart that has been drawn.

    Parameters
    ----------
    name : str
    content : bytes
        Of the picture file.
    caption, alt : str
        As for `Picture`.
    """

    name: str
    content: bytes
    caption: str
    alt: str


@dataclass(frozen=True)
class Bullets:
    """A list of short paragraphs."""

    items: tuple[str, ...]


Block = str | Bullets | Table | Picture | Image
"""A string is a paragraph."""


@dataclass(frozen=True)
class Section:
    """A heading and the content below it."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def all_blocks(self) -> Iterator[Block]:
        """Its own blocks, then those of its subsections."""
        yield from self.blocks
        for section in self.sections:
            yield from section.all_blocks()

    def with_blocks(self, change: Callable[[Block], Block]) -> Section:
        """The same section with other blocks."""
        inner = tuple(section.with_blocks(change) for section in self.sections)
        return Section(self.title, tuple(map(change, self.blocks)), inner)


@dataclass(frozen=True)
class Document:
    """A whole report.

    Parameters
    ----------
    title : str
    language : {"zh", "en"}
    sections : tuple of Section
    """

    title: str
    language: Language
    sections: tuple[Section, ...] = field(default_factory=tuple)

    def blocks(self) -> Iterator[Block]:
        """Every block, in order."""
        for section in self.sections:
            yield from section.all_blocks()
