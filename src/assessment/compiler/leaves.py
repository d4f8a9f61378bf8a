"""What a leaf of the score tree is worth once exemptions and policies have spoken, and when it is left out.

A policy turns an absent value into a number, or lets the leaf pass its points on (*left out*), or lets the absence stand
in the way. The nearest that is stated holds. Policies speak of what the formula lacks and of what an exemption's condition lacks. An exemption that holds
has the last word: its own `then` says what becomes of the points, whatever the file says of data that do not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import evolve, frozen

from assessment.compiler.program import Gate, Stage
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.semantics.model import (
    POLICY_KEYS,
    RESCALE,
    RESCALE_ALL,
    Disposal,
    Exemption,
    Policy,
    ScoreNode,
)


@frozen(kw_only=True)
class Leaf:
    """The rate of a leaf before (`raw`) and after exemptions and policies, and when its points are passed on.

    `left_out` is the condition under which they are, to whomever; `moved` that under which they go to the siblings. They
    are one node where nothing rescales over all; each is None where it never holds. `own` has the rate by own data, `ends`
    the floor and the ceiling that it is held to.
    """

    raw: n.Node
    ends: tuple[Stage, ...]
    value: n.Node
    left_out: n.Node | None
    moved: n.Node | None
    own: Substitutes


def gates(exemptions: Sequence[Exemption]) -> tuple[Gate, ...]:
    """The exemptions of a node as conditions to ask of a region."""
    return tuple(_gate(exemption) for exemption in exemptions)


def _gate(exemption: Exemption) -> Gate:
    terms: list[n.Node] = []
    if exemption.groups:
        terms.append(n.InGroup(groups=exemption.groups, type=t.YESNO, span=exemption.span))
    if exemption.condition is not None:
        terms.append(exemption.condition)
    asked = b.both(*terms)
    holds = asked if _is_certain(asked) else b.both(b.negation(b.is_absent(asked)), asked)
    return Gate(exemption=exemption, condition=asked, holds=holds)


def _is_certain(condition: n.Node) -> bool:
    """Whether a condition is never absent."""
    match condition:
        case n.InGroup() | n.IsAbsent():
            return True
        case n.Const(value=value):
            return not isinstance(value, Absence)
        case n.And(args=args) | n.Or(args=args):
            return all(_is_certain(arg) for arg in args)
        case n.Not(value=value):
            return _is_certain(value)
        case _:
            return False


def leaf(spec: ScoreNode, size: n.Node, gates_: Sequence[Gate]) -> Leaf:
    """A leaf with its formula as a rate; `gates_` are its own and those above it, the outermost first."""
    raw = _rate(spec, size)
    ends = tuple(_ends(spec, raw))
    held = ends[-1].after if ends else raw
    policies = spec.policies
    own = Substitutes(lambda: _by_own_data(held, gates_))
    value = held
    for gate in reversed(gates_):
        if gate.holds is not gate.condition:
            # Whether the region is exempt is not known, so neither is the score.
            value = _exempt(gate, gate.condition, value, value)
    said = value = recovered(value, Absence.NOT_APPLICABLE, policies, own)
    disposals = [own.disposal(gate.exemption.then) for gate in gates_]
    for gate, then in reversed(list(zip(gates_, disposals, strict=True))):
        value = _exempt(gate, gate.holds, then, value)
    for absence in POLICY_KEYS:
        if absence is not Absence.NOT_APPLICABLE:
            value = recovered(value, absence, policies, own)

    def passed_on(words: tuple[str, ...]) -> n.Node | None:
        """Whether the points are passed on by one of these words."""
        rescaled = frozenset(
            absence
            for absence, key in POLICY_KEYS.items()
            if key in policies and policies[key].then.last.value in words
        )
        if not gates_:
            return b.is_absent(value, rescaled) if rescaled else None
        # An exemption leaves *not applicable* behind, like data that do not apply; which of the two it was decides here.
        by_data = rescaled & {Absence.NOT_APPLICABLE}
        found = b.is_absent(said, by_data) if by_data else None
        for gate, then in reversed(list(zip(gates_, disposals, strict=True))):
            if gate.exemption.then.last.value in words:
                holds = gate.holds if isinstance(then, n.Const) else b.both(gate.holds, b.is_absent(then))
                if found is not None and holds is not gate.holds:
                    found = b.both(b.negation(gate.holds), found)
                found = holds if found is None else b.either(holds, found)
            elif found is not None:
                found = b.both(b.negation(gate.holds), found)
        others = rescaled - by_data
        if others:
            lacking = b.is_absent(value, others)
            found = lacking if found is None else b.either(found, lacking)
        return found

    moved = passed_on((RESCALE,))
    over_all = any(then.last.value == RESCALE_ALL for then in _disposals(spec, gates_))
    left_out = passed_on((RESCALE, RESCALE_ALL)) if over_all else moved
    return Leaf(raw=raw, ends=ends, value=value, left_out=left_out, moved=moved, own=own)


def _disposals(spec: ScoreNode, gates_: Sequence[Gate]) -> Iterable[Disposal]:
    return (*(policy.then for policy in spec.policies.values()), *(gate.exemption.then for gate in gates_))


def _by_own_data(held: n.Node, gates_: Sequence[Gate]) -> n.Node:
    """The rate by a region's own data; absent where none are there, or where the leaf does not apply."""
    for gate in gates_:
        held = b.select(gate.condition, b.absent(Absence.NOT_APPLICABLE, t.RATE), held)
    return held


