"""Answers as JSON documents and back: a number that does not exist is null in a document."""

from __future__ import annotations

import json
import math
from typing import Any


def json_text(document: Any) -> str:
    """Plain data as JSON; a number that does not exist is null."""
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    except ValueError:
        return json.dumps(_finite(document), ensure_ascii=False, allow_nan=False, indent=2)


def number_of(value: float | None) -> float:
    """A number of a document; null stands for none.

    >>> number_of(None)
    nan
    """
    return math.nan if value is None else value


def range_of(data: dict[str, Any]) -> tuple[float, float] | None:
    """The two ends of the range in a document's block."""
    ends = data.get("range")
    return None if ends is None else (ends["0.1"], ends["0.9"])


def range_dict(ends: tuple[float, float] | None) -> dict[str, Any]:
    """The range as it stands in a document; nothing where it was not worked out."""
    return {} if ends is None else {"range": {"0.1": ends[0], "0.9": ends[1]}}


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
