"""Checked rules → program: values bottom up, points possible top down, scores bottom up, then ranks and grades.

A node's *value* says whether it can be scored and at what rate. Policies turn an absent value into a number, or let it
pass its points on (*left out*), or let it stand in the way (everything else: the parent is then absent too). Points of
what is left out go to its siblings in proportion to stated points; a parent all of whose children are left out is itself
left out, one level up. Scores are rates times points possible, summed as the file says.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from assessment.compiler.bind import bind
from assessment.compiler.program import BoundLimit, Program, Scored
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.types import Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.semantics.model import CheckedRules, Exemption, Rounding, ScoreNode

POLICY_KEYS = {
    Absence.NOT_APPLICABLE: "not applicable",
    Absence.NOT_REPORTED: "missing",
    Absence.WITHHELD: "withheld",
    Absence.NOT_YET_AVAILABLE: "not yet available",
    Absence.UNDEFINED: "undefined",
}
"""The policy that speaks of each kind of absence."""

RESCALE = "rescale in category"


def compile_rules(rules: CheckedRules) -> Program:
    """The program of checked rules."""
    compiler = _Compiler(rules)
    root = compiler.scores(compiler.values(rules.tree), _whole(rules))
    by_path = {one.spec.path: one for one in root.walk()}
    key_total = compiler.key_total(root)

    def graph_of(score: n.Score) -> n.Node:
        if score.path == "key total":
            if key_total is None:
                raise InternalError("a key total is read although no indicator is marked ※")
            return compiler.read(*key_total)
        one = by_path[score.path]
        found = compiler.read(one.full, one.published)
        return b.cast(b.divide(found, one.possible), Kind.RATE) if score.reading == "rate" else found

    ranks: dict[str, n.Node | None] = {"group": None, "all": None}
    if rules.ranking is not None:
        keys = [(bind(key, graph_of), True) for key in rules.ranking.keys]
        keys = keys or [(compiler.read(root.full, root.published), True)]
        ranks["group"] = b.rank(keys, "group", ties=rules.ranking.ties)
        ranks["all"] = b.rank(keys, "all", ties=rules.ranking.ties)
    limits = tuple(
        BoundLimit(spec=limit, condition=bind(limit.condition, graph_of)) for limit in rules.limits
    )
    earned, grade = compiler.grades(compiler.read(root.full, root.published), limits)
    return Program(
        rules=rules,
        root=root,
        key_total=key_total,
        rank_in_group=ranks["group"],
        rank_in_all=ranks["all"],
        earned_grade=earned,
        grade=grade,
        limits=limits,
        extra=tuple(measure.node for measure in rules.measures),
    )


class _Valued:
    """The value of a node, before anything is known of the points it can earn."""

    def __init__(
        self,
        spec: ScoreNode,
        raw: n.Node | None,
        value: n.Node,
        left_out: frozenset[Absence],
        children: tuple[_Valued, ...],
    ) -> None:
        self.spec, self.raw, self.value, self.left_out, self.children = spec, raw, value, left_out, children
        self.is_left_out = b.is_absent(value, left_out) if left_out else None

    def kept(self, present: n.Node) -> n.Node:
        """`present`, or zero where the node is left out."""
        if self.is_left_out is None:
            return present
        return b.select(self.is_left_out, b.const(0, present.type), present)


class _Compiler:
    def __init__(self, rules: CheckedRules) -> None:
        self.rules = rules
        self.in_points = rules.scale.points is not None
        self.size_type = t.POINTS if self.in_points else t.number()

    def read(self, full: n.Node, published: n.Node) -> n.Node:
        """What ranks, grades and limits look at, by the file's `compare`."""
        return published if self.rules.compare == "rounded" else full

    # ── values, bottom up ────────────────────────────────────────────────────────────────────────────────────────────

    def values(self, spec: ScoreNode, exemptions: tuple[Exemption, ...] = ()) -> _Valued:
        exemptions = (*exemptions, *spec.exemptions)
        if not spec.children:
            return self._leaf(spec, exemptions)
        children = tuple(self.values(child, exemptions) for child in spec.children)
        left_out = frozenset().union(*(child.left_out for child in children))
        return _Valued(spec, None, self._joined(spec, children), left_out, children)

    def _leaf(self, spec: ScoreNode, exemptions: tuple[Exemption, ...]) -> _Valued:
        raw: n.Node
        if spec.formula is None:
            raw = b.absent(Absence.NOT_APPLICABLE, t.RATE)
        elif spec.yields == "points":
            raw = b.cast(b.divide(spec.formula, self._size(spec)), Kind.RATE)
        else:
            raw = spec.formula
        value = self._held(spec, raw)
        policies = dict(self.rules.policies)
        for exemption in reversed(exemptions):
            value = _exempted(value, exemption)
            if exemption.then == RESCALE:
                policies["not applicable"] = RESCALE
        for absence, key in POLICY_KEYS.items():
            stated = policies.get(key)
            if stated in ("zero", "full"):
                replacement = b.rate(1 if stated == "full" else 0)
                value = b.recover(value, frozenset({absence}), replacement, f"{key}: {stated}")
        left_out = frozenset(absence for absence, key in POLICY_KEYS.items() if policies.get(key) == RESCALE)
        return _Valued(spec, raw, value, left_out, ())

    def _held(self, spec: ScoreNode, raw: n.Node) -> n.Node:
        """The rate between zero and the ceiling; a formula that promises to stay between is left as it is."""
        ceiling = Fraction(1)
        if spec.ceiling is not None and spec.points:
            ceiling = spec.ceiling / spec.points
        low, high = _promise(spec)
        held = raw
        if low is None or low < 0:
            held = b.maximum(held, b.rate(0))
        if high is None or high > ceiling:
            held = b.minimum(held, b.rate(ceiling))
        return held

    def _size(self, spec: ScoreNode) -> n.Const:
        size = spec.points if self.in_points else spec.weight
        if size is None:
            raise InternalError(f"`{spec.path}` has no size")
        return b.const(size, self.size_type)

    def _joined(self, spec: ScoreNode, children: tuple[_Valued, ...]) -> n.Node:
        """The rate of a node from the rates of its children; absent where all of them are left out."""
        if spec.join in ("sum", "mean"):
            weighted = [
                child.kept(b.multiply(_number(self._size(child.spec)), child.value)) for child in children
            ]
            rate = b.cast(b.divide(_added(weighted), _number(self._kept_size(children))), Kind.RATE)
        elif spec.join == "geometric":
            rate = _geometric(children, [self._fraction(child.spec) for child in children])
        else:
            join = b.minimum if spec.join == "min" else b.maximum
            rate = join(*(child.value for child in children))
        if any(child.is_left_out is None for child in children):
            return rate
        return b.select(self._none_kept(children), _added([child.value for child in children]), rate)

    def _fraction(self, spec: ScoreNode) -> Fraction:
        size = self._size(spec).value
        if not isinstance(size, Fraction):
            raise InternalError(f"the size of `{spec.path}` is no number")
        return size

    def _kept_size(self, children: tuple[_Valued, ...]) -> n.Node:
        return _added([child.kept(self._size(child.spec)) for child in children])

    def _none_kept(self, children: tuple[_Valued, ...]) -> n.Node:
        return b.both(*(child.is_left_out for child in children if child.is_left_out is not None))

    # ── points possible, top down; scores, bottom up ─────────────────────────────────────────────────────────────────

    def scores(self, valued: _Valued, possible: n.Node) -> Scored:
        children = self._children(valued, possible)
        spec = valued.spec
        full = self._full(valued, children, possible)
        rounding = self.rules.rounding.get(spec.level)
        published = full if rounding is None else _rounded(full, rounding)
        carried = published if self.rules.carry == "rounded" else full
        return Scored(
            spec=spec,
            raw=valued.raw,
            value=valued.value,
            possible=possible,
            full=full,
            published=published,
            carried=carried,
            left_out=valued.left_out,
            children=children,
        )

    def _children(self, valued: _Valued, possible: n.Node) -> tuple[Scored, ...]:
        if not valued.children:
            return ()
        if not self.in_points:
            # In an index a child is shown on the scale of its own rate; its weight acts in the join.
            return tuple(self.scores(child, b.rate(1)) for child in valued.children)
        additive = valued.spec.join == "sum"
        kept = self._kept_size(valued.children)
        moves = any(child.is_left_out is not None for child in valued.children)
        result = []
        for child in valued.children:
            size = self._size(child.spec)
            if not additive:
                share: n.Node = possible
            elif moves:
                scaled = b.multiply(possible, b.cast(b.divide(size, kept), Kind.RATE))
                share = child.kept(b.select(b.compare("=", kept, b.points(0)), b.points(0), scaled))
            elif isinstance(possible, n.Const):
                share = size
            else:
                share = b.multiply(possible, b.cast(b.divide(size, kept), Kind.RATE))
            result.append(self.scores(child, share))
        return tuple(result)

    def _full(self, valued: _Valued, children: tuple[Scored, ...], possible: n.Node) -> n.Node:
        spec = valued.spec
        if not self.in_points:
            if spec.level != "total":
                return valued.value
            low, high = self.rules.scale.low, self.rules.scale.high
            value = b.cast(valued.value, Kind.NUMBER)
            if low == 0 and high == 1:
                return value
            return b.add(b.const(low), b.multiply(b.const(high - low), value))
        if not children or spec.join != "sum":
            return b.multiply(valued.value, possible)
        terms = [value.kept(child.carried) for value, child in zip(valued.children, children, strict=True)]
        total = _added(terms)
        if spec.ceiling is not None and spec.points and spec.level != "total":
            total = b.minimum(total, b.multiply(possible, b.rate(spec.ceiling / spec.points)))
        if any(child.is_left_out is None for child in valued.children):
            return total
        absent = b.multiply(_added([child.value for child in valued.children]), possible)
        return b.select(self._none_kept(valued.children), absent, total)

    # ── what is read from the whole ──────────────────────────────────────────────────────────────────────────────────

    def key_total(self, root: Scored) -> tuple[n.Node, n.Node] | None:
        """The subtotal of the indicators marked ※, full and as published; it is rounded like the total."""
        marked = [one for one in root.walk() if one.spec.key]
        if not marked or not self.in_points:
            return None
        terms = []
        for one in marked:
            zero = b.points(0)
            terms.append(
                b.recover(one.carried, one.left_out, zero, "left out") if one.left_out else one.carried
            )
        full = _added(terms)
        rounding = self.rules.rounding.get("total")
        return full, full if rounding is None else _rounded(full, rounding)

    def grades(self, total: n.Node, limits: tuple[BoundLimit, ...]) -> tuple[n.Node | None, n.Node | None]:
        """The grade by thresholds, and the grade once limits are applied; places count from 0, the best."""
        if not self.rules.grades:
            return None, None
        names = tuple(grade.name for grade in self.rules.grades)
        level = Type(kind=Kind.LEVEL, levels=names)
        ranges, results = [], []
        otherwise: n.Node | None = None
        for place, grade in enumerate(self.rules.grades):
            earned = b.const(place, level, grade.span)
            if grade.bound is None:
                otherwise = earned
                continue
            bound = b.const(grade.bound, total.type, grade.span)
            label = Text.same(f"{grade.op} {grade.bound}")
            ranges.append(n.Range(low=bound, low_closed=grade.op != ">", label=label, span=grade.span))
            results.append(earned)
        earned_grade: n.Node = (
            b.step(total, ranges, results, otherwise) if ranges else _constant_grade(otherwise, total)
        )
        grade_node = earned_grade
        for limit in limits:
            worst = b.const(names.index(limit.spec.at_most), level, limit.spec.span)
            grade_node = b.select(limit.condition, b.maximum(grade_node, worst), grade_node)
        return earned_grade, grade_node


