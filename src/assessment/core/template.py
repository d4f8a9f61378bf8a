"""A graph that is written out again for other inputs and at another place, without being typed anew.

The graph is built once with stand-ins where others have inputs of their own. A formula that is written alike then gets
nodes of its own, each with its place, as if it had been typed by itself; what holds neither a stand-in nor a place in
the formula is the same node for all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
from attrs import evolve, frozen

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Source, Span

__all__ = ["Filling", "Template", "stand_in", "stand_in_name", "stand_in_place"]

_ELSEWHERE = Source(name="stand-ins", text="")
_NAME = re.compile("\0([0-9]+)\0")


def stand_in_name(place: int) -> str:
    """A name that no file can write, for the one that `Filling.names` has at this place."""
    return f"\0{place}\0"


def stand_in_place(place: int) -> Span:
    """The span for the one that `Filling.spans` has at this place."""
    return Span(source=_ELSEWHERE, start=place, end=place)


def stand_in(place: int, like: n.Input) -> n.Input:
    """The input for those that have the type and the range of this one."""
    return evolve(like, name=stand_in_name(place), span=stand_in_place(place))


@frozen(kw_only=True)
class Filling:
    """What a formula puts in: inputs, names and places for the stand-ins, and where it stands itself.

    `cuts` are the places in it, in order, at which formulas written alike differ: the names of their inputs.
    """

    inputs: Sequence[n.Input]
    names: Sequence[str]
    spans: Sequence[Span | None]
    whole: Span
    cuts: Sequence[Span]


_Step = tuple[Callable[..., Any], Any, tuple[tuple[Any, int], ...]]
"""What makes a part, what goes into it in every formula, and what was made before and goes in where."""


class Template:
    """The graph of a formula with its stand-ins, and how it is written out again, part by part.

    `stated` is the filling of that formula itself, with the stand-ins as its inputs. A template whose places are `fixed`
    is of one formula that is read again and again.
    """

    def __init__(self, root: n.Node, stated: Filling, *, fixed: bool) -> None:
        self._root, self._whole, self._fixed = root, stated.whole, fixed
        self._cut_ends = [cut.end for cut in stated.cuts]
        self._first_span, self._first_name = len(stated.inputs), len(stated.inputs) + len(stated.spans)
        self._given = self._first_name + len(stated.names)
        self._steps: list[_Step] = []
        self._place_by_ends: dict[tuple[int, int], int] = {}
        self._part_by_node: dict[int, int | None] = {id(one): at for at, one in enumerate(stated.inputs)}
        for node, _ in order((root,)):
            if id(node) not in self._part_by_node:
                self._part_by_node[id(node)] = self._record(node)

    def filled(self, filling: Filling) -> n.Node:
        """The graph of a formula that is written like the one of the template."""
        last = self._part_by_node[id(self._root)]
        source, moved = filling.whole.source, [filling.whole.start - self._whole.start]
        moved += [new.end - end for new, end in zip(filling.cuts, self._cut_ends, strict=True)]
        made: list[Any] = [*filling.inputs, *filling.spans, *filling.names]
        for make, same, parts in self._steps:
            if make is Span:
                start, before, end, behind = same
                made.append(Span(source=source, start=start + moved[before], end=end + moved[behind]))
                continue
            fields = same.copy()
            for name, at in parts:
                fields[name] = made[at]
            made.append(tuple(fields) if make is tuple else make(**fields))
        return self._root if last is None else made[last]

    # Each of these gives the number of the part that is made, None where it is the same in every formula.

    def _step(self, make: Callable[..., Any], same: Any, parts: tuple[tuple[Any, int], ...] = ()) -> int:
        self._steps.append((make, same, parts))
        return self._given + len(self._steps) - 1

    def _part(self, value: Any) -> int | None:
        if isinstance(value, n.Base):
            return self._part_by_node[id(value)]
        if isinstance(value, Span):
            return self._place(value)
        if isinstance(value, tuple):
            return self._of(tuple, list(value), enumerate(value))
        if isinstance(value, str):
            names = tuple((found, self._first_name + int(found)) for found in _NAME.findall(value))
            return self._step(_named, {"text": value}, names) if names else None
        return self._record(value) if isinstance(value, _PARTS) else None

    def _record(self, held: Any) -> int | None:
        """A node, or what a node holds that has fields of its own."""
        kind = type(held)
        fields = {field.name: getattr(held, field.name) for field in attrs.fields(kind)}
        quoted = _QUOTED.get(kind)
        known = {} if quoted is None else {quoted: self._quoted(fields[quoted], held.span)}
        return self._of(kind, fields, fields.items(), known)

    def _of(
        self,
        make: Callable[..., Any],
        same: Any,
        values: Iterable[tuple[Any, Any]],
        known: Mapping[Any, int | None] = {},
    ) -> int | None:
        parts = [(at, known[at] if at in known else self._part(value)) for at, value in values]
        made = tuple((at, part) for at, part in parts if part is not None)
        return self._step(make, same, made) if made else None

    def _place(self, span: Span) -> int | None:
        if span.source is _ELSEWHERE:
            return self._first_span + span.start
        if self._fixed or not self._stands_within(span):
            return None
        ends = (span.start, span.end)
        if ends not in self._place_by_ends:
            self._place_by_ends[ends] = self._step(Span, (*self._end(span.start), *self._end(span.end)))
        return self._place_by_ends[ends]

    def _stands_within(self, span: Span) -> bool:
        whole = self._whole
        return span.source is whole.source and whole.start <= span.start and span.end <= whole.end

    def _end(self, offset: int) -> tuple[int, int]:
        """An offset with the number of cuts before it, which tells how far it moves."""
        return offset, bisect_right(self._cut_ends, offset)

    def _quoted(self, value: str | Text | None, span: Span | None) -> int | None:
        """A stretch of what is written at a place: another where a name stands in it."""
        text = value.en if isinstance(value, Text) else value
        if text is None or span is None or not self._stands_within(span):
            return None
        start = span.start + max(span.text.find(text), 0)
        stretch = Span(source=span.source, start=start, end=start + len(text))
        place = self._place(stretch)
        if place is None or self._end(stretch.start)[1] == self._end(stretch.end)[1]:
            return None
        return self._step(_written_alike if isinstance(value, Text) else _written, {}, (("place", place),))


_PARTS = (n.Range, n.Named, n.Definition, Text)
"""What nodes hold beside nodes that may be of the formula, or hold a name."""

_QUOTED = {n.Frame: "text", n.Range: "label"}
"""The field of what stands at a place that says how it is written there."""


def _written(place: Span) -> str:
    return place.text


def _written_alike(place: Span) -> Text:
    return Text.same(place.text)


def _named(text: str, **names: str) -> str:
    return _NAME.sub(lambda found: names[found[1]], text)
