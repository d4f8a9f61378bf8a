"""Examples inside the file: what is given of regions and what must come of it, with names, regions and units checked.

They stand apart from the rules: they declare nothing, use nothing up and change no score. What is given is read later, by
the reader of data, so that it means what it would mean in a table; only a number must bring its unit along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.types import Clash, Entity
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.number import exact_text
from assessment.semantics.elaborate import elaborate
from assessment.semantics.model import (
    Example,
    Expectation,
    GivenFile,
    GivenRegion,
    GivenValue,
    Grade,
    Group,
    Input,
    Ranking,
    ScoreNode,
    Veto,
)
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import GRADE, VETO, in_words
from assessment.syntax import ast

__all__ = ["examples", "without_examples"]

REFUSALS = ("data-missing", "undefined-score")
"""The findings with which a score is refused because of what is absent."""

_REGION = Text(en="region", zh="地区")
_INPUT = Text(en="input", zh="数据")
_FIELD = Text(en="field", zh="字段")


def without_examples(file: ast.RuleFile) -> ast.RuleFile:
    """The file as the rules see it."""
    return evolve(file, body=tuple(one for one in file.body if not isinstance(one, ast.Example)))


def examples(
    file: ast.RuleFile,
    inputs: tuple[Input, ...],
    tree: ScoreNode,
    grades: tuple[Grade, ...],
    ranking: Ranking | None,
    vetoes: tuple[Veto, ...],
    scope: Scope,
) -> tuple[Example, ...]:
    """The examples of a file, in source order; what is wrong in one is reported."""
    found = []
    titles: dict[str, Span] = {}
    for stated in file.body:
        if isinstance(stated, ast.Example):
            reader = _Reader(file, inputs, tree, grades, ranking, vetoes, scope)
            if stated.title in titles:
                scope.report(
                    "duplicate-name",
                    Text(
                        en=f"two examples are called `{stated.title}`", zh=f"有两个示例都叫 `{stated.title}`"
                    ),
                    stated.span,
                    also=((titles[stated.title], Text(en="the first is here", zh="第一个在此")),),
                    help=Text(en="say what each of them shows", zh="请写明各自说明什么"),
                )
            titles.setdefault(stated.title, stated.span)
            found.append(reader.example(stated))
    return tuple(found)


class _Reader:
    """Reads one example."""

    def __init__(
        self,
        file: ast.RuleFile,
        inputs: tuple[Input, ...],
        tree: ScoreNode,
        grades: tuple[Grade, ...],
        ranking: Ranking | None,
        vetoes: tuple[Veto, ...],
        scope: Scope,
    ) -> None:
        self.file, self.tree, self.grades, self.ranking, self.scope = file, tree, grades, ranking, scope
        self.vetoes = vetoes
        self.inputs = {fold(one.name): one for one in inputs}
        self.regions = _by_any_name(scope.groups)

    def example(self, stated: ast.Example) -> Example:
        given = [each for one in stated.items for each in self._given_in(one)]
        files = tuple(
            GivenFile(path=one.path, span=one.span) for one in stated.items if isinstance(one, ast.GivenFile)
        )
        self._check_twice(given)
        self.named = tuple(dict.fromkeys(one.region for one in given))
        self.from_file = bool(files)
        expected: list[Expectation] = []
        claims = 0
        for item in stated.items:
            before: str | None = None
            year: int | None = None
            for claim in item.claims if isinstance(item, ast.Expect) else ():
                claims += 1
                if claim.region is not None:
                    before, year = self._region(claim.region), None
                    if before is None:
                        continue
                year = year if claim.year is None else claim.year
                one = self._claim(claim, before, year)
                if one is not None:
                    expected.append(one)
        if not claims:
            self.scope.report(
                "example-without-expectation",
                Text(
                    en=f"the example `{stated.title}` expects nothing",
                    zh=f"示例 `{stated.title}` 没有应得结果",
                ),
                stated.span,
                help=Text(
                    en="say what must come of it, such as `expect total = 80 points`",
                    zh="请写明应得的结果，如 `应得 总分 = 80 分`",
                ),
            )
        return Example(
            title=stated.title,
            given=tuple(given),
            files=files,
            expected=tuple(expected),
            span=stated.span,
        )

    # ── what is given ────────────────────────────────────────────────────────────────────────────────────────────────

    def _given_in(self, item: ast.Node) -> list[GivenRegion]:
        match item:
            case ast.Given():
                return self._given(item)
            case ast.GivenTable():
                return self._table(item)
            case _:
                return []

    def _table(self, stated: ast.GivenTable) -> list[GivenRegion]:
        """Every line of a table as what is given of its region."""
        year = self._year(stated.year, stated.span)
        known = [self._known(column.name) for column in stated.columns]
        found = []
        first: dict[str, ast.Word] = {}
        for line in stated.lines:
            region = self._region(line.region) or line.region.name
            if region in first:
                self._named_twice(line.region, first[region])
                continue
            first[region] = line.region
            cells = [
                _in_column(column, entry)
                for column, entry, spec in zip(stated.columns, line.entries, known, strict=True)
                if spec is not None
            ]
            values = tuple(one for cell in cells if (one := self._cell(cell)) is not None)
            found.append(GivenRegion(region=region, year=year, values=values, span=line.span))
        return found

    def _given(self, stated: ast.Given) -> list[GivenRegion]:
        """The same of each region that is named."""
        first: dict[str, ast.Word] = {}
        for word in stated.regions:
            region = self._region(word) or word.name
            if region in first:
                self._named_twice(word, first[region])
            first.setdefault(region, word)
        year = self._year(stated.year, stated.span)
        values = tuple(one for cell in stated.cells if (one := self._cell(cell)) is not None)
        return [GivenRegion(region=one, year=year, values=values, span=stated.span) for one in first]

    def _named_twice(self, word: ast.Word, before: ast.Word) -> None:
        self.scope.report(
            "duplicate-name",
            Text(en=f"`{word.name}` is named twice", zh=f"`{word.name}` 写了两次"),
            word.span,
            also=((before.span, Text(en="the first is here", zh="第一处在此")),),
            help=Text(en="name each region once", zh="每个地区只写一次"),
        )

    def _region(self, word: ast.Word) -> str | None:
        """The name of a region in the rules; any where they list none."""
        if not self.regions:
            return word.name
        found = self.regions.get(fold(word.name))
        if found is None:
            self.scope.unknown("unknown-region", word.name, word.span, list(self.regions.values()), _REGION)
        return found

    def _year(self, year: int | None, span: Span) -> int:
        found = self.file.year if year is None else year
        if found is not None:
            return found
        self.scope.report(
            "missing-statement",
            Text(
                en="the rules are for no one year, and none is named here", zh="规则未写年度，此处也没有写明"
            ),
            span,
            help=Text(
                en="write the year behind the region, as in `given North 2018 { … }`",
                zh="请在地区后写年度，如 `已知 东阿县 2018 { … }`",
            ),
        )
        return 0

    def _cell(self, cell: ast.GivenCell) -> GivenValue | None:
        spec = self._known(cell.name)
        if spec is None:
            return None
        if spec.form == "number" and not self._has_unit(cell):
            return None
        return GivenValue(input=spec.name, value=self._value(cell, spec), span=cell.span)

    def _known(self, name: ast.Word) -> Input | None:
        """The input of a name; None once it is reported that there is none."""
        spec = self.inputs.get(fold(name.name))
        if spec is None:
            known = [one.name for one in self.inputs.values()]
            self.scope.unknown("unknown-name", name.name, name.span, known, _INPUT)
        return spec

    def _has_unit(self, cell: ast.GivenCell) -> bool:
        """Whether numbers are in a unit of the input; what is not is reported with the places of both."""
        name = ast.Name(span=cell.name.span, name=cell.name.name)
        for value in cell.values:
            if isinstance(value, ast.Literal):
                asked = ast.Comparison(span=cell.span, op="=", left=name, right=value)
                if elaborate(asked, self.scope) is None:
                    return False
        return True

    def _value(self, cell: ast.GivenCell, spec: Input) -> object:
        """What is given as the reader of mappings takes it."""
        if cell.rows is not None:
            return [
                {spec.name: _plain(row.value), **{one.name.name: _of_field(one) for one in row.fields}}
                for row in cell.rows
                if self._has_fields(row, spec)
            ]
        if cell.status is not None:
            return [] if cell.status == "none" else Absence(_status(cell.status))
        values = [_plain(value) for value in cell.values]
        if spec.in_rows:
            return [{spec.name: value} for value in values]
        return values[0] if len(values) == 1 else values

    def _has_fields(self, row: ast.GivenRow, spec: Input) -> bool:
        known = [one.name for one in spec.fields]
        for one in row.fields:
            if fold(one.name.name) not in map(fold, known):
                self.scope.unknown("unknown-name", one.name.name, one.name.span, known, _FIELD)
        return True

    def _check_twice(self, given: Iterable[GivenRegion]) -> None:
        first: dict[tuple[str, int, str], Span] = {}
        for region in given:
            for value in region.values:
                key = (region.region, region.year, value.input)
                if key in first:
                    self.scope.report(
                        "duplicate-statement",
                        Text(
                            en=f"`{value.input}` of `{region.region}` for {region.year} is given twice",
                            zh=f"`{region.region}` {region.year} 年的 `{value.input}` 给出了两次",
                        ),
                        value.span,
                        also=((first[key], Text(en="the first is here", zh="第一处在此")),),
                        help=Text(en="keep one of the two", zh="两处只保留一处"),
                    )
                first.setdefault(key, value.span)

    # ── what must come of it ─────────────────────────────────────────────────────────────────────────────────────────

    def _claim(self, claim: ast.Claim, region: str | None, year: int | None) -> Expectation | None:
        region = region or self._only_region(claim)
        if region is None:
            return None
        if self.named and not self.from_file and region not in self.named:
            self._not_given(claim, region)
            return None
        found = Expectation(
            what="value",
            region=region,
            year=self._year(year, claim.span),
            text=" ".join(claim.span.text.split()),
            words=in_words(claim),
            span=claim.span,
        )
        match claim:
            case ast.Claim(what="grade"):
                return self._grade(found, claim)
            case ast.Claim(what="veto", word=ast.Word() as word):
                return self._veto(found, word, held=claim.held)
            case ast.Claim(what="error", left=left, word=ast.Word() as word) if left is not None:
                return self._refusal(found, left, word)
            case ast.Claim(what="mark", word=ast.Word() as word, held=held):
                node = elaborate(ast.Marked(span=word.span, name=word), self.scope)
                return None if node is None else evolve(found, what="mark", node=node, held=held)
            case ast.Claim(what="rank"):
                return self._rank(found, claim)
            case ast.Claim(what="status", left=left, status=str(status)) if left is not None:
                node = self._node(left)
                if node is None:
                    return None
                statuses = ALL_ABSENCES if status == "absent" else frozenset({Absence(_status(status))})
                return evolve(
                    found, what="status", node=node, statuses=statuses, path=_path(left), about=left.span.text
                )
            case _:
                return self._compared(found, claim)

    def _only_region(self, claim: ast.Claim) -> str | None:
        if len(self.named) == 1 and not self.from_file:
            return self.named[0]
        self.scope.report(
            "missing-statement",
            Text(
                en="it is not said of which region this is expected"
                if self.named or self.from_file
                else "nothing is given in this example",
                zh="没有写明是哪个地区应得" if self.named or self.from_file else "此示例没有给出任何数据",
            ),
            claim.span,
            help=Text(
                en="name the region, as in `expect North total = 80 points`",
                zh="请写明地区，如 `应得 东阿县 总分 = 80 分`",
            )
            if self.named or self.from_file
            else Text(en="write `given REGION { … }` before it", zh="请在前面写 `已知 地区 { … }`"),
        )
        return None

    def _not_given(self, claim: ast.Claim, region: str) -> None:
        known = "、".join(f"`{one}`" for one in self.named)
        self.scope.report(
            "unknown-region",
            Text(
                en=f"nothing is given of `{region}` in this example",
                zh=f"此示例没有给出 `{region}` 的任何数据",
            ),
            claim.span,
            help=Text(en=f"given are {known}", zh=f"已知的有 {known}"),
        )

    def _veto(self, found: Expectation, word: ast.Word, *, held: bool) -> Expectation | None:
        known = {fold(one.name): one.name for one in self.vetoes}
        name = known.get(fold(word.name))
        if name is None:
            self.scope.unknown("unknown-name", word.name, word.span, list(known.values()), VETO)
            return None
        return evolve(found, what="veto", name=name, held=held)

    def _refusal(
        self, found: Expectation, left: ast.ScoreOf | ast.Name | ast.AdjustmentOf, word: ast.Word
    ) -> Expectation | None:
        if isinstance(left, ast.Name):
            self.scope.report(
                "kind-mismatch",
                Text(en="only a score is refused, not a measure", zh="报错的只能是得分，不能是数据"),
                left.span,
                help=Text(en="name a score, such as `indicator 2`", zh="请写得分，如 `指标 2`"),
            )
            return None
        node = self._node(left)
        if word.name not in REFUSALS:
            what = Text(en="refusal", zh="报错代码")
            self.scope.unknown("unknown-code", word.name, word.span, list(REFUSALS), what)
            return None
        if node is None:
            return None
        return evolve(found, what="error", node=node, name=word.name, path=_path(left), about=left.span.text)

    def _grade(self, found: Expectation, claim: ast.Claim) -> Expectation | None:
        word = claim.word
        if word is None:
            if not self.grades:
                self.scope.unknown("unknown-name", claim.span.text, claim.span, [], GRADE)
                return None
            return evolve(found, what="grade")
        known = {fold(one.name): one.name for one in self.grades}
        grade = known.get(fold(word.name))
        if grade is None:
            self.scope.unknown("unknown-name", word.name, word.span, list(known.values()), GRADE)
            return None
        return evolve(found, what="grade", grade=grade)

    def _rank(self, found: Expectation, claim: ast.Claim) -> Expectation | None:
        if self.ranking is None:
            self.scope.report(
                "missing-statement",
                Text(en="a place is expected, and these rules rank nobody", zh="应得名次，而规则不排名"),
                claim.span,
                help=Text(en="add for instance `rank within all`", zh="例如添加 `名次 全部`"),
            )
            return None
        stated: Literal["group", "all"] | None = None
        if claim.within is not None:
            stated = "group" if claim.within == "group" else "all"
        return evolve(found, what="rank", within=stated or self.ranking.within, place=claim.place)

    def _compared(self, found: Expectation, claim: ast.Claim) -> Expectation | None:
        left, right, op = claim.left, claim.right, claim.op
        if left is None or right is None or op is None:
            return None
        self.scope.comparing = True
        try:
            if isinstance(left, ast.AdjustmentOf):
                node = self._adjustment(left)
                value = elaborate(right, self.scope)
                if node is None or value is None:
                    return None
                asked: n.Node | None = self._asked(op, node, value, claim)
            else:
                asked = elaborate(ast.Comparison(span=claim.span, op=op, left=left, right=right), self.scope)
        finally:
            self.scope.comparing = False
        if asked is None:
            return None
        if not isinstance(asked, n.Compare) or asked.type.entity is Entity.ROW:
            self._not_comparable(claim)
            return None
        return evolve(found, node=asked, path=_path(left), about=left.span.text)

    def _asked(self, op: str, node: n.Node, value: n.Node, claim: ast.Claim) -> n.Node | None:
        try:
            return b.compare(op, node, value)
        except Clash as clash:
            self.scope.report(clash.code, clash.text, claim.span, help=clash.help)
            return None

    def _not_comparable(self, claim: ast.Claim) -> None:
        self.scope.report(
            "kind-mismatch",
            Text(
                en="one value for each region is expected, not one for each row",
                zh="应得的须是每地区一个数值，而不是每行一个",
            ),
            claim.span,
            help=Text(en="expect a score or a measure", zh="请写得分或数据"),
        )

    def _node(self, left: ast.ScoreOf | ast.Name | ast.AdjustmentOf) -> n.Node | None:
        if isinstance(left, ast.AdjustmentOf):
            return self._adjustment(left)
        self.scope.comparing = True
        found = elaborate(left, self.scope)
        self.scope.comparing = False
        return found

    def _adjustment(self, stated: ast.AdjustmentOf) -> n.Node | None:
        """A bonus, or what a deduction takes off as a score above zero."""
        found = [
            one
            for one in self.tree.walk()
            for one in (one, *one.adjustments)
            if one.level == stated.kind and fold(one.name) == fold(stated.name)
        ]
        if not found:
            every = {
                one.name
                for node in self.tree.walk()
                for one in (node, *node.adjustments)
                if one.level == stated.kind
            }
            what = Text(en="bonus", zh="加分") if stated.kind == "bonus" else Text(en="deduction", zh="扣分")
            self.scope.unknown("unknown-name", stated.name, stated.span, sorted(every), what)
            return None
        unit = self.scope.scores["total"].type
        score = n.Score(
            path=found[0].path, reading="score", taken="full", type=unit.at(Entity.REGION), span=stated.span
        )
        return score if stated.kind == "bonus" else b.negate(score)


def _by_any_name(groups: tuple[Group, ...]) -> Mapping[str, str]:
    """Regions by their folded names and aliases."""
    return {
        fold(called): member.name
        for group in groups
        for member in group.members
        for called in (*member.aliases, member.name)
    }


def _path(left: ast.ScoreOf | ast.Name | ast.AdjustmentOf) -> str | None:
    """The line of the breakdown that shows a score; None for a measure."""
    match left:
        case ast.ScoreOf(node=node, reference=reference):
            return node if reference is None else f"{node} {reference}"
        case ast.AdjustmentOf(kind=kind, name=name):
            return f"{kind} {name}"
        case _:
            return None


def _in_column(column: ast.GivenColumn, entry: ast.GivenEntry) -> ast.GivenCell:
    """An entry of a table as if it stood by itself; its number has the unit of the column, or its own."""
    value = entry.value
    if isinstance(value, ast.Literal) and value.unit is None and column.unit is not None:
        unit = None if column.unit.text == "number" else column.unit.text
        value = evolve(value, unit=unit)
    return ast.GivenCell(
        span=entry.span,
        name=evolve(column.name, span=entry.span),
        values=() if value is None else (value,),
        status=entry.status,
    )


def _plain(value: ast.GivenValue) -> object:
    """A value as the reader of data takes it; a number with its unit is text."""
    match value:
        case ast.Literal(value=number, unit=unit):
            return exact_text(number) if unit is None else f"{exact_text(number)} {_UNITS.get(unit, unit)}"
        case ast.Date(day=day):
            return day.isoformat()
        case ast.Word(name=name):
            return name
        case ast.Name(name=name):
            return name == "yes"


_UNITS = {"points": "分", "pp": "百分点"}


def _of_field(one: ast.GivenField) -> object:
    if one.value is None:
        return Absence(_status(one.status or "not reported"))
    return _plain(one.value)


def _status(status: str) -> str:
    """An absence; that something is absent in some way is given as *not reported*."""
    return "not reported" if status == "absent" else status
