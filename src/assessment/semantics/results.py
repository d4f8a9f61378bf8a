"""Further results of a file: made from scores and measures, or by taking the tree again with other data in it.

The result of the tree is the first one. A further one states everything of itself: its scale, its rounding, whether it is
ranked and how. A tree that is taken again is checked again, with other graphs under the names that are exchanged, so that
units, kinds and ranges are looked at as they are then.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Clash, Entity, Kind, Type
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Severity, Span
from assessment.number import Mode
from assessment.semantics.elaborate import elaborate
from assessment.semantics.literals import literal_like, type_of_unit
from assessment.semantics.measures import declare_measures
from assessment.semantics.model import DeclaredResult, Department, Ranking, Reading, Rounding, ScoreNode
from assessment.semantics.names import Names
from assessment.semantics.policies import disposal_of
from assessment.semantics.ranking import rank_keys
from assessment.semantics.rounding import MOST_PLACES
from assessment.semantics.scheme import Scheme
from assessment.semantics.scope import Scope, fold
from assessment.semantics.scores import Readable, read_score
from assessment.semantics.statements import Body
from assessment.semantics.traverse import name_place
from assessment.semantics.tree import build_tree
from assessment.syntax import ast

__all__ = ["declare_results", "results"]

_RESULT = Text(en="result", zh="结果")
_EXCHANGE = Text(en="measure that is exchanged", zh="代入的数据")


@frozen(kw_only=True)
class _File:
    """What a tree is built from."""

    body: Body
    file: ast.RuleFile
    scheme: Scheme
    departments: tuple[Department, ...]
    head: Span


def declare_results(body: Body, scope: Scope) -> None:
    """Make the results of a file readable by their names; that of the tree is its total under another name."""
    names = Names(scope)
    total = scope.scores["total"]
    main = body.one(ast.ResultScale)
    if main is None:
        whole = body.one(ast.Total)
        if whole is not None and whole.points is not None:
            names.add("total", whole.span, _RESULT)  # the name under which results are handed out
    else:
        names.add(main.name, name_place(main.span, main.name), _RESULT)
        scope.scores[f"result {main.name}"] = total
    for stated in body.all(ast.Result):
        if not names.add(stated.name, stated.name_span, _RESULT):
            continue
        type_: Type | None = total.type
        if stated.unit is not None:
            type_ = type_of_unit(stated.unit.text, stated.unit.span, scope)
        path = f"result {stated.name}"
        scope.scores[path] = Readable(
            path=path,
            type=total.type if type_ is None else type_,
            level="result",
            rounded=isinstance(stated.published, ast.Rounding),
            ranked=stated.ranked not in (None, "none"),
            rated=bool(stated.exchanges),
        )


def results(
    body: Body,
    file: ast.RuleFile,
    scheme: Scheme,
    departments: tuple[Department, ...],
    head: Span,
    scope: Scope,
) -> tuple[DeclaredResult, ...]:
    """The further results in the order of the file; what is wrong with one is reported, and it is left out."""
    whole = _File(body=body, file=file, scheme=scheme, departments=departments, head=head)
    seen: set[str] = set()
    found: list[DeclaredResult] = []
    for stated in body.all(ast.Result):
        if fold(stated.name) in seen or f"result {stated.name}" not in scope.scores:
            continue
        seen.add(fold(stated.name))
        one = _Reader(stated, whole, scope).read()
        if one is not None:
            found.append(one)
    return tuple(found)


class _Reader:
    """One further result."""

    def __init__(self, stated: ast.Result, whole: _File, scope: Scope) -> None:
        self.stated, self.whole, self.scope = stated, whole, scope
        self.path = f"result {stated.name}"
        self.type = scope.scores[self.path].type
        named: tuple[ast.Input | ast.Let, ...] = (*whole.body.all(ast.Input), *whole.body.all(ast.Let))
        self._titles = {fold(one.name): one.title or one.name for one in named}

    def read(self) -> DeclaredResult | None:
        """The result, or None once what is wrong with it was reported."""
        stated = self.stated
        before = self._errors()
        node: n.Node | None = None
        tree: ScoreNode | None = None
        if stated.exchanges:
            tree = self._taken_again()
        else:
            node = self._made()
        low, high = self._scale()
        rounding = self._rounding()
        ranking = self._ranking(rounding)
        if self._errors() > before or (node is None and tree is None):
            return None
        return DeclaredResult(
            path=self.path,
            name=stated.name,
            title=stated.title or stated.name,
            type=self.type.at(Entity.REGION),
            node=node,
            tree=tree,
            low=low,
            high=high,
            rounding=rounding,
            ranking=ranking,
            compare="rounded" if stated.ranked == "rounded" else "full",
            text=stated.value.span.text,
            span=stated.span,
        )

    def _errors(self) -> int:
        return sum(found.severity is Severity.ERROR for found in self.scope.diagnostics)

    # ── made from scores ─────────────────────────────────────────────────────────────────────────────────────────────

    def _made(self) -> n.Node | None:
        node = elaborate(self.stated.value, self.scope)
        if node is None:
            return None
        stated, scope = self.stated, self.scope
        if node.type.kind is Kind.PERCENT and self.type.kind in t.RATIOS:
            node = evolve(node, type=evolve(node.type, kind=self.type.kind))
        if node.type.entity is Entity.ROW:
            self._report(
                "kind-mismatch",
                Text(en="a result is one value for each region", zh="结果须为每地区一个数值"),
                help=Text(
                    en="sum the rows up first, as with `sum_of_rows` or `count`",
                    zh="请先用 `各行合计`、`件数` 等归为每地区一个数值",
                ),
            )
            return None
        if node.type.kind is Kind.RATE and self.type.kind in (Kind.NUMBER, Kind.SHARE):
            return b.cast(node, self.type.kind)
        try:
            return b.declare(node, self.type)
        except Clash as clash:
            unit = stated.unit
            origin = ((unit.span, Text(en="declared here", zh="在此声明")),) if unit is not None else ()
            scope.report(
                clash.code,
                clash.text,
                stated.value.span,
                here=Text(en=f"this gives {node.type.label.en}", zh=f"结果为{node.type.label.zh}"),
                also=origin,
                help=clash.help
                if unit is not None
                else Text(en="write its unit behind it, as in `in %`", zh="请在其后写明单位，如 `单位 %`"),
            )
            return None

    # ── the tree taken again ─────────────────────────────────────────────────────────────────────────────────────────

    def _taken_again(self) -> ScoreNode | None:
        value = self.stated.value
        if (
            not isinstance(value, ast.ScoreOf)
            or value.node != "total"
            or value.reading != "score"
            or value.taken
        ):
            self._report(
                "kind-mismatch",
                Text(
                    en="only the total can be taken again with other data",
                    zh="只有总分可以代入其他数据重新计算",
                ),
                help=Text(en="write `= total with { … }`", zh="请写 `= 总分 代入 { … }`"),
            )
            return None
        exchanged = self._exchanged()
        if exchanged is None or self._errors():
            # What is wrong with the tree itself would be said twice.
            return None
        again = self.scope.exchanging(exchanged, self.path)
        total = again.scores["total"]
        again.scores["total"] = evolve(total, rounded=isinstance(self.stated.published, ast.Rounding))
        whole = self.whole
        lets = {fold(stated.name) for stated in whole.body.all(ast.Let)}
        for key, name in self.scope.names.items():
            if key not in lets:
                again.declare(name, self.scope.nodes.get(key), self.scope.declared_at[key])
        declare_measures(whole.body, Names(again), again, estimates={}, declared=_nothing)
        tree = build_tree(whole.body, whole.file, whole.scheme, whole.departments, whole.head, again)
        for found in again.diagnostics:
            if found.severity is Severity.ERROR:
                self.scope.diagnostics.append(self._because(found))
        self._check_read(exchanged, tree)
        return _renamed(tree, self.path)

    def _check_read(self, exchanged: dict[str, n.Node], tree: ScoreNode) -> None:
        """Warn of exchanges that the tree does not read: it comes out as if they were not written."""
        conditions = (gate.condition for node in tree.walk() for gate in node.exemptions)
        formulas = (node.formula for node in tree.walk())
        read = {
            node.span
            for node, _ in order(root for root in (*formulas, *conditions) if root is not None)
            if isinstance(node, n.Frame) and node.role == "measure"
        }
        for one in self.stated.exchanges:
            if exchanged[fold(one.name)].span not in read:
                self.scope.report(
                    "unused-exchange",
                    Text(en=f"the tree does not read `{one.name}`", zh=f"总分没有用到 `{one.name}`"),
                    name_place(one.span, one.name),
                    help=Text(
                        en="exchange what the scores read, or leave this out",
                        zh="请代入计分所用的数据，或删除此项",
                    ),
                )

    def _because(self, found: Diagnostic) -> Diagnostic:
        """A finding in the tree that is taken again, with the place that takes it."""
        text = Text(en="when the tree is taken again here", zh="在此代入其他数据重新计算时")
        also = Label(place=self.stated.name_span, text=text, primary=False)
        return evolve(found, labels=(*found.labels, also))

    def _exchanged(self) -> dict[str, n.Node] | None:
        """What stands in the place of inputs and measures, by their folded names; None once a fault is reported."""
        names, scope = Names(self.scope), self.scope
        classes = {fold(class_.name): class_.span for class_ in scope.classes}
        found: dict[str, n.Node] = {}
        faulty = False
        for one in self.stated.exchanges:
            place, key = name_place(one.span, one.name), fold(one.name)
            if not names.add(one.name, place, _EXCHANGE):
                faulty = True
                continue
            if key in classes:
                self._class(one.name, place, classes[key])
                faulty = True
                continue
            old = scope.lookup(ast.Name(span=place, name=one.name))
            new = elaborate(one.value, scope)
            if old is None or new is None:
                faulty = True
                continue
            put = self._fitting(old, new, one, place)
            if put is None:
                faulty = True
            else:
                found[key] = put
        return None if faulty else found

    def _class(self, name: str, place: Span, class_: Span) -> None:
        """Report an exchanged class: whom a statement applies to would stay as it was."""
        self.scope.report(
            "kind-mismatch",
            Text(en=f"`{name}` is a class, and the tree keeps its classes", zh=f"`{name}` 是类别，不能代入"),
            place,
            also=((class_, Text(en="declared here", zh="在此声明")),),
            help=Text(en="exchange an input or a measure", zh="请代入数据项或定义"),
        )

    def _fitting(self, old: n.Node, new: n.Node, one: ast.Exchange, place: Span) -> n.Node | None:
        """The new graph in the type of the old one, in a frame with the old name."""
        scope = self.scope
        if new.type.kind is Kind.PERCENT and old.type.kind in t.RATIOS:
            new = evolve(new, type=evolve(new.type, kind=old.type.kind))
        try:
            new = _in_place_of(old, new)
        except Clash as clash:
            scope.report(
                clash.code,
                clash.text,
                one.value.span,
                here=Text(en=f"this is {new.type.label.en}", zh=f"这是{new.type.label.zh}"),
                also=((scope.declared_at[fold(one.name)], Text(en="declared here", zh="在此声明")),),
                help=clash.help,
            )
            return None
        title = self._titles.get(fold(one.name), one.name)
        return n.Frame(
            node=new,
            type=new.type,
            role="measure",
            name=scope.names[fold(one.name)],
            title=Text(en=f"{title} (replaced)", zh=f"{title}（代入）"),
            text=one.value.span.text,
            span=place,
        )

    # ── scale, rounding, rank ────────────────────────────────────────────────────────────────────────────────────────

    def _scale(self) -> tuple[Fraction | None, Fraction | None]:
        stated, scope = self.stated, self.scope
        low, high = stated.low, stated.high
        if stated.exchanges:
            scale = self.whole.scheme.scale
            if stated.unbounded or (
                low is not None and high is not None and (low.value, high.value) != (scale.low, scale.high)
            ):
                self._report(
                    "kind-mismatch",
                    Text(en="a tree that is taken again keeps its scale", zh="重新计算的结果沿用原来的区间"),
                    help=Text(en="leave the scale out", zh="请删去区间"),
                )
            return scale.low, scale.high
        if low is None or high is None:
            if not stated.unbounded:
                self._report(
                    "missing-statement",
                    Text(
                        en=f"it is not stated on which scale the result `{stated.name}` stands",
                        zh=f"未约定结果 `{stated.name}` 的区间",
                    ),
                    help=Text(
                        en="write for instance `on -1 to 1`, or `unbounded`",
                        zh="例如写 `区间 -1 到 1`，或写 `不设区间`",
                    ),
                )
            return None, None
        unit = None if stated.unit is None or stated.unit.text == "number" else stated.unit.text
        unit = high.unit or low.unit or unit
        ends = [literal_like(end, self.type, scope, unit=unit) for end in (low, high)]
        if ends[0] is not None and ends[1] is not None and ends[0] >= ends[1]:
            scope.report(
                "range-empty",
                Text(
                    en=f"no value lies between {low.span.text} and {high.span.text}",
                    zh=f"{low.span.text} 与 {high.span.text} 之间没有取值",
                ),
                Span.covering(low.span, high.span),
                help=Text(en="write the lower end first", zh="先写较小的一端"),
            )
        return ends[0], ends[1]

    def _rounding(self) -> Rounding | None:
        published = self.stated.published
        if isinstance(published, ast.Rounding):
            if published.places > MOST_PLACES:
                self.scope.report(
                    "number-too-large",
                    Text(en=f"at most {MOST_PLACES} places are rounded to", zh=f"修约最多 {MOST_PLACES} 位"),
                    published.span,
                    help=Text(en=f"write {MOST_PLACES} places or fewer", zh=f"请写不多于 {MOST_PLACES} 位"),
                )
                return None
            return Rounding(places=published.places, mode=Mode(published.mode))
        if published != "full":
            self._report(
                "no-rounding",
                Text(
                    en=f"it is not stated how the result `{self.stated.name}` is rounded",
                    zh=f"未约定结果 `{self.stated.name}` 如何修约",
                ),
                help=Text(
                    en="write for instance `published half-up to 3 places`, or `published full`",
                    zh="例如写 `公布 四舍五入 3 位`，或写 `公布 原值`",
                ),
            )
        return None

    def _ranking(self, rounding: Rounding | None) -> Ranking | None:
        stated, scope = self.stated, self.scope
        ties = self._ties()
        if stated.ranked is None:
            self._report(
                "missing-statement",
                Text(
                    en=f"it is not stated whether regions are ranked by the result `{stated.name}`",
                    zh=f"未约定是否按结果 `{stated.name}` 排名",
                ),
                help=Text(
                    en="write for instance `ranked on rounded within all`, or `unranked`",
                    zh="例如写 `按 修约值 排名 范围 全部`，或写 `不排名`",
                ),
            )
            return None
        if stated.ranked == "none":
            if ties is not None:
                scope.report(
                    "statement-not-here",
                    Text(
                        en=f"the result `{stated.name}` is not ranked, and has no ties",
                        zh=f"结果 `{stated.name}` 不排名，没有并列",
                    ),
                    stated.policies[0].span,
                    help=Text(en="leave the rule for ties out", zh="请去掉并列的约定"),
                )
            return None
        if stated.ranked == "rounded" and rounding is None and stated.published == "full":
            self._report(
                "no-rounding",
                Text(en="rounded values are ranked, and nothing is rounded", zh="按修约值排名，但未约定修约"),
                help=Text(en="write `ranked on full`", zh="请写 `按 原值 排名`"),
            )
        main = self.whole.body.one(ast.Ranking)
        within = stated.within or (None if main is None else main.within)
        if within is None:
            self._report(
                "missing-statement",
                Text(
                    en=f"it is not stated among which regions the result `{stated.name}` is ranked",
                    zh=f"未约定结果 `{stated.name}` 在哪些地区中排名",
                ),
                help=Text(en="write `within all` or `within group`", zh="请写 `范围 全部` 或 `范围 同组`"),
            )
            return None
        if ties is None:
            scope.need("ties", stated.span)
            ties = scope.policies.get("ties", "")
        taken: Reading = "rounded" if stated.ranked == "rounded" else "full"
        scope.comparing = True
        keys = rank_keys(stated.keys, scope)
        scope.comparing = False
        if keys is None:
            own = scope.scores[self.path]
            keys = ((read_score(own, reading="score", taken=taken, span=stated.name_span), True),)
        if stated.first == "lowest":
            # Of the result itself the lowest comes first, unless its key says otherwise.
            said = [key.first for key in stated.keys] or [None]
            keys = tuple(
                (key, highest and not (first is None and isinstance(key, n.Score) and key.path == self.path))
                for (key, highest), first in zip(keys, said, strict=False)
            )
        return Ranking(
            within="group" if within == "group" else "all",
            keys=keys,
            ties=ties,
        )

    def _ties(self) -> str | None:
        found: str | None = None
        for policy in self.stated.policies:
            if policy.key != "ties" or found is not None:
                self.scope.report(
                    "statement-not-here",
                    Text(
                        en="a result states of policies only that for ties, once",
                        zh="结果中只能约定并列的处理，且只写一次",
                    ),
                    policy.span,
                    help=Text(en="write it in `policies`", zh="请写在 `约定` 中"),
                )
            else:
                then = disposal_of("ties", policy.value, policy.span, self.scope)
                found = "min" if then is None else then.value
        return found

    def _report(self, code: str, text: Text, help: Text) -> None:
        self.scope.report(code, text, self.stated.name_span, help=help)


def _in_place_of(old: n.Node, new: n.Node) -> n.Node:
    """The new graph in the type of the old one. Errors: `Clash` where it is of another."""
    rows = Entity.ROW in (old.type.entity, new.type.entity)
    if new.type != old.type and (rows or old.type.kind in (Kind.LEVEL, Kind.YESNO)):
        raise Clash(
            "kind-mismatch",
            Text(
                en=f"{new.type.label.en} cannot stand in the place of {old.type.label.en}",
                zh=f"{new.type.label.zh}不能代替{old.type.label.zh}",
            ),
            help=Text(
                en="exchange it for a value of the same form: the same levels, or a yes or no",
                zh="请代入同一形式的数据：相同等级，或是否",
            ),
        )
    return b.declare(new, old.type)


def _nothing(_: str) -> None:
    """Targets were read for the names of the file already."""


def _renamed(node: ScoreNode, path: str) -> ScoreNode:
    """A tree with the paths of the result that takes it again."""
    own = path if node.path == "total" else f"{path}/{node.path}"
    children = tuple(_renamed(child, path) for child in node.children)
    beside = tuple(_renamed(one, path) for one in node.adjustments)
    return evolve(node, path=own, children=children, adjustments=beside)
