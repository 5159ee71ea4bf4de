"""Plug-ins by name: those shipped with cqsim, and those of other packages through entry points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Generic, TypeVar

from cqsim.errors import unknown

T = TypeVar("T")


class Registry(Generic[T]):
    """The classes of one kind of plug-in, looked up by name and imported on first use.

    Parameters
    ----------
    group : str
        Entry-point group in which other packages add theirs.
    tag : str
        The key under which a scenario names one.
    shipped : mapping of str to str
        Name to `module:class`.
    """

    def __init__(self, group: str, tag: str, shipped: Mapping[str, str]) -> None:
        self._group = group
        self._tag = tag
        self._shipped = shipped

    def shipped(self) -> list[str]:
        """The names of those shipped with cqsim."""
        return list(self._shipped)

    def names(self) -> list[str]:
        """All names, those shipped first."""
        return [*self._shipped, *sorted(point.name for point in self._added())]

    def find(self, name: str) -> type[T]:
        """The class of that name.

        Raises
        ------
        Fault
            When there is none; the nearest name is the hint.
        """
        if name in self._shipped:
            module, _, attribute = self._shipped[name].partition(":")
            shipped: type[T] = getattr(import_module(module), attribute)
            return shipped
        loaders: dict[str, Callable[[], type[T]]] = {point.name: point.load for point in self._added()}
        if name not in loaders:
            raise unknown(f"unknown_{self._tag}", name, self.names(), at=self._tag)
        return loaders[name]()

    def _added(self) -> list:  # type: ignore[type-arg]  # EntryPoint is generic in no released version
        return [point for point in entry_points(group=self._group) if point.name not in self._shipped]
