"""Ways of bending texts, tables and trees; everything follows from the random numbers that are given."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from tests.fuzz.corpus import some_text

ODD = ["", "~", "null", "true", "no", "0", "-1", "1e999", ".inf", "-.inf", ".nan", "nan", "1" * 90, "1" * 5000, "0x1F"]
ODD += ["0o17", "-0", "1e-320", "5%", "-100%", "-99.999%", "1e300%", "1e308", "1e-308", "３", "3 亿", "3 亿元", "1pp"]
ODD += ["100 年", "x", "visitors", "2022-01-01", "1:30", "[]", "{}", "[1, 2]", "[1, 2, 3]", "{a: b}", "+8pp", "2%-11%"]
ODD += ["{p10: 1, p50: 2, p90: 3}", "{p05: 1%, p95: 2%}", "{p10: -1, p50: 0, p90: 1}", "{p05: 1e-300, p95: 1e300}"]
ODD += ["{low: 1, mode: 2, high: 3}", "{times_baseline: 2}", "[[[[1]]]]", "'1'", '"\\0"', '"\\ud800"', "*a", "&a x"]
ODD += ["!x y", "!!int 3", "|", ">", "'", '"', "%", "@", "“5”", "1,000", "1，000", "a, b", "：", "a: b", "- a", "? a"]
ODD += ["visitors * spend", "prev(visitors)", "1 / 0", "visitors ** 9999", "2 ** visitors", "log(-1)", "exp(1e9)"]
ODD += [
    "compound",
    "linear",
    "logistic",
    "fixed",
    "trend",
    "复合增长",
    "官方",
    "长" * 600,
    "$x$",
    "=1+1",
    "<script>",
    "a|b",
]
ODD += ["{normal: {mean: 5, sd: 2}}", "{uniform: {low: 1, high: 2}}", "{discrete: {values: [1, 2], weights: [1, 1]}}"]
ODD += [
    "\u200b",
    "\u202e5",
    "\ufeff",
    "\u2028",
    "\x85",
    "5\u00a0%",
    "　",
    "１０％",
    "2021年",
    "'2026'",
    "1.06^5",
    "CON",
]
SIGNS = ["{", "}", "[", "]", ":", ",", "-", "?", "&", "*", "!", "|", ">", "'", '"', "%", "@", "#", "\n", " ", "\t", "~"]
SIGNS += [
    ": ",
    "- ",
    "<<",
    "---\n",
    "年",
    "：",
    "，",
    "\r",
    "\0",
    "\x1b",
    "\ud83d".encode(errors="replace").decode(),
    "é",
]
KEYS = ["format", "id", "title", "language", "years", "sources", "indicators", "correlation", "run", "baseline", "end"]
KEYS += ["visitors", "spend", "label", "unit", "growth", "formula", "targets", "note", "value", "sd", "evidence"]
KEYS += ["source", "year", "model", "rate", "average", "volatility", "persistence", "last_growth", "capacity", "set"]
KEYS += ["increment", "at_least", "at_most", "between", "reached_by", "times_baseline", "p10", "p50", "p90", "p05"]
KEYS += ["p95", "of", "accuracy", "paths", "seed", "zh", "en", "events", "levers", "cases", "history", "observations"]
KEYS += ["probability", "effects", "prior", "pool", "stages", "regimes", "projects", "count", "file", "place", "x", "1"]
SCALARS: list[Any] = [None, True, False, 0, 1, -1, 2021, 2026, 10**40, 1.5, float("inf"), float("nan"), "", "x", "5%"]
SCALARS += [
    "7",
    "visitors",
    "元",
    "%",
    "zh",
    "compound",
    "assumed",
    "prev(visitors)",
    "noise",
    "0.1pp",
    "3 亿元",
    1e300,
]
SCALARS += [-1e300, 1e-300, "1e308%", "-50%", "0%", "150%", "a + b", "2020", 1900, 2200, "\u202e", "a/b", "NUL", "=1"]
_SCALAR = re.compile(r"(?<=[:\-,\[] )[^\s,{}\[\]#][^,{}\[\]#\n]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_KEY = re.compile(r"[\w]+(?=:)")


def bent_text(text: str, random: Random) -> str:
    """A text after one to three changes of its characters, lines, scalars, keys or numbers."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        text = random.choices(_CHANGES, _WEIGHTS)[0](text, random)
    return text


