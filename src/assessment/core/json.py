"""Graphs as JSON: every node once, under a number, after what it reads; the form is laid down in `docs/reference/core.md`.

Numbers are written as exact text (`"23/1000"`), never as JSON numbers, which other programs read as binary floats. A
graph that is read back evaluates to the same values and shares the same nodes; places in rule files survive where the
texts are given. The sentences of methods are not written: they explain, and mean nothing without their method.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeAlias, assert_never, cast

from attrs import evolve

from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Entity, Kind, Type
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Source, Span
from assessment.number import Mode
from assessment.units import Unit

__all__ = ["FORM", "from_json", "to_json"]

FORM = 1
"""The number of the form; it rises when a document could mean something else."""

_Json: TypeAlias = Any
_OP: Mapping[type[n.Base], str] = {
    n.Const: "const",
    n.Input: "input",
    n.InGroup: "in-group",
    n.Score: "score",
    n.Lookup: "lookup",
    n.Add: "add",
    n.Mul: "mul",
    n.Div: "div",
    n.Power: "power",
    n.Root: "root",
    n.Ln: "ln",
    n.Exp: "exp",
    n.Min: "min",
    n.Max: "max",
    n.Compare: "compare",
    n.And: "and",
    n.Or: "or",
    n.Not: "not",
    n.Select: "select",
    n.Step: "step",
    n.Round: "round",
    n.Aggregate: "aggregate",
    n.Rank: "rank",
    n.Distinct: "distinct",
    n.Refer: "refer",
    n.Shift: "shift",
    n.IsAbsent: "is-absent",
    n.Recover: "recover",
    n.Frame: "frame",
}
_CLASS = {op: class_ for class_, op in _OP.items()}
_ABSENCE = {absence.value: absence for absence in Absence}
_NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")


def to_json(roots: Sequence[n.Node], *, indent: int | None = None) -> str:
    """The graph of some roots as a JSON document.

    >>> from assessment.core import build as b
    >>> document = to_json((b.add(b.const(1), b.const(Fraction(1, 2))),))
    >>> [node["op"] for node in json.loads(document)["nodes"]]
    ['const', 'const', 'add']
    """
    place: dict[int, int] = {}
    written: list[_Json] = []
    for node, _ in order(roots):
        if id(node) not in place:
            place[id(node)] = len(written)
            written.append({"id": len(written), **_node(node, place)})
    document = {"core": FORM, "nodes": written, "roots": [place[id(root)] for root in roots]}
    return json.dumps(document, ensure_ascii=False, indent=indent)


def from_json(document: str, *, sources: Iterable[Source] = ()) -> tuple[n.Node, ...]:
    """The roots of a graph that `to_json` wrote.

    `sources` are the rule files that places point into; a place in another file is left out.
    Errors: `ValueError` for what is no such document; the first fault is named with the number of its node.

    >>> from assessment.core import build as b
    >>> (read,) = from_json(to_json((b.const(Fraction(23, 1000)),)))
    >>> read.value
    Fraction(23, 1000)
    """
    try:
        whole = json.loads(document)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"this is no JSON: {error}") from None
    if not isinstance(whole, dict) or whole.get("core") != FORM or set(whole) != {"core", "nodes", "roots"}:
        raise ValueError(f'a graph is an object with "core": {FORM}, "nodes" and "roots"')
    parts = (whole["nodes"], whole["roots"])
    if not all(isinstance(part, list) for part in parts):
        raise ValueError("nodes and roots are lists")
    texts = {source.name: source for source in sources}
    made: list[n.Node] = []
    for place, fields in enumerate(whole["nodes"]):
        if not isinstance(fields, dict) or fields.get("id") != place:
            raise ValueError(f"the node at place {place} must have that number as its id")
        made.append(_Reader(place, fields, made, texts).read())
    return tuple(_at(made, root, "a root") for root in whole["roots"])


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _node(node: n.Node, place: Mapping[int, int]) -> dict[str, _Json]:
    def at(operand: n.Node) -> int:
        return place[id(operand)]

    def maybe(operand: n.Node | None) -> int | None:
        return None if operand is None else place[id(operand)]

    head: dict[str, _Json] = {"op": _OP[type(node)], "type": _type(node.type)}
    if node.span is not None:
        head["span"] = _span(node.span)
    match node:
        case n.Const(value=value):
            return head | {"value": _constant(value)}
        case n.Input(name=name, low=low, low_closed=low_closed, high=high, high_closed=high_closed):
            ends = {
                "low": _number(low),
                "low_closed": low_closed,
                "high": _number(high),
                "high_closed": high_closed,
            }
            return head | {"name": name} | ends
        case n.InGroup(groups=groups, regions=regions):
            return head | {"groups": list(groups), "regions": list(regions)}
        case n.Score(path=path, reading=reading, taken=taken):
            return head | {"path": path, "reading": reading, "taken": taken}
        case n.Lookup(entries=entries):
            rows = [{"group": group, "year": year, "value": str(value)} for group, year, value in entries]
            return head | {"entries": rows}
        case n.Add(args=args) | n.Mul(args=args) | n.Min(args=args) | n.Max(args=args):
            return head | {"args": [at(arg) for arg in args]}
        case n.And(args=args) | n.Or(args=args):
            return head | {"args": [at(arg) for arg in args]}
        case n.Div(left=left, right=right):
            return head | {"left": at(left), "right": at(right)}
        case n.Power(value=value, exponent=exponent):
            return head | {"value": at(value), "exponent": exponent}
        case n.Root(value=value, index=index):
            return head | {"value": at(value), "index": index}
        case n.Ln(value=value) | n.Exp(value=value) | n.Not(value=value):
            return head | {"value": at(value)}
        case n.Compare(op=relation, left=left, right=right):
            return head | {"relation": relation, "left": at(left), "right": at(right)}
        case n.Select(condition=condition, then=then, otherwise=otherwise):
            return head | {"condition": at(condition), "then": at(then), "otherwise": at(otherwise)}
        case n.Step(value=value, ranges=ranges, results=results, otherwise=other):
            rows = [_range(one, at(result), place) for one, result in zip(ranges, results, strict=True)]
            return head | {"value": at(value), "rows": rows, "otherwise": maybe(other)}
        case n.Round(value=value, places=places, mode=mode, scale=scale):
            return head | {"value": at(value), "places": places, "mode": mode.value, "scale": scale}
        case n.Aggregate(op=statistic, value=value, over=over, where=where, own=own):
            asked = {"statistic": statistic, "over": over, "where": maybe(where), "own": own}
            return head | {"value": at(value)} | asked
        case n.Rank(keys=keys, over=over, ties=ties, where=where):
            by = [{"value": at(key), "highest_first": highest} for key, highest in keys]
            return head | {"keys": by, "over": over, "ties": ties, "where": maybe(where)}
        case n.Distinct(by=same, keys=keys, where=where):
            by = [{"value": at(key), "highest_first": highest} for key, highest in keys]
            return head | {"by": [at(key) for key in same], "keys": by, "where": maybe(where)}
        case n.Refer(subject=subject, value=value):
            return head | {"subject": subject, "value": at(value)}
        case n.Shift(value=value, periods=periods):
            return head | {"value": at(value), "periods": periods}
        case n.IsAbsent(value=value, statuses=statuses):
            return head | {"value": at(value), "statuses": _statuses(statuses)}
        case n.Recover(value=value, statuses=statuses, replacement=replacement, policy=policy):
            return head | {
                "value": at(value),
                "statuses": _statuses(statuses),
                "replacement": at(replacement),
                "policy": policy,
            }
        case n.Frame():
            return head | {
                "node": at(node.node),
                "role": node.role,
                "name": node.name,
                "title": _text(node.title),
                "text": node.text,
                "arguments": [{"name": one.name, "node": at(one.node)} for one in node.arguments],
                "notes": [{"name": one.name, "node": at(one.node)} for one in node.notes],
                "definition": None if node.definition is None else _definition(node.definition),
                "low": _number(node.low),
                "high": _number(node.high),
            }
        case _:
            assert_never(node)


def _type(type_: Type) -> dict[str, _Json]:
    written: dict[str, _Json] = {"kind": type_.kind.value, "entity": type_.entity.value}
    if type_.unit is not None:
        dimension = [[word, exponent] for word, exponent in type_.unit.dimension]
        written["unit"] = {"text": type_.unit.text, "dimension": dimension, "factor": str(type_.unit.factor)}
    if type_.levels:
        written["levels"] = list(type_.levels)
    if type_.rows_of is not None:
        written["rows_of"] = type_.rows_of
    return written


def _constant(value: n.Scalar | Absence) -> _Json:
    if isinstance(value, Absence):
        return {"absent": value.value}
    if isinstance(value, str):
        return {"text": value}
    return value if isinstance(value, bool) else str(value)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _text(text: Text | None) -> _Json:
    return None if text is None else {"en": text.en, "zh": text.zh}


def _definition(definition: n.Definition) -> _Json:
    return {
        "text": definition.text,
        "parameters": list(definition.parameters),
        "words": [{"name": name, "said": _text(said)} for name, said in definition.words],
        "span": None if definition.span is None else _span(definition.span),
    }


def _span(span: Span) -> _Json:
    return {"source": span.source.name, "start": span.start, "end": span.end}


def _statuses(statuses: frozenset[Absence]) -> list[str]:
    return [absence.value for absence in Absence if absence in statuses]


def _range(range_: n.Range, result: int, place: Mapping[int, int]) -> dict[str, _Json]:
    return {
        "low": None if range_.low is None else place[id(range_.low)],
        "low_closed": range_.low_closed,
        "high": None if range_.high is None else place[id(range_.high)],
        "high_closed": range_.high_closed,
        "label": _text(range_.label),
        "span": None if range_.span is None else _span(range_.span),
        "result": result,
    }


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _at(made: list[n.Node], place: _Json, what: str) -> n.Node:
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(made):
        raise ValueError(f"{what} must be the number of a node that came before, not {place!r:.40}")
    return made[place]


class _Reader:
    """One node as it is read: its fields are taken one by one, and a field that nobody takes is a fault."""

    def __init__(
        self, place: int, fields: Mapping[str, _Json], made: list[n.Node], sources: Mapping[str, Source]
    ) -> None:
        self.place, self.fields, self.made, self.sources = place, dict(fields), made, sources
        del self.fields["id"]

    def read(self) -> n.Node:
        op = self.word("op")
        if op not in _CLASS:
            raise self.fault(f"no node is called `{op:.40}`")
        type_ = self.type()
        span = self.span(self.fields.pop("span", None))
        try:
            node = self.node_of(op, type_)
        except (KeyError, TypeError) as error:
            raise self.fault(f"`{op}` is not as it should be: {error}") from None
        if self.fields:
            raise self.fault(f"`{op}` has no field `{next(iter(self.fields)):.40}`")
        return node if span is None else evolve(node, span=span)

    def node_of(self, op: str, type_: Type) -> n.Node:
        class_ = cast("Any", _CLASS[op])
        match op:
            case "const":
                return n.Const(value=self.constant(), type=type_)
            case "input":
                return n.Input(
                    name=self.word("name"),
                    low=self.number(self.take("low")),
                    low_closed=self.flag("low_closed"),
                    high=self.number(self.take("high")),
                    high_closed=self.flag("high_closed"),
                    type=type_,
                )
            case "in-group":
                groups, regions = (
                    tuple(map(self.as_word, self.list(name))) for name in ("groups", "regions")
                )
                return n.InGroup(groups=groups, regions=regions, type=type_)
            case "score":
                reading = self.one_of("reading", ("score", "rate", "rank", "bottom", "mark"))
                taken = self.one_of("taken", ("full", "rounded", "rescaled", "compared"))
                return n.Score(
                    path=self.word("path"),
                    reading=cast("Literal['score', 'rate', 'rank', 'bottom', 'mark']", reading),
                    taken=cast("Literal['full', 'rounded', 'rescaled', 'compared']", taken),
                    type=type_,
                )
            case "lookup":
                return n.Lookup(entries=tuple(self.entry(row) for row in self.list("entries")), type=type_)
            case "add" | "mul" | "min" | "max" | "and" | "or":
                args = tuple(self.node(place) for place in self.list("args"))
                if not args:
                    raise self.fault(f"`{op}` needs arguments")
                return cast("n.Node", class_(args=args, type=type_))
            case "div":
                return n.Div(
                    left=self.node(self.take("left")), right=self.node(self.take("right")), type=type_
                )
            case "power":
                return n.Power(value=self.value(), exponent=self.whole("exponent"), type=type_)
            case "root":
                return n.Root(value=self.value(), index=self.whole("index"), type=type_)
            case "ln" | "exp" | "not":
                return cast("n.Node", class_(value=self.value(), type=type_))
            case "compare":
                relation = self.one_of("relation", (">=", ">", "<=", "<", "=", "!="))
                left, right = self.node(self.take("left")), self.node(self.take("right"))
                return n.Compare(op=relation, left=left, right=right, type=type_)
            case "select":
                return n.Select(
                    condition=self.node(self.take("condition")),
                    then=self.node(self.take("then")),
                    otherwise=self.node(self.take("otherwise")),
                    type=type_,
                )
            case "step":
                rows = self.list("rows")
                return n.Step(
                    value=self.value(),
                    ranges=tuple(self.range(row) for row in rows),
                    results=tuple(self.node(row["result"]) for row in rows),
                    otherwise=self.maybe(self.take("otherwise")),
                    type=type_,
                )
            case "round":
                return n.Round(
                    value=self.value(),
                    places=self.whole("places"),
                    mode=Mode(self.one_of("mode", tuple(mode.value for mode in Mode))),
                    scale=self.whole("scale"),
                    type=type_,
                )
            case "aggregate":
                return n.Aggregate(
                    op=self.one_of("statistic", ("sum", "count", "min", "max", "mean", "median")),
                    value=self.value(),
                    over=self.extent(),
                    where=self.maybe(self.take("where")),
                    own=self.flag("own"),
                    type=type_,
                )
            case "rank":
                return n.Rank(
                    keys=self.keys(),
                    over=self.extent(),
                    ties=self.one_of("ties", ("min", "max", "mean", "dense", "order")),
                    where=self.maybe(self.take("where")),
                    type=type_,
                )
            case "distinct":
                return n.Distinct(
                    by=tuple(map(self.node, self.list("by"))),
                    keys=self.keys(),
                    where=self.maybe(self.take("where")),
                    type=type_,
                )
            case "refer":
                return n.Refer(subject=self.word("subject"), value=self.value(), type=type_)
            case "shift":
                return n.Shift(value=self.value(), periods=self.whole("periods"), type=type_)
            case "is-absent":
                return n.IsAbsent(value=self.value(), statuses=self.statuses(), type=type_)
            case "recover":
                return n.Recover(
                    value=self.value(),
                    statuses=self.statuses(),
                    replacement=self.node(self.take("replacement")),
                    policy=self.word("policy"),
                    type=type_,
                )
            case _:
                role = self.one_of("role", ("measure", "call", "policy", "score"))
                return n.Frame(
                    node=self.node(self.take("node")),
                    role=cast("Literal['measure', 'call', 'policy', 'score']", role),
                    name=self.word("name"),
                    title=self.text(self.take("title")),
                    text=self.word("text"),
                    arguments=self.named("arguments"),
                    notes=self.named("notes"),
                    definition=self.definition(),
                    low=self.number(self.take("low")),
                    high=self.number(self.take("high")),
                    type=type_,
                )

    # One field each, refused where it is not what it should be.

    def fault(self, text: str) -> ValueError:
        return ValueError(f"node {self.place}: {text}")

    def take(self, name: str) -> _Json:
        if name not in self.fields:
            raise self.fault(f"the field `{name}` is missing")
        return self.fields.pop(name)

    def node(self, place: _Json) -> n.Node:
        return _at(self.made, place, f"node {self.place}: an operand")

    def maybe(self, place: _Json) -> n.Node | None:
        return None if place is None else self.node(place)

    def value(self) -> n.Node:
        return self.node(self.take("value"))

    def list(self, name: str) -> list[_Json]:
        found = self.take(name)
        if not isinstance(found, list):
            raise self.fault(f"`{name}` must be a list")
        return found

    def as_word(self, found: _Json) -> str:
        if not isinstance(found, str):
            raise self.fault(f"a text is needed, not {found!r:.40}")
        return found

    def word(self, name: str) -> str:
        return self.as_word(self.take(name))

    def as_flag(self, found: _Json) -> bool:
        if not isinstance(found, bool):
            raise self.fault(f"true or false is needed, not {found!r:.40}")
        return found

    def flag(self, name: str) -> bool:
        return self.as_flag(self.take(name))

    def whole(self, name: str) -> int:
        found = self.take(name)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self.fault(f"`{name}` must be a whole number")
        return found

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        found = self.word(name)
        if found not in choices:
            raise self.fault(f"`{name}` must be one of {', '.join(choices)}")
        return found

    def keys(self) -> tuple[tuple[n.Node, bool], ...]:
        return tuple(
            (self.node(key["value"]), self.as_flag(key["highest_first"])) for key in self.list("keys")
        )

    def extent(self) -> n.Extent:
        return cast("n.Extent", self.one_of("over", ("rows", "group", "all")))

    def number(self, found: _Json) -> Fraction | None:
        return None if found is None else self.exact(found)

    def exact(self, found: _Json) -> Fraction:
        text = self.as_word(found)
        if not _NUMBER.fullmatch(text):
            raise self.fault(f"an exact number such as `-3` or `23/1000` is needed, not `{text:.40}`")
        above, _, below = text.partition("/")
        if below and int(below) == 0:
            raise self.fault("a number has a denominator of zero")
        return Fraction(int(above), int(below or 1))

    def constant(self) -> n.Scalar | Absence:
        found = self.take("value")
        if isinstance(found, dict):
            if set(found) == {"text"}:
                return self.as_word(found["text"])
            return _ABSENCE[self.as_word(found["absent"])] if set(found) == {"absent"} else self.exact(None)
        return found if isinstance(found, bool) else self.exact(found)

    def statuses(self) -> frozenset[Absence]:
        return frozenset(_ABSENCE[self.as_word(word)] for word in self.list("statuses"))

    def entry(self, row: _Json) -> tuple[str | None, int | None, Fraction]:
        group, year = row["group"], row["year"]
        if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
            raise self.fault("a year is a whole number")
        return (None if group is None else self.as_word(group)), year, self.exact(row["value"])

    def range(self, row: _Json) -> n.Range:
        return n.Range(
            low=self.maybe(row["low"]),
            low_closed=self.as_flag(row["low_closed"]),
            high=self.maybe(row["high"]),
            high_closed=self.as_flag(row["high_closed"]),
            label=self.text(row["label"]),
            span=self.span(row["span"]),
        )

    def named(self, name: str) -> tuple[n.Named, ...]:
        return tuple(
            n.Named(name=self.as_word(one["name"]), node=self.node(one["node"])) for one in self.list(name)
        )

    def definition(self) -> n.Definition | None:
        found = self.take("definition")
        if found is None:
            return None
        words = tuple((self.as_word(one["name"]), self.text(one["said"])) for one in found["words"])
        return n.Definition(
            text=self.as_word(found["text"]),
            parameters=tuple(map(self.as_word, found["parameters"])),
            words=tuple((name, said) for name, said in words if said is not None),
            span=self.span(found["span"]),
        )

    def text(self, found: _Json) -> Text | None:
        return None if found is None else Text(en=self.as_word(found["en"]), zh=self.as_word(found["zh"]))

    def span(self, found: _Json) -> Span | None:
        source = None if found is None else self.sources.get(found["source"])
        return None if source is None else Span(source=source, start=found["start"], end=found["end"])

    def type(self) -> Type:
        found = self.take("type")
        try:
            unit = found.get("unit")
            return Type(
                kind=Kind(found["kind"]),
                entity=Entity(found["entity"]),
                unit=None if unit is None else self.unit(unit),
                levels=tuple(map(self.as_word, found.get("levels", ()))),
                rows_of=found.get("rows_of"),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self.fault(f"its type is not as it should be: {error}") from None

    def unit(self, found: _Json) -> Unit:
        dimension = tuple((self.as_word(word), int(exponent)) for word, exponent in found["dimension"])
        return Unit(text=self.as_word(found["text"]), dimension=dimension, factor=self.exact(found["factor"]))
