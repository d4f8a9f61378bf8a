"""The score tree: categories, indicators and parts with their sizes, formulas and who they apply to.

The tree is built from the top down, because what a size means, and whom a node applies to, comes from above; sums are
compared on the way back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.adjustments import Adjustments
from assessment.semantics.alike import Formulas
from assessment.semantics.applies import applies_to_nobody, exemptions
from assessment.semantics.by_group import (
    BY_COUNT,
    GIVE_A_RATE,
    GIVES_POINTS,
    IN_POINTS,
    IN_SHARES,
    LEAVE_OUT,
    PLAIN,
    SHARE,
    WEIGHED,
    WHOLE,
    ByGroup,
    check_one_figure,
    in_proportion,
    sums_by_group,
    without_points,
)
from assessment.semantics.coverage import coverage_of
from assessment.semantics.defaults import NOTHING, Formula, Scoring, scoring
from assessment.semantics.ends import cap_of, floor_of, places_of
from assessment.semantics.joins import MOST_ROOTS, subset_sums, undefined_here
from assessment.semantics.model import (
    RESCALE_ALL,
    Coverage,
    Department,
    Disposal,
    Exemption,
    Level,
    Reading,
    Rescaling,
    ScoreNode,
)
from assessment.semantics.names import Names
from assessment.semantics.policies import stated_policies
from assessment.semantics.regions import known_departments
from assessment.semantics.rounding import reading
from assessment.semantics.scheme import Scheme
from assessment.semantics.scope import Scope, fold
from assessment.semantics.sizes import Method, Mode, Size, check_sum, join_of, mode_below, size_of, weighed
from assessment.semantics.statements import Body, Where, sort_out
from assessment.semantics.wording import CATEGORY, INDICATOR, PART
from assessment.syntax import ast

__all__ = ["build_tree"]

_SUBJECTS = {
    Where.CATEGORY: Text(en="category", zh="一级指标"),
    Where.INDICATOR: Text(en="indicator", zh="指标"),
    Where.PART: Text(en="part", zh="分项"),
}
_CHILDREN = {
    Where.FILE: Text(en="categories and indicators", zh="一级指标和指标"),
    Where.CATEGORY: Text(en="indicators", zh="指标"),
    Where.INDICATOR: Text(en="parts", zh="分项"),
    Where.PART: Text(en="parts", zh="分项"),
}
_LEVELS: Mapping[Where, Level] = {
    Where.CATEGORY: "category",
    Where.INDICATOR: "indicator",
    Where.PART: "part",
}
_SUM_CODES = {
    Where.FILE: "points-not-total",
    Where.CATEGORY: "points-not-category",
    Where.INDICATOR: "points-not-parts",
    Where.PART: "points-not-parts",
}

_Inner = ast.Category | ast.Indicator | ast.Part
_INNER = (ast.Category, ast.Indicator, ast.Part)


@frozen(kw_only=True)
class _Above:
    """What a node is told by its parent."""

    path: str
    mode: Mode
    points: Fraction | None
    by_group: ByGroup = field(factory=dict)
    per_weight: Fraction | None = None
    only: bool = False
    exemptions: tuple[Exemption, ...] = ()
    departments: tuple[str, ...] = ()
    clause: str | None = None
    scoring: Scoring = NOTHING
    names: Names


@frozen(kw_only=True)
class _Built:
    node: ScoreNode
    size: Span = field(eq=False, repr=False)
    amended: tuple[tuple[Fraction | None, Span], ...] = field(default=(), eq=False, repr=False)
    """The sizes, here and below, that stand in another file than what they are the size of."""


def build_tree(
    body: Body,
    file: ast.RuleFile,
    scheme: Scheme,
    departments: tuple[Department, ...],
    head: Span,
    scope: Scope,
) -> ScoreNode:
    """The tree of the whole file; what is faulty in it is reported, and its place is kept."""
    builder = _Builder(file, scheme, departments, scope)
    mode = Mode.POINTS if scheme.in_points else Mode.WEIGHTS
    join = join_of(body.one(ast.Join), mode, scope)
    inner = _inner(body)
    above = _Above(
        path="",
        mode=mode_below(join, mode),
        points=scheme.points,
        per_weight=_per_weight(scheme.points, inner),
        scoring=scoring(body, file.title or file.name, NOTHING, scope),
        names=Names(scope),
    )
    if not inner:
        scope.report(
            "missing-statement",
            Text(en="these rules have no category and no indicator", zh="规则没有一级指标，也没有指标"),
            head,
            help=Text(en="add for instance `category` and `indicator`", zh="添加 `一级指标` 和 `指标`"),
        )
    children = [builder.node(child, above) for child in inner]
    above.scoring.leave(scope)
    builder.joined(body, join, children, ())
    if scheme.points is not None and join == "sum":
        builder.sums(Where.FILE, Size(points=scheme.points), children, scheme.span)
    cap = cap_of(scheme.up_to, scheme.span, scheme.points, scheme, scope)
    floor = floor_of(body.one(ast.Floor), cap, scheme.points, scheme, scope)
    adjusting = builder.adjustments.of(body, scheme.points, head)
    return ScoreNode(
        path="total",
        level="total",
        name="total",
        title=file.title or file.name,
        points=scheme.points,
        ceiling=cap.value,
        uncapped=cap.none,
        floor=floor.value,
        unfloored=floor.none,
        rescale=builder.rescaling(body),
        adjustments=adjusting.nodes,
        adjustment_caps=adjusting.caps,
        ends_at=places_of(cap, floor, adjusting.caps_at),
        cap_order=adjusting.order,
        join=join,
        policies=scope.stated,
        coverage=builder.weighed(
            coverage_of(body.one(ast.Coverage), scope.stated, scope, divided=bool(inner)), children
        ),
        assumptions=_texts(body),
        children=tuple(built.node for built in children),
        span=head,
    )


def _inner(body: Body) -> tuple[_Inner, ...]:
    return tuple([found for found in body.statements if isinstance(found, _INNER)])


def _per_weight(points: Fraction | None, inner: Sequence[_Inner]) -> Fraction | None:
    """The points that a unit of weight stands for among these children."""
    weights = weighed(child.size for child in inner)
    return None if points is None or weights == 0 else points / weights


def _whole(points: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of points that are there; None where none are."""
    known = [one for one in points if one is not None]
    return sum(known, Fraction(0)) if known else None