def _characters(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    put = random.choice((random.choice(SIGNS), random.choice(ODD), chr(random.randint(1, 0x3FF)), ""))
    return text[:place] + put + text[place + random.randint(0, 3) :]


def _lines(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    here, there = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[here]
        case 1:
            lines.insert(there, lines[here])
        case 2:
            lines[here], lines[there] = lines[there], lines[here]
        case 3:
            lines[here] = random.choice(("  ", " ", "\t", "\u00a0", "　")) + lines[here]
        case 4:
            lines[here] = lines[here][random.choice((1, 2)) :]
        case _:
            lines = lines[:here]
    return "".join(lines)


def _at_a_match(pattern: re.Pattern[str], text: str, random: Random, put: str) -> str:
    places = list(pattern.finditer(text))
    if not places:
        return _characters(text, random)
    place = random.choice(places)
    return text[: place.start()] + put + text[place.end() :]


def _scalar(text: str, random: Random) -> str:
    return _at_a_match(_SCALAR, text, random, random.choice(ODD))


def _key(text: str, random: Random) -> str:
    return _at_a_match(_KEY, text, random, random.choice((*KEYS, "增长", "基期", "目标", random.choice(ODD))))


def _number(text: str, random: Random) -> str:
    places = list(_NUMBER.finditer(text))
    if not places:
        return _characters(text, random)
    place = random.choice(places)
    number = float(place[0])
    puts = (number * 10, number / 1000, -number, 0, number + 1, number * 1e12, 1 / (1 + number))
    return text[: place.start()] + f"{random.choice(puts):g}" + text[place.end() :]


def _spliced(text: str, random: Random) -> str:
    other = some_text(random)
    place, start = random.randint(0, len(text)), random.randint(0, len(other))
    return text[:place] + other[start : start + random.randint(1, 200)] + text[place:]


_CHANGES = (_characters, _lines, _scalar, _key, _number, _spliced)
_WEIGHTS = (2, 2, 4, 2, 4, 1)


def bent_bytes(text: str, random: Random) -> bytes:
    """A text as some program may have saved it."""
    ways = ("utf-8",) * 12 + ("utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "latin-1")
    content = text.encode(random.choice(ways), errors="replace")
    match random.randrange(40):
        case 0:
            return content.replace(b"\n", b"\r\n")
        case 1:
            return content.replace(b"\n", b"\r")
        case 2:
            place = random.randint(0, len(content))
            return content[:place] + random.randbytes(random.randint(1, 4)) + content[place:]
    return content


def bent_table(text: str, random: Random) -> str:
    """A table after changes of its cells, rows and separators, or as any text."""
    rows = [line.split(",") for line in text.splitlines()]
    for _ in range(random.choice((1, 1, 2, 4))):
        row = random.choice(rows)
        match random.randrange(9):
            case 0:
                row.insert(random.randint(0, len(row)), random.choice(ODD))
            case 1 if row:
                del row[random.randrange(len(row))]
            case 2:
                rows.insert(random.randrange(len(rows)), list(row))
            case 3:
                random.shuffle(rows)
            case 4 if row:
                row[random.randrange(len(row))] = random.choice(('"1,234"', '"', "1,234", "3;5", "-", "…", "\0", "1e5"))
            case 5:
                return bent_text(text, random)
            case 6:
                return text.replace(",", random.choice((";", "\t", "，", " ")))
            case _ if row:
                row[random.randrange(len(row))] = random.choice(ODD)
    return "\n".join(map(",".join, rows)) + random.choice(("\n", ""))


def bent_tree(tree: Any, random: Random) -> Any:
    """Data after one to three changes of its entries."""
    for _ in range(random.choice((1, 1, 2, 3))):
        block, key = random.choice(_places(tree))
        match random.randrange(7):
            case 0 if len(tree) > 1:
                del block[key]
            case 1:
                block[key] = _copied(_value(random.choice(_places(tree))))
            case 2 if isinstance(block, dict):
                block[random.choice(KEYS)] = block.pop(key)
            case 3 if isinstance(block[key], int | float) and not isinstance(block[key], bool):
                block[key] = random.choice((block[key] * 10, -block[key], 0, block[key] / 3, block[key] + 1))
            case 4 if isinstance(block[key], str):
                block[key] = random.choice(ODD)
            case 5:
                block[key] = _random_data(random, 2)
            case _:
                block[key] = random.choice(SCALARS)
    return tree


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every entry, as the block it lies in and its key."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for key, value in entries for place in ((data, key), *_places(value))] or [({"x": None}, "x")]


def _value(place: tuple[Any, Any]) -> Any:
    return place[0][place[1]]


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data


def _random_data(random: Random, depth: int) -> Any:
    if depth == 0 or random.random() < 0.5:
        return random.choice(SCALARS)
    if random.random() < 0.4:
        return [_random_data(random, depth - 1) for _ in range(random.randrange(4))]
    return {random.choice(KEYS): _random_data(random, depth - 1) for _ in range(random.randrange(5))}


def formula(random: Random, names: list[str], depth: int = 3) -> str:
    """A formula of these names, or nearly one."""
    if depth == 0 or random.random() < 0.25:
        return random.choice((*names, *names, "1", "0", "1e3", "0.5", "-2", "1e308", random.choice(ODD)))
    first, second = (formula(random, names, depth - 1) for _ in range(2))
    signs = ("+", "-", "*", "/", "**", "^", ">", "，", "//")
    named = ("max", "min", "exp", "log", "sqrt", "prev", "abs", "sum")
    return random.choice(
        (
            f"{first} {random.choices(signs, (5, 5, 5, 5, 2, 1, 1, 1, 1))[0]} {second}",
            f"({first})",
            f"-{first}",
            f"{random.choice(named)}({first})",
            f"{random.choice(named)}({first}, {second})",
        )
    )
