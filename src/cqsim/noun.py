"""The base of every noun: a frozen pydantic model that answers an unknown key with the nearest valid one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, NoReturn, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
    model_validator,
)
from pydantic_core import InitErrorDetails

from cqsim.errors import STEERING, Fault, nearest, unknown

V = TypeVar("V")


class Noun(BaseModel):
    """A frozen part of a scenario; one definition for YAML, Python, the schema and the docs."""

    # Deferred: a noun inside another is validated by the outer one's schema, and most need none of their own.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, defer_build=True)

    @model_validator(mode="wrap")
    @classmethod
    def _answer_unknown_keys(cls, data: Any, validate: ModelWrapValidatorHandler[Self]) -> Self:
        """Report each unknown key with the keys allowed here, beside whatever else is wrong with the block."""
        if not isinstance(data, Mapping):
            return validate(data)
        strangers = [key for key in data if key not in cls.model_fields]
        steering = [key for key, value in data.items() if isinstance(value, str) and STEERING.search(value)]
        if not strangers and not steering:
            return validate(data)
        details = [_stranger(cls, key, data[key]) for key in strangers] + [
            _steering(key, data[key]) for key in steering
        ]
        try:
            validate({key: value for key, value in data.items() if key in cls.model_fields})
        except ValidationError as error:
            details += [detail(finding) for finding in error.errors(include_url=False)]
        raise ValidationError.from_exception_data(cls.__name__, details)

    @model_serializer(mode="wrap")
    def _own_fields_first(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write a block's own fields before those it shares with others, as people do."""
        return in_written_order(self, serialize(self))


def in_written_order(noun: Noun, data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a noun, its own before those it inherits."""
    return {name: data[name] for name in _order(type(noun)) if name in data}


@cache
def _order(noun: type[Noun]) -> list[str]:
    """Fields of a noun, those of the most derived class first."""
    names = [name for above in noun.__mro__ for name in inspect.get_annotations(above)]
    return [name for name in dict.fromkeys(names) if name in noun.model_fields]


def _stranger(noun: type[Noun], key: str, value: object) -> InitErrorDetails:
    allowed = [name for name in noun.model_fields if name != "format"]
    fault = _yaml_trap(str(key), value, allowed) or unknown("unknown_key", str(key), allowed)
    return {"type": "value_error", "loc": (key,), "input": value, "ctx": {"error": fault}}


def _steering(key: str, value: str) -> InitErrorDetails:
    character = STEERING.search(value)
    fault = Fault("control_character", code=f"U+{ord(character[0]):04X}" if character else "")
    return {"type": "value_error", "loc": (key,), "input": value, "ctx": {"error": fault}}


def _yaml_trap(key: str, value: object, allowed: list[str]) -> Fault | None:
    """The slips in YAML that show up as an unintended key."""
    head, colon, rest = key.replace("：", ":").partition(":")
    if value is None and colon and head.strip("“”\"' ") in allowed:
        hint = "full_width_colon" if "：" in key else "space_after_colon"
        return Fault("unknown_key", hint, key=key, allowed=allowed, head=head.strip("“”\"' "), rest=rest.strip())
    if value is None and nearest(key, allowed) is None:
        hint = "number_comma" if key.isdigit() else "quote_formula" if key.endswith(")") else "quote_text"
        return Fault("stray_comma", hint, key=key)
    bare = key.strip("“”‘’「」")
    if bare != key and bare in allowed:
        return Fault("unknown_key", "chinese_quotes", key=key, allowed=allowed)
    return None


def detail(finding: Any) -> InitErrorDetails:
    """A finding of pydantic's, to be raised again."""
    return {"type": finding["type"], "loc": finding["loc"], "input": finding["input"], "ctx": finding.get("ctx", {})}


class FrozenDict(dict[str, V]):
    """An immutable mapping that is hashable and can be pickled.

    >>> FrozenDict(a=1) == {"a": 1}
    True
    """

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a scenario is frozen; use scenario.replace({path: value})")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # this dict never changes, so it can have one
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Callable[..., object], tuple[dict[str, V]]]:
        return type(self), (dict(self),)


def _freeze(data: dict[str, V]) -> FrozenDict[V]:
    for key in data:
        character = STEERING.search(key)
        if character:
            raise Fault("control_character", code=f"U+{ord(character[0]):04X}")
    return FrozenDict(data)


Frozen = Annotated[dict[str, V], AfterValidator(_freeze)]