def _constant_grade(otherwise: n.Node | None, total: n.Node) -> n.Node:
    if otherwise is None:
        raise InternalError("the grades have neither a threshold nor an `otherwise`")
    return b.select(b.compare("=", total, total), otherwise, otherwise)


def _whole(rules: CheckedRules) -> n.Node:
    return b.rate(1) if rules.scale.points is None else b.points(rules.scale.points)


def _exempted(value: n.Node, exemption: Exemption) -> n.Node:
    """The value, or what disposes of the points where the exemption holds."""
    conditions: list[n.Node] = []
    if exemption.groups:
        conditions.append(n.InGroup(groups=exemption.groups, type=t.YESNO, span=exemption.span))
    if exemption.condition is not None:
        conditions.append(exemption.condition)
    disposal: n.Node = {"full": b.rate(1), "zero": b.rate(0)}.get(
        exemption.then, b.absent(Absence.NOT_APPLICABLE, t.RATE)
    )
    chosen = b.select(b.both(*conditions), disposal, value)
    return n.Frame(
        node=chosen,
        type=chosen.type.at(Entity.REGION),
        role="policy",
        name=f"not applicable: {exemption.then}",
        text=exemption.text,
        span=exemption.span,
    )


def _promise(spec: ScoreNode) -> tuple[Fraction | None, Fraction | None]:
    """The bounds that a method promises for the rate."""
    frame = spec.formula
    if isinstance(frame, n.Const) and isinstance(frame.value, Fraction):
        bounds: tuple[Fraction | None, Fraction | None] = (frame.value, frame.value)
    elif isinstance(frame, n.Frame):
        bounds = (frame.low, frame.high)
    elif frame is None:
        return Fraction(0), Fraction(0)
    else:
        return None, None
    if spec.yields == "points" and spec.points:
        return tuple(None if end is None else end / spec.points for end in bounds)  # type: ignore[return-value]
    return bounds


