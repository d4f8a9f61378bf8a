"""A bench on which a method is tried: calls from plain numbers, run over a small field of regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from assessment import units
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import POINTS, RATE, YESNO, Entity, Kind, Type, number
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.codes import CODES
from assessment.evaluation.exact import run
from assessment.evaluation.facts import Facts, Value
from assessment.methods.base import (
    AS_WRITTEN,
    UNLIMITED,
    Band,
    Call,
    Entry,
    Lowered,
    Method,
    Parameter,
    Problem,
    Sort,
)
from assessment.methods.registry import by_name, methods

YEAR = 2018


class Bench:
    """Calls of methods from plain values, as the semantics would make them from a rule file."""

    def input(self, name: str, type_: Type, *, low: int | None = None, high: int | None = None) -> n.Input:
        ends = {
            end: None if value is None else Fraction(value) for end, value in (("low", low), ("high", high))
        }
        return n.Input(name=name, type=type_, **ends)

    def plain(self, name: str = "x", **ends: int) -> n.Input:
        return self.input(name, number(Entity.REGION), **ends)

    def share(self, name: str = "x") -> n.Input:
        return self.input(name, Type(kind=Kind.SHARE))

    def growth(self, name: str = "x") -> n.Input:
        return self.input(name, Type(kind=Kind.GROWTH))

    def change(self, name: str = "x") -> n.Input:
        return self.input(name, Type(kind=Kind.PP))

    def count(self, name: str = "x", unit: str = "家") -> n.Input:
        return self.input(name, Type(kind=Kind.COUNT, unit=units.unit(unit)))

    def quantity(self, name: str = "x", unit: str = "亿元") -> n.Input:
        return self.input(name, Type(kind=Kind.QUANTITY, unit=units.unit(unit)))

    def in_points(self, name: str = "x", **ends: int) -> n.Input:
        return self.input(name, POINTS, **ends)

    def yes_no(self, name: str = "x") -> n.Input:
        return self.input(name, YESNO)

    def level(self, levels: Sequence[str], name: str = "x") -> n.Input:
        return self.input(name, Type(kind=Kind.LEVEL, levels=tuple(levels)))

    def ratings(self, name: str = "x", **ends: int) -> n.Input:
        return self.input(name, Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of=name), **ends)

    def events(self, levels: Sequence[str], name: str = "x") -> n.Input:
        return self.input(name, Type(kind=Kind.LEVEL, entity=Entity.ROW, rows_of=name, levels=tuple(levels)))

    # ── tables ──

    def at_least(self, end: Any, subject: n.Node, points: Any) -> Band:
        return Band(
            range=n.Range(low=_like(end, subject), label=Text.same(f">= {end}")),
            value=b.points(_exact(points)),
        )

    def below(self, end: Any, subject: n.Node, points: Any) -> Band:
        return Band(
            range=n.Range(high=_like(end, subject), high_closed=False), value=b.points(_exact(points))
        )

    def stretch(self, text: str, subject: n.Node, points: Any) -> Band:
        """A listed range as it is written: `[2.5, 6)`, with `inf` for no end."""
        low, high = text[1:-1].split(",")
        range_ = n.Range(
            low=None if "inf" in low else _like(low.strip(), subject),
            low_closed=text[0] == "[",
            high=None if "inf" in high else _like(high.strip(), subject),
            high_closed=text[-1] == "]",
            label=Text.same(text),
        )
        return Band(range=range_, value=b.points(_exact(points)))

    def rows(self, subject: n.Node, table: Mapping[Any, Any]) -> tuple[Entry, ...]:
        """`value: points` rows; of a subject with levels, `level: points` rows."""
        levels = subject.type.levels
        return tuple(
            Entry(
                key=b.const(levels.index(key), Type(kind=Kind.LEVEL, levels=levels))
                if levels
                else _like(key, subject),
                value=b.points(_exact(points)),
                label=Text.same(str(key)),
            )
            for key, points in table.items()
        )

    def check_row(self, key: n.Node, points: Any, *, each: bool = False, up_to: Any = None) -> Entry:
        limit = None if up_to is None else b.points(_exact(up_to))
        return Entry(key=key, value=b.points(_exact(points)), label=Text.same("row"), each=each, up_to=limit)

    # ── calls ──

    def method(self, name: str) -> Method:
        return by_name(methods())[name]

    def call(self, name: str, *, policies: Mapping[str, str] | None = None, **written: Any) -> Call:
        """A call; plain numbers become constants of the sort that the parameter wants."""
        table = {key: written.pop(key) for key in ("bands", "entries", "caps", "otherwise") if key in written}
        if table.get("otherwise") is not None:
            table["otherwise"] = b.points(_exact(table["otherwise"]))
        parameters = self.method(name).parameters
        written = {key.rstrip("_"): value for key, value in written.items()}
        assert set(written) <= {parameter.en for parameter in parameters}, "no such parameter"
        arguments: dict[str, Any] = {}
        for parameter in parameters:
            value = written.get(parameter.en, parameter.default)
            arguments[parameter.en] = _argument(parameter, value, arguments)
        return Call(arguments=arguments, policies=policies or {}, **table)

    def problems(self, name: str, **written: Any) -> tuple[Problem, ...]:
        """What `check` finds; each code is one that diagnostics know."""
        found = self.method(name).check(self.call(name, **written))
        assert all(problem.code in CODES for problem in found)
        return found

    def codes(self, name: str, **written: Any) -> list[str]:
        return [problem.code for problem in self.problems(name, **written)]

    def lower(self, name: str, **written: Any) -> Lowered:
        """The meaning of a call that nothing is wrong with."""
        call = self.call(name, **written)
        assert self.method(name).check(call) == ()
        return self.method(name).lower(call)

    def values(
        self,
        name: str,
        cells: Mapping[Any, Sequence[Any]],
        *,
        groups: Sequence[str] | None = None,
        reference: Sequence[bool] | None = None,
        **written: Any,
    ) -> list[Value]:
        """The values of a call for each region; `cells` by input, or by (input, years back)."""
        return self.evaluate(self.lower(name, **written).node, cells, groups=groups, reference=reference)

    def evaluate(
        self,
        node: n.Node,
        cells: Mapping[Any, Sequence[Any]],
        *,
        groups: Sequence[str] | None = None,
        reference: Sequence[bool] | None = None,
    ) -> list[Value]:
        size = len(next(iter(cells.values())))
        facts = Facts(
            regions=tuple(f"r{place}" for place in range(size)),
            groups=tuple(groups or ["g"] * size),
            reference=tuple(reference or [False] * size),
            period=YEAR,
            cells={_key(key): tuple(_cell(value) for value in column) for key, column in cells.items()},
        )
        return list(run((node,), facts).of(node))


def _key(key: Any) -> tuple[str, int]:
    return (key, YEAR) if isinstance(key, str) else (key[0], YEAR - key[1])


def _cell(value: Any) -> Value:
    if isinstance(value, (bool, Absence)):
        return value
    if isinstance(value, str) and value.startswith("No. "):  # a text, not a number
        return value
    if isinstance(value, (tuple, list)):
        return tuple(_cell(one) for one in value)  # type: ignore[misc]
    return _exact(value)


def _exact(value: Any) -> Fraction:
    """The written number; `2.3%` and `0.2pp` as ratios."""
    if isinstance(value, str) and value.endswith(("%", "pp")):
        return Fraction(value.removesuffix("%").removesuffix("pp")) / 100
    return Fraction(value)


def _like(value: Any, subject: n.Node) -> n.Node:
    return value if isinstance(value, n.Base) else b.const(_exact(value), subject.type)


def _argument(parameter: Parameter, value: Any, earlier: Mapping[str, Any]) -> Any:
    if parameter.many and value is not None:
        return tuple(_like(one, earlier[parameter.of or ""]) for one in value)
    if parameter.unlimited and value == UNLIMITED[0]:
        return value
    if value is None or isinstance(value, n.Base) or parameter.sort in AS_WRITTEN:
        return value
    exact = _exact(value)
    match parameter.sort:
        case Sort.RATE:
            return b.const(exact, RATE)
        case Sort.POINTS:
            return b.points(exact)
        case Sort.STEP if str(value).endswith("%"):
            return b.rate(exact)
        case Sort.DIFFERENCE | Sort.STEP:
            type_ = earlier[parameter.of or ""].type
            shared = type_.kind in (Kind.SHARE, Kind.GROWTH)
            return b.const(exact, Type(kind=Kind.PP) if shared else type_)
        case _:
            return b.const(exact, earlier[parameter.of].type if parameter.of in earlier else None)


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()