def _texts(body: Body) -> tuple[str, ...]:
    return tuple(assumption.text for assumption in body.all(ast.Assume))


def _rescaled(children: Sequence[_Built], above: tuple[Exemption, ...]) -> list[tuple[Disposal, Span]]:
    """What passes points on below a node, each with its place."""
    nodes = [node for built in children for node in built.node.walk()]
    found = [
        (policy.then, policy.span or node.span)
        for node in nodes
        for policy in node.policies.values()
        if not node.children and policy.then.rescales
    ]
    exempt = [*above, *(exemption for node in nodes for exemption in node.exemptions)]
    return found + [(each.then, each.span) for each in exempt if each.then.rescales]


class _Builder:
    """What is the same for every node of one file."""

    def __init__(
        self, file: ast.RuleFile, scheme: Scheme, departments: tuple[Department, ...], scope: Scope
    ) -> None:
        self.scheme, self.departments, self.scope = scheme, departments, scope
        self.language = file.language
        self.formulas = Formulas(scope)
        self.categories, self.indicators = Names(scope), Names(scope)
        self.adjustments = Adjustments(scheme, departments, self._clause, scope)

    def node(self, stated: _Inner, above: _Above) -> _Built:
        """One node with all below it."""
        scope = self.scope
        where, path, name, number = self._identity(stated, above)
        body = sort_out(stated.body, where, scope)
        policies = stated_policies(body, scope, path)
        scope.nested.extend(policies.values())
        divided = bool(_inner(body))
        coverage = coverage_of(body.one(ast.Coverage), scope.stated, scope, divided=divided)
        with scope.under(policies), scope.of(number):
            return self._node(stated, above, body, where, path, name, number, coverage)

    def _node(
        self,
        stated: _Inner,
        above: _Above,
        body: Body,
        where: Where,
        path: str,
        name: str,
        number: str | None,
        coverage: Coverage | None,
    ) -> _Built:
        scope = self.scope
        inner, score = _inner(body), body.one(ast.Score)
        own_size = self._size(stated, inner, above)
        join = join_of(body.one(ast.Join), above.mode, scope)
        mode = mode_below(join, above.mode)
        exempt = (
            *without_points(stated.size, own_size.by_group, scope),
            *exemptions(body.all(ast.Applies), scope),
        )
        responsible, cite = body.one(ast.Responsible), body.one(ast.Cite)
        owners = (
            above.departments
            if responsible is None
            else known_departments(responsible.departments, self.departments, scope)
        )
        clause = above.clause if cite is None else self._clause(cite)
        below = _Above(
            path=path,
            mode=mode,
            points=own_size.points,
            by_group=own_size.by_group,
            per_weight=_per_weight(own_size.points, inner),
            only=len(inner) == 1 and where in (Where.INDICATOR, Where.PART),
            exemptions=(*above.exemptions, *exempt),
            departments=owners,
            clause=clause,
            scoring=scoring(body, stated.title or name, above.scoring, scope),
            names=Names(scope),
        )
        formula = Formula()
        if score is not None and inner:
            self._both(score, inner[0], where)
        elif score is not None or self._by_default(inner, below):
            formula = below.scoring.formula(score, stated.name_span, own_size, scope, self.formulas)
            if _gives_points(formula) and own_size.by_group:
                place = stated.name_span if score is None else score.value.span
                self._not_one_figure(GIVES_POINTS, place, own_size.span, GIVE_A_RATE)
                formula = Formula(text=formula.text)
        elif not inner and not applies_to_nobody(below.exemptions, scope):
            self._unscored(stated, where)
        children = [self.node(child, below) for child in inner]
        below.scoring.leave(scope)
        self.joined(body, join, children, below.exemptions)
        size = self._summed(own_size, where, join, mode, children, stated)
        if size.by_group:
            self._same_for_all(body, size)
        floor = floor_of(body.one(ast.Floor), size.cap, size.points, self.scheme, scope)
        adjusting = self.adjustments.of(body, size.points, stated.name_span)
        # Without bounds of the result nothing is held that the file does not hold itself.
        free = self.scheme.scale.unbounded and not inner
        return _Built(
            node=ScoreNode(
                path=path,
                level=_LEVELS[where],
                name=name,
                number=number,
                title=stated.title or name,
                key=isinstance(stated, ast.Indicator) and stated.key,
                points=size.points,
                by_group=size.by_group,
                weight=size.weight,
                ceiling=size.cap.value,
                uncapped=size.cap.none or (free and size.cap.value is None),
                floor=floor.value,
                unfloored=floor.none or (free and floor.value is None),
                rescale=self.rescaling(body),
                carry=self._carry(body),
                adjustments=adjusting.nodes,
                adjustment_caps=adjusting.caps,
                ends_at=places_of(size.cap, floor, adjusting.caps_at),
                cap_order=adjusting.order,
                join=join,
                formula=formula.graph,
                alike=formula.alike,
                yields="points" if _gives_points(formula) else "rate",
                text=formula.text,
                departments=owners,
                clause=clause,
                exemptions=exempt,
                policies=scope.stated,
                coverage=self.weighed(coverage, children),
                assumptions=_texts(body),
                children=tuple(built.node for built in children),
                span=stated.span,
            ),
            size=size.span if size.span is not None else stated.name_span,
            amended=(
                *(
                    ()
                    if size.span is None or size.span.source is stated.span.source
                    else ((size.points, size.span),)
                ),
                *(each for built in children for each in built.amended),
            ),
        )

    def _by_default(self, inner: Sequence[_Inner], below: _Above) -> bool:
        """Whether a node without a score of its own takes the default."""
        scored = not inner and below.scoring.default is not None
        return scored and not applies_to_nobody(below.exemptions, self.scope)

    def _identity(self, stated: _Inner, above: _Above) -> tuple[Where, str, str, str | None]:
        match stated:
            case ast.Category(name=name):
                self.categories.add(name, stated.name_span, CATEGORY)
                return Where.CATEGORY, f"category {name}", name, None
            case ast.Indicator(number=number):
                self.indicators.add(number, stated.name_span, INDICATOR)
                return Where.INDICATOR, f"indicator {number}", number, number
            case ast.Part(name=name):
                above.names.add(name, stated.name_span, PART)
                return Where.PART, f"{above.path}.{name}", name, None

    def _size(self, stated: _Inner, inner: Sequence[_Inner], above: _Above) -> Size:
        summed = isinstance(stated, ast.Category) and bool(inner) and above.mode is Mode.POINTS
        joined = next((found for found in stated.body if isinstance(found, ast.Join)), None)
        follows = summed and (joined is None or joined.method == "sum")
        reported = isinstance(stated, ast.Indicator) and fold(stated.number) in self.scope.unsized
        size = size_of(
            stated.size,
            above.mode,
            stated.name_span,
            self.scheme,
            self.scope,
            per_weight=above.per_weight,
            of_parent=above.points if above.only or above.mode in (Mode.WHOLE, Mode.LOOSE) else None,
            may_follow=follows or reported or (above.only and above.mode is Mode.POINTS),
        )
        up_to = None if stated.size is None else stated.size.up_to
        follows = stated.size is None or stated.size.weight is not None or above.mode is Mode.WHOLE
        if above.by_group and above.points and size.points is not None and follows:
            if stated.size is not None and stated.size.points is not None:
                self._not_one_figure(WHOLE, stated.size.span, None, LEAVE_OUT)
            size = evolve(size, by_group=in_proportion(above.by_group, size.points / above.points))
        if size.by_group and isinstance(up_to, ast.Literal) and up_to.unit != "%":
            self._not_one_figure(IN_POINTS, up_to.span, size.span, IN_SHARES)
            up_to = None
        return evolve(size, cap=cap_of(up_to, size.span, size.points, self.scheme, self.scope))

    def _summed(
        self, size: Size, where: Where, join: str, mode: Mode, children: list[_Built], stated: _Inner
    ) -> Size:
        """The size of a node with children: their sum where it states none, else compared with their sum."""
        if mode is not Mode.POINTS or join != "sum" or not children:
            return size
        if size.points is not None:
            self.sums(where, size, children, size.span if size.span is not None else stated.name_span)
            return size
        nodes = tuple(built.node for built in children)
        if stated.size is not None or where is not Where.CATEGORY or any(one.points is None for one in nodes):
            return size
        if not any(one.by_group for one in nodes):
            return evolve(size, points=_whole(one.points for one in nodes))
        by_group = {
            group.name: _whole(one.points_of(group.name) for one in nodes) for group in self.scope.groups
        }
        if len(set(by_group.values())) == 1:
            return evolve(size, points=next(iter(by_group.values())))
        most = max((points for points in by_group.values() if points is not None), default=None)
        return evolve(size, points=most, by_group=by_group)

    def rescaling(self, body: Body) -> Rescaling | None:
        """That a node is rescaled to the best of its field; where no best is above zero, the file says what then."""
        stated = body.one(ast.Rescale)
        if stated is None:
            return None
        if not stated.keep:
            undefined_here(stated.span, Text(en="a share of the best", zh="最高分折算"), self.scope)
        return Rescaling(
            within="group" if stated.within == "group" else "all", keep=stated.keep, span=stated.span
        )

    def weighed(self, coverage: Coverage | None, children: Sequence[_Built]) -> Coverage | None:
        """A coverage, unless it weighs by points that differ by group; that is reported."""
        if coverage is None or coverage.by != "weight":
            return coverage
        nodes = (node for built in children for node in built.node.walk())
        differs = next((node for node in nodes if node.by_group), None)
        if differs is None:
            return coverage
        self._not_one_figure(WEIGHED, coverage.span, differs.span, BY_COUNT)
        return None

    def _carry(self, body: Body) -> Reading | None:
        """What the parent reads of this node, where the node says so itself."""
        found = body.all(ast.Carry)
        for stated in found:
            if stated.level is not None:
                self.scope.report(
                    "statement-not-here",
                    Text(
                        en="what a level carries is stated in the body of the file",
                        zh="某一层级的结转应写在文件主体中",
                    ),
                    stated.span,
                    help=Text(en="leave the level out", zh="不写层级"),
                )
        for stated in found[1:]:
            self.scope.report(
                "duplicate-statement",
                Text(en="what is carried is stated twice here", zh="此处结转重复规定"),
                stated.span,
                also=((found[0].span, Text(en="first given here", zh="首次出现于此")),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
        return reading(found[0].value) if found else None

    def joined(self, body: Body, join: Method, children: list[_Built], above: tuple[Exemption, ...]) -> None:
        """Report a mean that cannot do what the policies ask of it."""
        stated = body.one(ast.Join)
        if stated is None:
            return
        if join == "harmonic":
            undefined_here(stated.span, Text(en="a harmonic mean", zh="调和平均"), self.scope)
        rescaled = _rescaled(children, above)
        over_all = next((span for then, span in rescaled if then.last.value == RESCALE_ALL), None)
        if join in ("min", "max", "geometric", "harmonic") and over_all is not None:
            self._over_all(stated, over_all)
        elif join == "geometric" and rescaled:
            self._geometric(stated, children, rescaled[0][1])

    def _over_all(self, join: ast.Join, place: Span) -> None:
        """Report points that cannot go up in proportion, because what is above them is no sum and no mean."""
        self.scope.report(
            "policy-mismatch",
            Text(
                en="points are rescaled over all only where everything above them is added or averaged",
                zh="只有上级均为求和或加权平均时，分值才能全部分摊",
            ),
            join.span,
            also=((place, Text(en="rescaled over all here", zh="在此全部分摊")),),
            help=Text(
                en="state another policy within, for instance `rescale in category`",
                zh="在此之内另行约定，例如 `本级分摊`",
            ),
        )

    def _geometric(self, join: ast.Join, children: list[_Built], at_fault: Span) -> None:
        """Report a geometric mean whose weights would have to be rescaled in too many ways."""
        sizes = [built.node.weight or built.node.points for built in children]
        if None in sizes:
            return
        if len(subset_sums([size for size in sizes if size is not None])) <= MOST_ROOTS:
            return
        self.scope.report(
            "policy-mismatch",
            Text(
                en=f"what is left out of this geometric mean leaves more than {MOST_ROOTS} different sums of weights, "
                "each with a root of its own",
                zh=f"剔除各项后，此几何平均的权重之和超过 {MOST_ROOTS} 种，各须开不同次方",
            ),
            join.span,
            also=((at_fault, Text(en="left out here", zh="在此剔除")),),
            help=Text(
                en="write rounder weights, or `not computed`, `zero` or `full` instead of `rescale in category`",
                zh="使用更简单的权重，或把 `本级分摊` 改为 `不计算`、`零分` 或 `满分`",
            ),
        )

    def sums(self, where: Where, whole: Size, children: list[_Built], place: Span) -> None:
        """Compare the points of a node with those of its children, for each group where they differ by group."""
        code, what, nodes = _SUM_CODES[where], _CHILDREN[where], [built.node for built in children]
        own = {built.size for built in children}
        amended = [one for built in children for one in built.amended if one[1] not in own]
        if whole.points is not None and not whole.by_group and not any(node.by_group for node in nodes):
            parts = [(built.node.points, built.size) for built in children]
            check_sum(code, whole.points, parts, place, what, self.scope, amended)
        elif all(node.points is not None for node in nodes):
            names = [group.name for group in self.scope.groups]
            for (stated, found), groups in sums_by_group(
                lambda name: whole.by_group[name] if whole.by_group else whole.points, nodes, names
            ).items():
                parts = [(points, built.size) for points, built in zip(found, children, strict=True)]
                check_sum(code, stated, parts, place, what, self.scope, amended, groups=groups)

    def _not_one_figure(self, what: Text, place: Span, size: Span | None, help_: Text) -> None:
        check_one_figure(what, place, size, help_, self.scope)

    def _same_for_all(self, body: Body, size: Size) -> None:
        """Report ends in points, and shares of points that a bonus or deduction is held to, where points differ by group."""
        floor = body.one(ast.Floor)
        if (
            floor is not None
            and floor.value is not None
            and floor.value.unit == "points"
            and floor.value.value
        ):
            self._not_one_figure(IN_POINTS, floor.value.span, size.span, IN_SHARES)
        adjusted: tuple[ast.Adjustment | ast.AdjustmentCap, ...] = (
            *body.all(ast.Adjustment),
            *body.all(ast.AdjustmentCap),
        )
        for one in adjusted:
            if isinstance(one.up_to, ast.Literal) and one.up_to.unit == "%":
                self._not_one_figure(SHARE, one.up_to.span, size.span, PLAIN)

    def _clause(self, cite: ast.Cite) -> str:
        if cite.item is None:
            return cite.document
        return (
            f"{cite.document} 第 {cite.item} 项"
            if self.language == "zh"
            else f"{cite.document} item {cite.item}"
        )

    def _both(self, score: ast.Score, inner: _Inner, where: Where) -> None:
        self.scope.report(
            "statement-not-here",
            Text(
                en=f"{_article(_SUBJECTS[where].en)} with {_CHILDREN[where].en} has no score of its own",
                zh=f"{_SUBJECTS[where].zh}已有{_CHILDREN[where].zh}，不能另行计分",
            ),
            score.span,
            also=((inner.name_span, Text(en="it is divided here", zh="在此细分")),),
            help=Text(en="keep either the score or what it is divided into", zh="计分与细分只保留其一"),
        )

    def _unscored(self, stated: _Inner, where: Where) -> None:
        what = _SUBJECTS[where]
        self.scope.report(
            "unscored-indicator",
            Text(
                en=f"the {what.en} `{stated.name_span.text}` has no score",
                zh=f"{what.zh} `{stated.name_span.text}` 没有计分方法",
            ),
            stated.name_span,
            help=Text(
                en="write `score = …`, or say with `not applicable to` that it applies to no group",
                zh="写 `计分 = …`，或用 `不适用` 说明它不适用于任何组别",
            ),
        )


def _gives_points(formula: Formula) -> bool:
    return formula.graph is not None and formula.graph.type.kind is Kind.POINTS


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
