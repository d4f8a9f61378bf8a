"""Rows of conditions read from the top: which of them can apply, and whether one always does.

Conditions are taken apart into *atoms*: yes/no values, and comparisons of a value with written numbers or of two values
with each other. Each atom's subject has finitely many cases (yes and no; below, at, between and above the numbers that
it is compared with; less, equal, more). Trying every combination of cases finds the rows that no combination reaches and
the combinations that no row holds. Subjects are taken as independent of each other, so a row that is called unreachable
is unreachable; a table that no combination escapes is complete. What is no atom may be either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from attrs import frozen

from assessment.core import nodes as n
from assessment.core.bounds import bounds
from assessment.core.numbering import numbering
from assessment.core.types import Kind, Type
from assessment.core.walk import children, order
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Entry, constant
from assessment.methods.wording import amount, stretch

MOST_COMBINATIONS = 20_000
"""More are not tried; such a table needs `otherwise` and is not judged further."""

Subject = tuple[str, int, int]
"""What has cases: ("yes/no", its number, 0), ("value", its number, 0) or ("pair", one number, the other)."""

Case = tuple[Fraction, int]
"""Where a value lies: (a number, -1 below it, 0 at it, 1 above it); yes is (1, 0) and no (0, 0)."""


@frozen(kw_only=True)
class Findings:
    """Rows by their place that nothing reaches, whether `otherwise` is reached, and a combination that no row holds.

    `judged` is False where there were too many combinations to try.
    """

    unreached: tuple[int, ...] = ()
    otherwise: bool = True
    escape: Text | None = None
    judged: bool = True


def examine(rows: Sequence[Entry]) -> Findings:
    """What can be said of the conditions of these rows, whatever the data are."""
    asked = _Asked(rows)
    if asked.combinations() > MOST_COMBINATIONS:
        return Findings(judged=False)
    reached: set[int] = set()
    escape: dict[Subject, Case] | None = None
    for chosen in asked.choices():
        for place, row in enumerate(rows):
            if asked.holds(row.key, chosen):
                reached.add(place)
                break
        else:
            escape = escape or chosen
    return Findings(
        unreached=tuple(place for place in range(len(rows)) if place not in reached),
        otherwise=escape is not None,
        escape=None if escape is None else asked.told(escape),
    )


def read_by(roots: Sequence[n.Node]) -> tuple[n.Node, ...]:
    """The inputs, measures and calls that some graphs read directly, of whatever period, in the order written."""
    stack, found = list(reversed(roots)), []
    seen: set[tuple[int, int]] = set()
    while stack:
        node = stack.pop()
        inner: n.Node = node
        periods = 0
        while isinstance(inner, n.Shift):
            periods, inner = periods + inner.periods, inner.value
        if (id(inner), periods) in seen:
            continue
        seen.add((id(inner), periods))
        if isinstance(inner, (n.Input, n.Frame)):
            found.append(node)
        else:
            stack.extend(reversed(children(node)))
    return tuple(found)


class _Asked:
    """The subjects that conditions ask of, each with its cases."""

    def __init__(self, rows: Sequence[Entry]) -> None:
        self.numbers = numbering(node for node, _ in order([row.key for row in rows]))
        self.names: dict[Subject, n.Node] = {}
        self.edges: dict[Subject, set[Fraction]] = {}
        self.flipped: dict[int, bool] = {}
        for row in rows:
            self._gather(row.key)
        self.cases = {subject: self._cases(subject) for subject in self.names}

    def combinations(self) -> int:
        found = 1
        for cases in self.cases.values():
            found *= len(cases)
        return found

    def choices(self) -> Iterator[dict[Subject, Case]]:
        subjects = list(self.cases)
        for cases in product(*self.cases.values()):
            yield dict(zip(subjects, cases, strict=True))

    def _gather(self, node: n.Node) -> None:
        stack = [node]
        while stack:
            node = _plain(stack.pop())
            match node:
                case n.And(args=args) | n.Or(args=args):
                    stack.extend(args)
                case n.Not(value=value):
                    stack.append(value)
                case n.Const():
                    pass
                case _:
                    subject, seen, edge = self._atom(node)
                    self.names.setdefault(subject, seen)
                    self.edges.setdefault(subject, set()).add(edge)

    def _atom(self, node: n.Node) -> tuple[Subject, n.Node, Fraction]:
        """What an atom asks of, a node that names it, and the number that it is compared with."""
        if not isinstance(node, n.Compare) or node.left.type.kind is Kind.YESNO:
            return ("yes/no", self.numbers[id(node)], 0), node, Fraction(0)
        left, right = constant(node.left), constant(node.right)
        if right is not None:
            return ("value", self.numbers[id(node.left)], 0), node.left, right
        if left is not None:
            return ("value", self.numbers[id(node.right)], 0), node.right, left
        one, other = self.numbers[id(node.left)], self.numbers[id(node.right)]
        return ("pair", min(one, other), max(one, other)), node, Fraction(0)

    def _cases(self, subject: Subject) -> tuple[Case, ...]:
        kind = subject[0]
        if kind == "yes/no":
            return (Fraction(1), 0), (Fraction(0), 0)
        edges, node = sorted(self.edges[subject]), self.names[subject]
        if kind == "pair":
            return tuple((edges[0], side) for side in (-1, 0, 1))
        if node.type.kind is Kind.LEVEL:
            return tuple((Fraction(place), 0) for place in range(len(node.type.levels)))
        found: list[Case] = [(edges[0], -1)]
        for edge in edges:
            found += [(edge, 0), (edge, 1)]
        return tuple(case for case in found if _possible(case, node))

    def holds(self, node: n.Node, chosen: dict[Subject, Case]) -> bool:
        """Whether a condition holds in a combination of cases."""
        node = _plain(node)
        match node:
            case n.And(args=args):
                return all(self.holds(arg, chosen) for arg in args)
            case n.Or(args=args):
                return any(self.holds(arg, chosen) for arg in args)
            case n.Not(value=value):
                return not self.holds(value, chosen)
            case n.Const(value=value):
                return value is True
            case _:
                return self._atom_holds(node, chosen)

    def _atom_holds(self, node: n.Node, chosen: dict[Subject, Case]) -> bool:
        subject, _, edge = self._atom(node)
        at, side = chosen[subject]
        if subject[0] == "yes/no" or not isinstance(node, n.Compare):
            return at == 1
        turned = (subject[0] == "value" and constant(node.right) is None) or (
            subject[0] == "pair" and self.numbers[id(node.left)] != subject[1]
        )
        # Where the value lies from the edge: -1 below, 0 at it, 1 above.
        from_edge = side if at == edge else (1 if at > edge else -1)
        if subject[0] == "pair" and subject[1] == subject[2]:
            from_edge = 0
        return _COMPARED[node.op](-from_edge if turned else from_edge)

    def told(self, chosen: dict[Subject, Case]) -> Text:
        """A combination in words."""
        said = [self._told(subject, case) for subject, case in chosen.items()]
        return Text(en=", ".join(text.en for text in said), zh="，".join(text.zh for text in said))

    def _told(self, subject: Subject, case: Case) -> Text:
        node = self.names[subject]
        name = _name(node)
        if subject[0] == "yes/no":
            return Text(en=f"{name}: {'yes' if case[0] else 'no'}", zh=f"{name}：{'是' if case[0] else '否'}")
        if subject[0] == "pair":
            word = {-1: ("less", "较小"), 0: ("equal", "相等"), 1: ("more", "较大")}[case[1]]
            return Text(en=f"{name}: the first is {word[0]}", zh=f"{name}：前者{word[1]}")
        where = _where(case, sorted(self.edges[subject]), node.type)
        return Text(en=f"{name}: {where.en}", zh=f"{name}：{where.zh}")


def _where(case: Case, edges: Sequence[Fraction], type_: Type) -> Text:
    at, side = case
    if type_.kind is Kind.LEVEL:
        return Text.same(type_.levels[int(at)])
    if side == 0:
        return amount(at, type_)
    if side < 0:
        return stretch(None, at, type_)
    above = [edge for edge in edges if edge > at]
    if not above:
        return stretch(at, None, type_)
    low, high = amount(at, type_), amount(above[0], type_)
    return Text(en=f"between {low.en} and {high.en}", zh=f"{low.zh} 与 {high.zh} 之间")


def _possible(case: Case, node: n.Node) -> bool:
    """Whether the declared ranges allow values there."""
    reach, (at, side) = bounds(node), case
    if reach.low is not None and (at < reach.low or (at == reach.low and side < 0)):
        # What lies just above a number below the range may still reach into it.
        return side > 0
    if reach.high is not None and (at > reach.high or (at == reach.high and side > 0)):
        return side < 0
    return True


def _plain(node: n.Node) -> n.Node:
    """A condition without the names and policies around it."""
    while isinstance(node, n.Frame):
        node = node.node
    return node


def _name(node: n.Node) -> str:
    """A node as the author wrote it, or its name."""
    if node.span is not None and node.span.text:
        return f"`{node.span.text}`"
    while isinstance(node, n.Recover):
        node = node.value
    return f"`{node.name}`" if isinstance(node, (n.Input, n.Frame)) else "…"


_COMPARED: Mapping[str, Callable[[int], bool]] = {
    ">=": lambda side: side >= 0,
    ">": lambda side: side > 0,
    "<=": lambda side: side <= 0,
    "<": lambda side: side < 0,
    "=": lambda side: side == 0,
    "!=": lambda side: side != 0,
}
