"""Which policies of the file decided a value: those that put something in its place, and those that let it stand in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from assessment.compiler.program import Program, Scored
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.walk import children
from assessment.evaluation.facts import Value
from assessment.evaluation.outcome import Outcome
from assessment.methods.registry import method_named
from assessment.semantics.model import POLICY_KEYS, Policy

__all__ = ["Acting", "lacks"]

At = Callable[[n.Node], Value]


class Acting:
    """The policies of one program, and where in its graphs they act."""

    def __init__(self, program: Program) -> None:
        rules = program.rules
        self.by_place = {one.span: one for one in rules.acting if one.span is not None}
        self.file = {one.key: one for one in rules.acting if one.place == "total"}
        self.ranks = {
            id(one)
            for one in (
                *(program.rank_in_group, program.rank_in_all),
                *(one for result in program.results for one in (result.rank_in_group, result.rank_in_all)),
            )
            if one is not None
        }
        self.settled: dict[int, list[Scored]] = {}
        self.leaf_of: dict[int, Scored] = {}
        self.covered: dict[int, list[Scored]] = {}
        for scored in program.scored.values():
            if scored.settled is not None:
                self.settled.setdefault(id(scored.settled), []).append(scored)
                self._owned(scored)
            if scored.coverage is not None:
                self.covered.setdefault(id(scored.coverage.below), []).append(scored)

    def _owned(self, leaf: Scored) -> None:
        stack = [] if leaf.raw is None else [leaf.raw]
        while stack:
            node = stack.pop()
            if id(node) in self.leaf_of or (isinstance(node, n.Frame) and node.role == "score"):
                continue
            self.leaf_of[id(node)] = leaf
            stack += children(node)

    def at(self, node: n.Node, place: int, at: At, outcome: Outcome) -> Iterator[Policy]:
        """The policies that decided the value of a node for the region at a place; `at` gives values."""
        for leaf in self.settled.get(id(node), ()):
            value = at(node)
            if isinstance(value, Absence) and not any(at(gate.holds) is True for gate in leaf.gates):
                yield from self._of_leaf(leaf, POLICY_KEYS[value])
        match node:
            case n.Recover(value=value_of, statuses=statuses, span=span) if span in self.by_place:
                if lacks(at(value_of), statuses):
                    yield self.by_place[span]
            case n.Frame(role="call", name=name):
                for key in self._met_in(name, node, at):
                    yield from self._near(node, key)
            case n.Rank(ties=ties, over="all" | "group") if ties != "order":
                if self._is_shared(node, place, at, outcome):
                    yield from self._near(node, "ties")

    def _of_leaf(self, leaf: Scored, key: str) -> Iterator[Policy]:
        policy = leaf.spec.policies.get(key)
        if policy is not None and policy.span in self.by_place:
            yield self.by_place[policy.span]

    def _near(self, node: n.Node, key: str) -> Iterator[Policy]:
        """The policy that holds where a node stands: that of its leaf, or of the file."""
        leaf = self.leaf_of.get(id(node))
        if leaf is not None:
            yield from self._of_leaf(leaf, key)
        elif key in self.file:
            yield self.file[key]

    def _met_in(self, name: str, call: n.Frame, at: At) -> Iterator[str]:
        """The policies, of those that a method asks for, that decided what it gave."""
        method = method_named(name)
        needs = () if method is None else method.needs
        if "zero base" in needs and at(call) is Absence.UNDEFINED:
            yield "zero base"
        if "all equal" in needs and any(_is_without_spread(one, at) for one in _inside(call)):
            yield "all equal"

    def _is_shared(self, node: n.Rank, place: int, at: At, outcome: Outcome) -> bool:
        """Whether another region has the same place, by the policy of the file and not by an argument of the call."""
        if id(node) not in self.ranks and self.ranks:
            return False
        mine = [at(key) for key, _ in node.keys]
        if not isinstance(mine[0], Fraction):
            return False
        groups = outcome.facts.groups
        others = (
            other
            for other in range(len(outcome.facts.regions))
            if other != place and (node.over == "all" or groups[other] == groups[place])
        )
        return any([outcome.values.at(key, other) for key, _ in node.keys] == mine for other in others)


def lacks(value: Value, statuses: frozenset[Absence]) -> bool:
    """Whether a value, or that of a row, is absent in one of these ways."""
    several = value if isinstance(value, tuple) else (value,)
    return any(isinstance(one, Absence) and one in statuses for one in several)


def _inside(call: n.Frame) -> Iterator[n.Node]:
    """The nodes that a call is made of, without those of other calls in it."""
    stack: list[n.Node] = [call.node]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, n.Frame):
            stack += children(node)


def _is_without_spread(node: n.Node, at: At) -> bool:
    """Whether a choice was made because the ends of a field coincide."""
    match node:
        case n.Select(condition=n.Compare(op=">", right=n.Const()) as apart):
            return at(apart) is False
        case _:
            return False