class Substitutes:
    """What takes the place of a rate that is not there; `own` makes the rate by a region's own data when peers need it."""

    def __init__(self, own: Callable[[], n.Node]) -> None:
        self._own = own

    @cached_property
    def rate(self) -> n.Node:
        """The rate that regions earn with their own data."""
        return self._own()

    def disposal(self, then: Disposal, absence: Absence = Absence.NOT_APPLICABLE) -> n.Node:
        """What takes the place of a score that is not there; the absence itself where nothing does."""
        taken: n.Node
        match then:
            case Disposal(value="full"):
                return b.rate(1)
            case Disposal(value="zero"):
                return b.rate(0)
            case Disposal(rate=Fraction() as rate):
                return b.rate(rate)
            case Disposal(value="peer mean" | "peer lowest" as which, within=within):
                op = "mean" if which == "peer mean" else "min"
                taken = b.aggregate(op, self.rate, "all" if within == "all" else "group")
            case Disposal(subject=str(subject)):
                taken = b.refer(subject, self.rate)
            case _:
                return b.absent(absence, t.RATE)
        # What the peers lack is not what the region lacks: only a value of theirs is taken.
        otherwise = (
            b.absent(absence, t.RATE) if then.otherwise is None else self.disposal(then.otherwise, absence)
        )
        return b.select(b.is_absent(taken), otherwise, taken)


def _rate(spec: ScoreNode, size: n.Node) -> n.Node:
    if spec.formula is None:
        return b.absent(Absence.NOT_APPLICABLE, t.RATE)
    return b.cast(b.divide(spec.formula, size), t.Kind.RATE) if spec.yields == "points" else spec.formula


def _ends(spec: ScoreNode, raw: n.Node) -> Iterator[Stage]:
    """The floor and the ceiling that hold a rate; none where the formula promises to stay within."""
    if spec.formula is None:
        return
    whole = spec.points or Fraction(1)
    low, high = _promised(spec, spec.formula)
    held = raw
    if spec.least is not None and (low is None or low < spec.least / whole):
        held = b.maximum(raw, b.rate(spec.least / whole))
        yield Stage(kind="floor", before=raw, after=held)
    if spec.most is not None and (high is None or high > spec.most / whole):
        yield Stage(kind="ceiling", before=held, after=b.minimum(held, b.rate(spec.most / whole)))


def _promised(spec: ScoreNode, formula: n.Node) -> tuple[Fraction | None, Fraction | None]:
    """The ends that a constant or a method promises for the rate, None for an end of which nothing is said."""
    low: Fraction | None = None
    high: Fraction | None = None
    match formula:
        case n.Const(value=Fraction() as value):
            low = high = value
        case n.Frame(low=low, high=high):
            pass
    size = spec.points if spec.yields == "points" and spec.points else Fraction(1)
    return None if low is None else low / size, None if high is None else high / size


def _exempt(gate: Gate, condition: n.Node, then: n.Node, otherwise: n.Node) -> n.Node:
    chosen = b.select(condition, then, otherwise)
    exemption = gate.exemption
    return n.Frame(
        node=chosen,
        type=chosen.type.at(t.Entity.REGION),
        role="policy",
        name=f"not applicable: {exemption.then.text.en}",
        text=exemption.text,
        sentence=exemption.words,
        span=exemption.span,
    )


def recovered(value: n.Node, absence: Absence, policies: Mapping[str, Policy], own: Substitutes) -> n.Node:
    """The value with what a policy puts in its place where it is absent in one way."""
    policy = policies.get(POLICY_KEYS[absence])
    if policy is None:
        return value
    replacement = own.disposal(policy.then, absence)
    if isinstance(replacement, n.Const) and isinstance(replacement.value, Absence):
        return value
    replacement = b.cast(replacement, value.type.kind)
    found = b.recover(value, frozenset({absence}), replacement, policy.text.en)
    return evolve(found, span=policy.span)
