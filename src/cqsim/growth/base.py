"""The one contract of growth models, and the union of all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    SerializeAsAny,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
)

from cqsim.distributions.laws import Law
from cqsim.errors import Fault
from cqsim.evidence import Graded
from cqsim.growth.kernel import Kernel
from cqsim.growth.parameters import Parameter
from cqsim.growth.past import Past
from cqsim.noun import in_written_order
from cqsim.quantities import PERCENT
from cqsim.registry import Registry

EffectKind = Literal["level", "growth"]
"""What an effect acts on: the level, or the typical growth a year."""
Levels = Literal["any", "positive", "whole", "share"]
"""What levels may be: any number, above zero, whole and not negative, or a share between 0 and 100 %."""


class GrowthModel(Graded, ABC):
    """How an indicator may grow from its baseline.

    A model states its fields, what it draws (`parameters`, `streams`) and, once it has seen a history, the kernel that
    grows paths (`prepare`). The class variables are all that the rest of cqsim asks of it.
    """

    levels: ClassVar[Levels] = "any"
    """What its levels are: whole numbers may start from nothing, shares need an indicator in %."""
    typical: ClassVar[str | None] = None
    """The parameter that `correlation` joins beside the yearly innovations."""
    effects: ClassVar[frozenset[EffectKind]] = frozenset({"level", "growth"})
    """What events and levers may change."""
    history_growths: ClassVar[int] = 0
    """How many past growth rates the model needs."""
    fits_history: ClassVar[bool] = False
    """Whether the model is fitted to the history: it may lack years, and a baseline that is none of them is its end."""

    model: str
    """Name of the model."""

    @model_serializer(mode="wrap")
    def _own_fields_first(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write the name first, also when it was left to its default: a file needs it."""
        return {"model": self.model, **in_written_order(self, serialize(self))}

    @property
    def is_positive(self) -> bool:
        """Whether levels must be above zero."""
        return self.levels in ("positive", "share")

    @property
    def default_baseline(self) -> float | None:
        """Level of the baseline year of an indicator that states none: zero for what is counted."""
        return 0.0 if self.levels == "whole" else None

    def is_share(self, unit: str) -> bool:
        """Whether levels in this unit are shares between 0 and 100 %, so that uplifts move their log-odds."""
        return self.levels == "share" and unit == PERCENT

    def learned(self, laws: Mapping[str, Law], past: Past | None) -> Mapping[str, Law]:
        """The laws of the parameters after a history, and those that only it can give; by default as written."""
        return laws

    def peers(self) -> tuple[str, ...]:
        """Other indicators from whose histories the model learns."""
        return ()

    def refuse(self, past: Past | None) -> None:
        """Refuse a history that the model cannot use.

        Raises
        ------
        Fault
            Too few years, a gap, or a level that is not positive where levels must be.
        """
        if not self.history_growths:
            return
        years, levels = (past.years, past.values) if past else ((), ())
        if len(years) <= self.history_growths:
            raise Fault("history_short", model=self.model, needed=self.history_growths + 1, found=len(years))
        gap = next((year for year in range(years[0], years[-1]) if year not in years), None)
        if gap is not None and not self.fits_history:
            raise Fault("history_gap", year=gap)
        if self.is_positive and min(levels) <= 0:
            raise Fault("not_positive", "linear_instead", model=self.model, value=f"{min(levels):g}")

    @abstractmethod
    def parameters(self) -> dict[str, Parameter]:
        """What is drawn once per path, by name."""

    def streams(self, years: int) -> dict[str, int]:
        """Rows of standard normal values that its kernel takes for `years` years, by stream."""
        return {}

    @abstractmethod
    def prepare(self, past: Past | None, years: range) -> Kernel:
        """The kernel that grows paths, after all that can be done once has been done.

        Parameters
        ----------
        past : Past or None
            What is known of earlier years, where anything is.
        years : range
            Calendar years after the baseline, as many as `out` has rows below its first.

        Returns
        -------
        Kernel
        """


_SHIPPED = ("compound", "linear", "logistic", "gompertz", "bass", "staged", "trend", "bootstrap", "regimes")
_OTHERS = ("proportion", "count", "milestones", "fixed")
REGISTRY: Registry[GrowthModel] = Registry(
    "cqsim.growth",
    "model",
    {name: f"cqsim.growth.models.{name}:{name.capitalize()}" for name in (*_SHIPPED, *_OTHERS)},
)


def _read(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    name = value.get("model")
    if not isinstance(name, str):
        raise Fault("no_model", allowed=REGISTRY.names())
    return REGISTRY.find(name).model_validate(value)


Growth = Annotated[SerializeAsAny[GrowthModel], BeforeValidator(_read), WithJsonSchema({"x-cqsim": "Growth"})]
"""Any growth model, chosen by its `model` key."""