def _number(node: n.Node) -> n.Node:
    return b.cast(node, Kind.NUMBER)


def _added(terms: list[n.Node]) -> n.Node:
    """The sum of terms, constants folded into one."""
    values = [term.value for term in terms if isinstance(term, n.Const) and isinstance(term.value, Fraction)]
    if len(values) == len(terms):
        return b.const(sum(values, Fraction(0)), terms[0].type)
    return b.add(*terms)


def _rounded(node: n.Node, rounding: Rounding) -> n.Node:
    return n.Round(value=node, places=rounding.places, mode=rounding.mode, type=node.type)


def _geometric(children: tuple[_Valued, ...], weights: list[Fraction]) -> n.Node:
    """The weighted geometric mean: whole powers under one root, so that perfect powers come out exact."""
    if any(child.left_out & ALL_ABSENCES for child in children):
        raise InternalError("a geometric mean cannot leave out children")
    scale = lcm(*(weight.denominator for weight in weights))
    exponents = [int(weight * scale) for weight in weights]
    common = gcd(*exponents)
    exponents = [exponent // common for exponent in exponents]
    product = b.multiply(
        *(
            b.power(child.value, e) if e != 1 else child.value
            for child, e in zip(children, exponents, strict=True)
        )
    )
    return b.cast(b.root(b.cast(product, Kind.RATE), sum(exponents)), Kind.RATE)
