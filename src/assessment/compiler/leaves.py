"""What a leaf of the score tree is worth once exemptions and policies have spoken, and when it is left out.

A policy turns an absent value into a number, or lets the leaf pass its points on (*left out*), or lets the absence stand
in the way. Policies speak of what the formula lacks and of what an exemption's condition lacks. An exemption that holds
has the last word: its own `then` says what becomes of the points, whatever the file says of data that do not apply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from assessment.compiler.program import Gate
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.semantics.model import RESCALE, Exemption, ScoreNode

POLICY_KEYS = {
    Absence.NOT_APPLICABLE: "not applicable",
    Absence.NOT_REPORTED: "missing",
    Absence.WITHHELD: "withheld",
    Absence.NOT_YET_AVAILABLE: "not yet available",
    Absence.UNDEFINED: "undefined",
}
"""The policy that speaks of each kind of absence."""


@frozen(kw_only=True)
class Leaf:
    """The rate of a leaf before (`raw`) and after exemptions and policies, and the condition under which it is left out."""

    raw: n.Node
    value: n.Node
    left_out: n.Node | None


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


def leaf(spec: ScoreNode, size: n.Const, gates_: Sequence[Gate], policies: Mapping[str, str]) -> Leaf:
    """A leaf with its formula as a rate; `gates_` are its own and those above it, the outermost first."""
    raw = _rate(spec, size)
    value = _held(spec, raw)
    for gate in reversed(gates_):
        if gate.holds is not gate.condition:
            # Whether the region is exempt is not known, so neither is the score.
            value = _exempt(gate, gate.condition, value, value)
    value = _policy(value, Absence.NOT_APPLICABLE, policies)
    rescaled = frozenset(absence for absence, key in POLICY_KEYS.items() if policies.get(key) == RESCALE)
    if not gates_:
        value = _other_policies(value, policies)
        return Leaf(raw=raw, value=value, left_out=b.is_absent(value, rescaled) if rescaled else None)
    # An exemption leaves *not applicable* behind, like data that do not apply; which of the two it was decides here.
    said_by_data = rescaled & {Absence.NOT_APPLICABLE}
    left_out = b.is_absent(value, said_by_data) if said_by_data else None
    for gate in reversed(gates_):
        value = _exempt(gate, gate.holds, _disposal(gate.exemption), value)
        if gate.exemption.then == RESCALE:
            left_out = gate.holds if left_out is None else b.either(gate.holds, left_out)
        elif left_out is not None:
            left_out = b.both(b.negation(gate.holds), left_out)
    value = _other_policies(value, policies)
    others = rescaled - said_by_data
    if others:
        lacking = b.is_absent(value, others)
        left_out = lacking if left_out is None else b.either(left_out, lacking)
    return Leaf(raw=raw, value=value, left_out=left_out)


def _rate(spec: ScoreNode, size: n.Const) -> n.Node:
    if spec.formula is None:
        return b.absent(Absence.NOT_APPLICABLE, t.RATE)
    return b.cast(b.divide(spec.formula, size), t.Kind.RATE) if spec.yields == "points" else spec.formula


def _held(spec: ScoreNode, raw: n.Node) -> n.Node:
    """The rate between its floor and its ceiling; a formula that promises to stay between them is left as it is."""
    if spec.formula is None:
        return raw
    whole = spec.points or Fraction(1)
    low, high = _promised(spec, spec.formula)
    held = raw
    if spec.least is not None and (low is None or low < spec.least / whole):
        held = b.maximum(held, b.rate(spec.least / whole))
    if spec.most is not None and (high is None or high > spec.most / whole):
        held = b.minimum(held, b.rate(spec.most / whole))
    return held


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


def _disposal(exemption: Exemption) -> n.Node:
    match exemption.then:
        case "full":
            return b.rate(1)
        case "zero":
            return b.rate(0)
        case _:
            return b.absent(Absence.NOT_APPLICABLE, t.RATE)


def _exempt(gate: Gate, condition: n.Node, then: n.Node, otherwise: n.Node) -> n.Node:
    chosen = b.select(condition, then, otherwise)
    exemption = gate.exemption
    return n.Frame(
        node=chosen,
        type=chosen.type.at(t.Entity.REGION),
        role="policy",
        name=f"not applicable: {exemption.then}",
        text=exemption.text,
        span=exemption.span,
    )


def _policy(value: n.Node, absence: Absence, policies: Mapping[str, str]) -> n.Node:
    key = POLICY_KEYS[absence]
    stated = policies.get(key)
    if stated not in ("zero", "full"):
        return value
    rate = b.rate(1 if stated == "full" else 0)
    return b.recover(value, frozenset({absence}), rate, f"{key}: {stated}")


def _other_policies(value: n.Node, policies: Mapping[str, str]) -> n.Node:
    for absence in POLICY_KEYS:
        if absence is not Absence.NOT_APPLICABLE:
            value = _policy(value, absence, policies)
    return value
