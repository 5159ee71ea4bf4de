"""Formulas: arithmetic on indicators, parsed into a small tree of known parts; nothing is evaluated as Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from cqsim.errors import Fault, unknown
from cqsim.quantities import NUMBER
from cqsim.scenario.formula.expressions import FUNCTIONS, Call, Expression, Name, Number, Operation, Previous

_MOST_TOKENS = 400
_DEEPEST = 40
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{NUMBER.removeprefix('[+-]?')})|(?P<name>[^\W\d][\w㎡]*|[%‰㎡])|(?P<sign>\*\*|[-+*/(),]))"
)


@lru_cache(maxsize=4096)
def parse(text: str, indicators: frozenset[str], units: frozenset[str] = frozenset()) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text : str
        ``+ - * / ** ( )``, numbers with units, indicator ids, ``sum min max exp log`` and ``prev(indicator)``.
    indicators : frozenset of str
        Ids that may stand in it.
    units : frozenset of str
        Unit names of the file, beside those that cqsim knows.

    Raises
    ------
    Fault
        With the place in the text and, where one is near, the name that was meant.

    Examples
    --------
    >>> str(parse("170 亿元 / visitors", frozenset({"visitors"})))
    '(170 亿元 / visitors)'
    """
    return _Parser(text, indicators, units).whole()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(text, at + len(text[at:]) - len(text[at:].lstrip()))
        kind = match.lastgroup or ""
        tokens.append(_Token(kind, match[kind], match.start(kind)))
        at = match.end()
        if len(tokens) > _MOST_TOKENS:
            raise Fault("formula_long", most=_MOST_TOKENS)
    return tokens


def _unreadable(text: str, at: int) -> Fault:
    sign = text[at]
    meant = {"×": "*", "÷": "/", "^": "**", "＾": "**"}.get(sign, unicodedata.normalize("NFKC", sign))
    return Fault("formula_sign", "write_sign" if meant != sign else None, sign=sign, at=at + 1, meant=meant)


class _Parser:
    """Recursive descent over the tokens; nesting depth is counted."""

    def __init__(self, text: str, indicators: frozenset[str], units: frozenset[str]) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0
        self._indicators = indicators
        self._units = units

    def whole(self) -> Expression:
        """The whole text as one expression."""
        if not self._tokens:
            raise Fault("formula_empty")
        expression = self._sum()
        if self._next < len(self._tokens):
            raise self._unexpected()
        return expression

    def _sum(self) -> Expression:
        return self._chain(("+", "-"), lambda: self._chain(("*", "/"), self._signed))

    def _chain(self, signs: tuple[str, ...], operand: Callable[[], Expression]) -> Expression:
        left = operand()
        while sign := self._take(*signs):
            left = Operation(sign, left, operand())
        return left

    def _signed(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Fault("formula_deep", deepest=_DEEPEST)
        if self._take("-"):
            expression: Expression = Operation("*", Number(-1.0), self._signed())
        elif self._take("+"):
            expression = self._signed()
        else:
            expression = self._power()
        self._depth -= 1
        return expression

    def _power(self) -> Expression:
        base = self._atom()
        return Operation("**", base, self._signed()) if self._take("**") else base

    def _atom(self) -> Expression:
        if self._take("("):
            inside = self._sum()
            self._expect(")")
            return inside
        token = self._peek()
        if token is None or token.kind == "sign":
            raise self._unexpected()
        self._next += 1
        if token.kind == "number":
            return self._number(token)
        return self._named(token)

    def _number(self, token: _Token) -> Expression:
        value = float(token.text)
        if not isfinite(value):
            raise Fault("not_finite", value=token.text)
        return Number(value, self._unit())

    def _named(self, token: _Token) -> Expression:
        if token.text in FUNCTIONS and self._take("("):
            return self._call(token.text)
        if token.text in self._indicators:
            return Name(token.text)
        if self._is_unit(token.text):
            return Number(1.0, token.text)
        raise unknown("unknown_name", token.text, [*sorted(self._indicators), *FUNCTIONS])

    def _call(self, function: str) -> Expression:
        arguments = [*self._argument()]
        while self._take(","):
            arguments += self._argument()
        self._expect(")")
        if function == "prev":
            if len(arguments) != 1 or not isinstance(arguments[0], Name):
                raise Fault("prev_of_name")
            return Previous(arguments[0].id)
        if function != "sum" and (len(arguments) == 1) != (function in ("exp", "log")):
            raise Fault("argument_count", function=function, found=len(arguments))
        return Call(function, tuple(arguments))

    def _argument(self) -> list[Expression]:
        """One argument; `industry_*` stands for all indicators whose ids start with it, in alphabetical order."""
        ahead = [token.text for token in self._tokens[self._next : self._next + 3]]
        if len(ahead) < 3 or ahead[1] != "*" or ahead[2] not in (",", ")"):
            return [self._sum()]
        matching: list[Expression] = [Name(id) for id in sorted(self._indicators) if id.startswith(ahead[0])]
        if not matching:
            raise unknown("no_prefix", ahead[0], sorted(self._indicators))
        self._next += 2
        return matching

    def _unit(self) -> str:
        """The unit after a number, `/` included: as many names of units as follow."""
        unit = ""
        while (token := self._peek()) is not None and token.kind == "name" and token.text not in self._indicators:
            if not self._is_unit(token.text):
                raise unknown("unknown_name", token.text, sorted(self._indicators | self._units))
            unit += token.text
            self._next += 1
            ahead = self._tokens[self._next : self._next + 2]
            if len(ahead) < 2 or ahead[0].text != "/" or ahead[1].kind != "name" or not self._is_unit(ahead[1].text):
                break
            unit += "/"
            self._next += 1
        return unit

    def _is_unit(self, name: str) -> bool:
        from cqsim.units import is_known

        if name in self._indicators or name in FUNCTIONS:
            return False
        return name in self._units or is_known(name)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, *signs: str) -> str | None:
        token = self._peek()
        if token is None or token.kind != "sign" or token.text not in signs:
            return None
        self._next += 1
        return token.text

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._unexpected(sign)

    def _unexpected(self, expected: str = "") -> Fault:
        token = self._peek()
        if token is None:
            return Fault("formula_ends", "close_bracket" if expected else None, text=self._text)
        return Fault("formula_syntax", found=token.text, at=token.at + 1)
