"""The tree, built while the text is read: one method for each rule of the grammar.

The parser calls a method as soon as its rule is complete, with everything that was written in it: tokens and what the
methods of inner rules gave. Nothing here looks at a rule from outside, so there is no recursion and a sum of ten
thousand terms is as easy as one of two.

Invariants: method names are the names of rules and aliases in the grammar. A token's `value` is folded text, for a
quoted text what stands between the marks. What was skipped after a mistake is `None` here and leaves no trace.
"""

from __future__ import annotations

import datetime as dt
import re
from contextvars import ContextVar
from fractions import Fraction
from typing import Any, TypeAlias

import lark
from attrs import define, evolve, field, frozen

from assessment.diagnostics.bilingual import Text as Phrase
from assessment.diagnostics.model import Diagnostic, Source, Span, diagnostic
from assessment.errors import InternalError
from assessment.syntax import ast
from assessment.syntax.words import WORDS, meaning_of

__all__ = ["Building", "building", "tree_builder"]

# What the parser hands over is whatever the inner methods gave; the grammar is its type.
Children: TypeAlias = list[Any]

MAX_EXPONENT = 1000
MAX_WHOLE = 10**6  # years, places, offsets


@define(kw_only=True)
class Building:
    """One reading: the source that spans point into, and what was found wrong while building."""

    source: Source
    diagnostics: list[Diagnostic] = field(factory=list)


building: ContextVar[Building] = ContextVar("building")
"""The reading that is under way; set around each parse, since one parser serves them all."""


@frozen(kw_only=True)
class _Continuation:
    """What continues a statement before it: another level of `round`, another grade, the keys of `rank`."""

    value: ast.RoundAt | ast.Grade | _Order


@frozen(kw_only=True)
class _Order(ast.Node):
    keys: tuple[ast.Expr, ...]


@frozen(kw_only=True)
class _Scale(ast.Node):
    low: ast.Literal | None
    high: ast.Literal | None


@frozen(kw_only=True)
class _Ranked(ast.Node):
    value: str
    within: str | None = None
    first: str | None = None


@frozen(kw_only=True)
class _Titled:
    name: str
    title: str | None
    span: Span


@frozen(kw_only=True)
class _NodeBody:
    size: ast.Size | None
    body: tuple[ast.Statement, ...]
    span: Span


@frozen(kw_only=True)
class _Bounds:
    """The ends of a range, with the brackets or marks around them."""

    low: ast.Literal | ast.Infinity
    low_closed: bool
    high: ast.Literal | ast.Infinity
    high_closed: bool
    span: Span


@frozen(kw_only=True)
class _Unit:
    text: str | None
    span: Span


def _stated(unit: _Unit) -> ast.Text:
    """A unit behind `in`, where a plain number is a unit too."""
    return ast.Text(span=unit.span, text=unit.text or "number")


@frozen(kw_only=True)
class _Body:
    statements: tuple[ast.Statement, ...]
    span: Span


_RELATIONS = {"≥": ">=", "≤": "<=", "≠": "!="}
_READINGS = {"RATE": "rate", "SCORE_READ": "score", "RANK_READ": "rank"}
_UNIT_NAMES = {"PERCENT": "%", "PERMILLE": "‰", "PP": "pp", "POINTS": "points"}


def _span(children: Children) -> Span:
    """From the first to the last thing that was written."""
    start = end = None
    for child in children:
        if isinstance(child, lark.Token):
            start = child.start_pos
            break
        if (place := getattr(child, "span", None)) is not None:
            start = place.start
            break
    for child in reversed(children):
        if isinstance(child, lark.Token):
            end = child.end_pos
            break
        if (place := getattr(child, "span", None)) is not None:
            end = place.end
            break
    if start is None or end is None:
        raise InternalError("a rule of the grammar without any text")
    return Span(source=building.get().source, start=start, end=end)


def _is(child: Any, *types: str) -> bool:
    return isinstance(child, lark.Token) and child.type in types


def _nodes(children: Children) -> tuple[Any, ...]:
    """What inner rules gave, without tokens, gaps and what was skipped."""
    return tuple(child for child in children if child is not None and not isinstance(child, lark.Token))


def _meaning(token: lark.Token) -> str:
    return meaning_of(token.type, str(token))


class _TreeBuilder:
    """The actions of the grammar; see the module."""

    # ── file and bodies ──────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, c: Children) -> ast.RuleFile:
        keyword, name, _, year, title, _, amends, body = c
        return ast.RuleFile(
            span=_span(c),
            name=str(name),
            year=None if year is None else self._year(year),
            title=None if title is None else str(title),
            body=body.statements,
            amends=None if amends is None else self._quoted(amends),
            language="zh" if str(keyword) in WORDS["ASSESSMENT"][0].zh else "en",
        )

    def body(self, c: Children) -> _Body:
        statements: list[ast.Statement] = []
        after_mistake = False
        for item in c:
            if isinstance(item, _Continuation):
                self._continue(statements, item, silent=after_mistake)
            elif _is(item, "ERROR"):
                after_mistake = True
            elif item is not None and not isinstance(item, lark.Token):
                statements.append(item)
                after_mistake = False
        return _Body(statements=tuple(statements), span=_span(c))

    def _continue(self, statements: list[ast.Statement], item: _Continuation, *, silent: bool) -> None:
        previous = statements[-1] if statements else None
        if isinstance(previous, ast.Replace | ast.Add) and not isinstance(item.value, ast.Grade):
            # What is replaced or added goes on behind its `;` as it does elsewhere.
            inner = [previous.statement]
            self._continue(inner, item, silent=silent)
            if inner[0] is not previous.statement:
                span = Span.covering(previous.span, inner[0].span)
                statements[-1] = evolve(previous, statement=inner[0], span=span)
            return
        if isinstance(item.value, ast.Grade):
            statements.append(item.value)
            if not isinstance(previous, ast.Grade) and not silent:
                self._misplaced(item.value, "grade", "等次")
        elif isinstance(item.value, ast.RoundAt):
            if isinstance(previous, ast.Round):
                entries = (*previous.entries, item.value)
                span = Span.covering(previous.span, item.value.span)
                statements[-1] = evolve(previous, entries=entries, span=span)
            elif not silent:
                self._misplaced(item.value, "round", "修约")
        elif isinstance(previous, ast.Ranking | ast.Result) and not previous.keys:
            span = Span.covering(previous.span, item.value.span)
            statements[-1] = evolve(previous, keys=item.value.keys, span=span)
        elif not silent:
            self._misplaced(item.value, "rank", "名次")

    def _misplaced(self, node: ast.Node, en: str, zh: str) -> None:
        written = " ".join(node.span.text.split())
        building.get().diagnostics.append(
            diagnostic(
                "syntax-error",
                Phrase(
                    en=f"`{written}` continues a `{en}` statement, and none stands before it",
                    zh=f"`{written}` 是 `{zh}` 语句的后续内容，但前面没有该语句",
                ),
                node.span,
                help=Phrase(en=f"begin the statement with `{en}`", zh=f"在语句开头写 `{zh}`"),
            )
        )

    def separated(self, c: Children) -> _Continuation | None:
        found: ast.RoundAt | ast.Grade | None = c[1]
        return None if found is None else _Continuation(value=found)

    def skipped(self, c: Children) -> lark.Token:
        """What stands for a piece that was given up: a token, so nobody takes it for a node."""
        token: lark.Token = c[0]
        return token

    # ── statements of the file ───────────────────────────────────────────────────────────────────────────────────────

    def authority(self, c: Children) -> ast.Authority:
        texts = tuple(ast.Text(span=_span([t]), text=str(t)) for t in c if _is(t, "STRING"))
        return ast.Authority(span=_span(c), documents=texts)

    def total(self, c: Children) -> ast.Total:
        return ast.Total(span=_span(c), points=self._points(c[1], c[2]), up_to=c[3])

    def total_by_year(self, c: Children) -> ast.Total:
        _, kind, *entries, up_to = c
        if _meaning(kind) == "weight":
            building.get().diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en="a total has points, not a weight", zh="总分应写分值，不能写权重"),
                    _span([kind]),
                    help=Phrase(en="write `total points by year { … }`", zh="请写 `总分 分值按年度 { … }`"),
                )
            )
        return ast.Total(span=_span(c), points=None, up_to=up_to, by_year=_nodes(entries))

    def total_none(self, c: Children) -> ast.Total:
        return ast.Total(span=_span(c), points=None)

    def round(self, c: Children) -> ast.Round:
        return ast.Round(span=_span(c), entries=(self._round_at(c[1], "STAGE", c[2]),))

    def round_none(self, c: Children) -> ast.Round:
        return ast.Round(span=_span(c), entries=())

    def round_at(self, c: Children) -> ast.RoundAt:
        return self._round_at(c[0], "STAGE", c[1])

    def _round_at(self, level: lark.Token, terminal: str, rounding: ast.Rounding) -> ast.RoundAt:
        return ast.RoundAt(
            span=_span([level, rounding]), level=meaning_of(terminal, str(level)), rounding=rounding
        )

    def rounding(self, c: Children) -> ast.Rounding:
        return ast.Rounding(span=_span(c), mode=_meaning(c[0]), places=self._whole(c[2]))

    def result(self, c: Children) -> ast.ResultScale:
        _, titled, _, low, _, high, *details = c
        return self._result(c, titled, low, high, details)

    def result_unbounded(self, c: Children) -> ast.ResultScale:
        _, titled, _, _, *details = c
        return self._result(c, titled, None, None, details)

    def _result(
        self,
        c: Children,
        titled: _Titled,
        low: ast.Literal | None,
        high: ast.Literal | None,
        details: Children,
    ) -> ast.ResultScale:
        published: ast.Rounding | None = None
        ranked: ast.Word | None = None
        for detail in _nodes(details):
            if isinstance(detail, ast.Rounding):
                self._once(published, detail)
                published = detail
            else:
                self._once(ranked, detail)
                ranked = detail
        return ast.ResultScale(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            low=low,
            high=high,
            published=published,
            ranked=None if ranked is None else ranked.name,
        )

    def further_result(self, c: Children) -> ast.Result:
        _, titled, _, value, _, unit, scale, *details = c
        written = None if unit is None else ast.Text(span=unit.span, text=unit.text or "number")
        return self._further(c, titled, value, (), written, scale, details)

    def taken_again(self, c: Children) -> ast.Result:
        _, titled, _, value, _, *rest = c
        exchanges = tuple(one for one in rest if isinstance(one, ast.Exchange))
        scale = next((one for one in rest if isinstance(one, _Scale)), None)
        if not exchanges and not any(_is(one, "ERROR") for one in rest):
            building.get().diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en="nothing is put in the place of anything here", zh="此处没有代入任何数据"),
                    titled.span,
                    help=Phrase(en="write for instance `with { x: y }`", zh="例如写 `代入 { x：y }`"),
                )
            )
        return self._further(c, titled, value, exchanges, None, scale, rest)

    def _further(
        self,
        c: Children,
        titled: _Titled,
        value: ast.Expr,
        exchanges: tuple[ast.Exchange, ...],
        unit: ast.Text | None,
        scale: _Scale | None,
        details: Children,
    ) -> ast.Result:
        published: ast.Rounding | ast.Text | None = None
        ranked: _Ranked | None = None
        policies: list[ast.Policy] = []
        for detail in details:
            match detail:
                case ast.Rounding() | ast.Text():
                    self._once(published, detail)
                    published = detail
                case _Ranked():
                    self._once(ranked, detail)
                    ranked = detail
                case ast.Word():
                    self._once(ranked, detail)
                    ranked = _Ranked(span=detail.span, value=detail.name)
                case ast.Policy():
                    policies.append(detail)
                case _:
                    continue
        return ast.Result(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            value=value,
            exchanges=exchanges,
            unit=unit,
            low=None if scale is None else scale.low,
            high=None if scale is None else scale.high,
            unbounded=scale is not None and scale.low is None,
            published=published.text if isinstance(published, ast.Text) else published,
            ranked=None if ranked is None else ranked.value,
            within=None if ranked is None else ranked.within,
            first=None if ranked is None else ranked.first,
            policies=tuple(policies),
            name_span=titled.span,
        )

    def scale(self, c: Children) -> _Scale:
        return _Scale(span=_span(c), low=c[1], high=c[3])

    def unbounded(self, c: Children) -> _Scale:
        return _Scale(span=_span(c), low=None, high=None)

    def exchange(self, c: Children) -> ast.Exchange:
        return ast.Exchange(span=_span(c), name=str(c[0]), value=c[2])

    def result_policy(self, c: Children) -> ast.Policy:
        value = ast.Disposal(span=_span(c[2:]), value=_meaning(c[2]))
        return ast.Policy(span=_span(c), key=_meaning(c[0]), value=value)

    def published_as(self, c: Children) -> ast.Text:
        return ast.Text(span=_span(c), text=_meaning(c[1]))

    def ranked_further(self, c: Children) -> _Ranked:
        _, value, _, _, within, first = c
        return _Ranked(
            span=_span(c),
            value=_meaning(value),
            within=None if within is None else _meaning(within),
            first=None if first is None else _meaning(first),
        )

    def _once(self, before: ast.Node | None, now: ast.Node) -> None:
        if before is not None:
            building.get().diagnostics.append(
                diagnostic(
                    "duplicate-statement",
                    Phrase(en="this is said twice", zh="此处重复说明"),
                    now.span,
                    help=Phrase(en="keep one of them", zh="只保留一处"),
                )
            )

    def published(self, c: Children) -> ast.Rounding:
        rounding: ast.Rounding = c[1]
        return rounding

    def ranked(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name=_meaning(c[1]))

    def not_ranked(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name="none")

    def carry(self, c: Children) -> ast.Carry:
        level = None if c[1] is None else _meaning(c[1])
        return ast.Carry(span=_span(c), value=_meaning(c[2]), level=level)

    def compare(self, c: Children) -> ast.Compare:
        adjusting = None if c[2] is None else _meaning(c[2])
        return ast.Compare(span=_span(c), value=_meaning(c[1]), adjusting=adjusting)

    def policies(self, c: Children) -> ast.Policies:
        return ast.Policies(span=_span(c), entries=_nodes(c))

    def policy(self, c: Children) -> ast.Policy:
        return ast.Policy(span=_span(c), key=_meaning(c[0]), value=c[2])

    def disposal_by_word(self, c: Children) -> ast.Disposal:
        return ast.Disposal(span=_span(c), value=_meaning(c[0]))

    def disposal_by_rate(self, c: Children) -> ast.Disposal:
        literal = ast.Literal(span=_span(c), value=_decimal(str(c[0])), unit="%")
        return ast.Disposal(span=_span(c), value="rate", rate=literal)

    def disposal_by_peers(self, c: Children) -> ast.Disposal:
        return ast.Disposal(span=_span(c), value=_meaning(c[0]), within=_meaning(c[2]), otherwise=c[3])

    def disposal_by_reference(self, c: Children) -> ast.Disposal:
        return ast.Disposal(span=_span(c), value="reference", subject=c[1], otherwise=c[2])

    def or_else(self, c: Children) -> ast.Disposal:
        disposal: ast.Disposal = c[-1]
        return disposal

    def ranking(self, c: Children) -> ast.Ranking:
        return ast.Ranking(span=_span(c), within=_meaning(c[2]))

    def unranked(self, c: Children) -> ast.Ranking:
        return ast.Ranking(span=_span(c), within=None)

    def order(self, c: Children) -> _Continuation:
        return _Continuation(value=_Order(span=_span(c), keys=_nodes(c)))

    def group(self, c: Children) -> ast.Group:
        _, name, title, reference, members = c
        return ast.Group(
            span=_span(c),
            name=name.name,
            title=None if title is None else str(title),
            reference=reference is not None,
            members=() if members is None else members,
        )

    def members(self, c: Children) -> _Members:
        return _Members(member for entry in _nodes(c) for member in entry).at(_span(c))

    def member(self, c: Children) -> _Members:
        names, _, aliases = c
        members = [ast.Member(span=word.span, name=word.name) for word in names]
        if aliases is not None:
            last = members[-1]
            members[-1] = evolve(
                last,
                aliases=tuple(word.name for word in aliases),
                span=Span.covering(last.span, aliases.span),
            )
        return _Members(members).at(_span(c))

    member_names = member

    def region_class(self, c: Children) -> ast.RegionClass:
        _, name, title, members = c
        return ast.RegionClass(
            span=_span(c),
            name=str(name),
            title=None if title is None else str(title),
            members=members,
            name_span=_span([name]),
        )

    def department(self, c: Children) -> ast.Department:
        _, titled, _, before, _, since = c
        return ast.Department(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            before=() if before is None else tuple(before),
            since=None if since is None else self._day(since),
        )

    # ── inputs and measures ──────────────────────────────────────────────────────────────────────────────────────────

    def input(self, c: Children) -> ast.Input:
        _, titled, form, attributes = c
        return ast.Input(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            form=form,
            attributes=() if attributes is None else attributes,
            name_span=titled.span,
        )

    def measured(self, c: Children) -> ast.Measured:
        return ast.Measured(span=_span(c), unit=c[1].text)

    def yes_no(self, c: Children) -> ast.YesNo:
        return ast.YesNo(span=_span(c))

    def choice(self, c: Children) -> ast.Choice:
        return ast.Choice(span=_span(c), levels=tuple(word.name for word in c[1]))

    def ratings(self, c: Children) -> ast.Ratings:
        return ast.Ratings(span=_span(c), low=c[1], high=c[3])

    def events(self, c: Children) -> ast.Events:
        return ast.Events(span=_span(c), levels=tuple(word.name for word in c[2]))

    def attributes(self, c: Children) -> _Members:
        return _Members(_nodes(c)).at(_span(c))

    def lag(self, c: Children) -> ast.Lag | lark.Token:
        years = self._whole_or_none(c[1])
        # What is no whole number was reported, and leaves no attribute behind.
        return c[0] if years is None else ast.Lag(span=_span(c), years=years)

    def published_to(self, c: Children) -> ast.PublishedTo | lark.Token:
        places = self._whole_or_none(c[1])
        return c[0] if places is None else ast.PublishedTo(span=_span(c), places=places)

    def supplied_by(self, c: Children) -> ast.From:
        return ast.From(span=_span(c), departments=tuple(c[1]))

    def range_above(self, c: Children) -> ast.Range:
        relation, bound = self._relation(c[1]), c[2]
        if relation == "!=":
            building.get().diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en="a range cannot be written with `!=`", zh="范围不能用 `!=` 表示"),
                    _span([c[1]]),
                    help=Phrase(
                        en="write `>=`, `>`, `<=`, `<`, or `0 to 100`",
                        zh="请写 `>=`、`>`、`<=`、`<` 或 `0 到 100`",
                    ),
                )
            )
            return ast.Range(span=_span(c))
        closed = relation in (">=", "<=")
        if relation in (">=", ">"):
            return ast.Range(span=_span(c), low=bound, low_closed=closed)
        return ast.Range(span=_span(c), high=bound, high_closed=closed)

    def range_closed(self, c: Children) -> ast.Range:
        return ast.Range(span=_span(c), low=c[1], high=c[3])

    def range_interval(self, c: Children) -> ast.Range:
        bounds: _Bounds = c[1]
        low = None if isinstance(bounds.low, ast.Infinity) else bounds.low
        high = None if isinstance(bounds.high, ast.Infinity) else bounds.high
        return ast.Range(
            span=_span(c),
            low=low,
            low_closed=low is None or bounds.low_closed,
            high=high,
            high_closed=high is None or bounds.high_closed,
        )

    def basis(self, c: Children) -> ast.Basis:
        return ast.Basis(span=_span(c), text=str(c[1]))

    def alias(self, c: Children) -> ast.Alias:
        return ast.Alias(span=_span(c), names=tuple(word.name for word in c[1]))

    def evidence(self, c: Children) -> ast.Evidence:
        what = "reason" if _is(c[0], "REASON") else c[1].name
        lapses = _is(c[-1], "OR_NOT_COUNTED")
        required = c[-1] is not None and not lapses
        return ast.Evidence(span=_span(c), what=what, required=required, or_not_counted=lapses)

    def row_field(self, c: Children) -> ast.RowField:
        _, titled, form, required = c
        return ast.RowField(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            form=form,
            required=required is not None,
            name_span=titled.span,
        )

    def dated(self, c: Children) -> ast.Dated:
        return ast.Dated(span=_span(c))

    def texted(self, c: Children) -> ast.Texted:
        return ast.Texted(span=_span(c))

    def named_region(self, c: Children) -> ast.NamedRegion:
        return ast.NamedRegion(span=_span(c))

    def no_rows(self, c: Children) -> ast.NoRows:
        return ast.NoRows(span=_span(c), status=_meaning(c[1]))

    def counts_as(self, c: Children) -> ast.CountsAs:
        return ast.CountsAs(span=_span(c), status=_meaning(c[0]), value=c[2])

    def code(self, c: Children) -> ast.Code:
        return ast.Code(span=_span(c), text=str(c[1]), status=_meaning(c[3]))

    def kind(self, c: Children) -> ast.Kind:
        return ast.Kind(span=_span(c), kind=_meaning(c[1]))

    def answer(self, c: Children) -> ast.Name:
        return ast.Name(span=_span(c), name=_meaning(c[0]))

    def let(self, c: Children) -> ast.Let:
        _, titled, _, value, _, unit = c
        return ast.Let(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            value=value,
            unit=None if unit is None else _stated(unit),
            name_span=titled.span,
        )

    def method(self, c: Children) -> ast.Method:
        return ast.Method(
            span=_span(c),
            name=c[1].name,
            title=c[1].title,
            parameters=tuple(child for child in c if isinstance(child, ast.Parameter)),
            value=c[-1],
            name_span=c[1].span,
        )

    def parameter(self, c: Children) -> ast.Parameter:
        name, _, unit, _, default = c
        return ast.Parameter(
            span=_span(c), name=str(name), unit=None if unit is None else _stated(unit), default=default
        )

    def data_table(self, c: Children) -> ast.DataTable:
        _, titled, key, _, unit, *rest = c
        return ast.DataTable(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            by=_meaning(key),
            unit=None if unit is None else _stated(unit),
            rows=_nodes(rest),
            name_span=titled.span,
        )

    def data_row(self, c: Children) -> ast.DataRow:
        return ast.DataRow(span=_span(c), key=c[0], value=c[2])

    def targets(self, c: Children) -> ast.Targets:
        _, scope, measure, *rest = c
        return ast.Targets(
            span=_span(c),
            scope=scope,
            measure=ast.Word(span=_span([measure]), name=str(measure)),
            entries=_nodes(rest),
        )

    def target(self, c: Children) -> ast.YearEntry:
        return ast.YearEntry(span=_span(c), year=self._year(c[0]), value=c[2])

    # ── what an indicator says of itself ─────────────────────────────────────────────────────────────────────────────

    def by(self, c: Children) -> ast.Responsible:
        return ast.Responsible(span=_span(c), departments=tuple(c[1]))

    def cite(self, c: Children) -> ast.Cite:
        return ast.Cite(span=_span(c), document=str(c[1]))

    def cite_item(self, c: Children) -> ast.Cite:
        return ast.Cite(span=_span(c), document=str(c[1]), item=c[3].name)

    def applies(self, c: Children) -> ast.Applies:
        when = next((i for i, child in enumerate(c) if _is(child, "WHEN")), None)
        then = c[-1]
        return ast.Applies(
            span=_span(c),
            applies=_is(c[0], "APPLIES"),
            groups=tuple(child for child in c[1:-4] if isinstance(child, ast.Word)),
            condition=None if when is None else c[when + 1],
            then=then,
        )

    def assume(self, c: Children) -> ast.Assume:
        return ast.Assume(span=_span(c), text=str(c[1]))

    def left_out(self, c: Children) -> ast.LeftOut:
        return ast.LeftOut(span=_span(c), text=str(c[1]))

    def finding(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name="-".join(str(word) for word in c if not _is(word, "MINUS")))

    def allow(self, c: Children) -> ast.Allow:
        return ast.Allow(span=_span(c), code=c[1], names=tuple(c[2] or ()), reason=str(c[3]))

    # ── the nodes that are scored ────────────────────────────────────────────────────────────────────────────────────

    def join(self, c: Children) -> ast.Join:
        return ast.Join(span=_span(c), method=_meaning(c[1]))

    def score(self, c: Children) -> ast.Score:
        return ast.Score(span=_span(c), value=c[2])

    def default(self, c: Children) -> ast.Default:
        return ast.Default(span=_span(c), value=c[-1])

    def measure(self, c: Children) -> ast.Measure:
        _, _, value, _, direction = c
        return ast.Measure(
            span=_span(c), value=value, direction=None if direction is None else _meaning(direction)
        )

    def sizes_from(self, c: Children) -> ast.SizesFrom:
        return ast.SizesFrom(
            span=_span(c), size=_meaning(c[0]), table=ast.Word(span=_span(c[1:]), name=str(c[1]))
        )

    def part(self, c: Children) -> ast.Part:
        _, titled, node = c
        return ast.Part(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            size=node.size,
            body=node.body,
            name_span=titled.span,
        )

    def indicator(self, c: Children) -> ast.Indicator:
        _, number, key, title, node = c
        return ast.Indicator(
            span=_span(c),
            number=number.name,
            key=key is not None,
            title=None if title is None else str(title),
            size=node.size,
            body=node.body,
            name_span=number.span,
        )

    def category(self, c: Children) -> ast.Category:
        _, titled, node = c
        return ast.Category(
            span=_span(c),
            name=titled.name,
            title=titled.title,
            size=node.size,
            body=node.body,
            name_span=titled.span,
        )

    def node(self, c: Children) -> _NodeBody:
        size, body = c
        return _NodeBody(size=size, body=body.statements, span=_span(c))

    def points(self, c: Children) -> ast.Size:
        return ast.Size(span=_span(c), points=self._points(c[0], c[1]), up_to=c[2])

    def weight(self, c: Children) -> ast.Size:
        return ast.Size(span=_span(c), weight=c[1], up_to=c[2])

    def sized_by_year(self, c: Children) -> ast.Size:
        kind, *entries, up_to = c
        return ast.Size(span=_span(c), kind=_meaning(kind), by_year=_nodes(entries), up_to=up_to)

    def sized_by_group(self, c: Children) -> ast.Size:
        _, *entries, up_to = c
        return ast.Size(span=_span(c), by_group=_nodes(entries), up_to=up_to)

    def of_group(self, c: Children) -> ast.GroupEntry:
        return ast.GroupEntry(span=_span(c), group=c[0], value=c[2])

    def not_of_group(self, c: Children) -> ast.GroupEntry:
        return ast.GroupEntry(span=_span(c), group=c[0], value=None)

    def in_force_within(self, c: Children) -> ast.InForce:
        return ast.InForce(span=_span(c), first=self._year(c[2]), last=self._year(c[4]))

    def in_force_since(self, c: Children) -> ast.InForce:
        return ast.InForce(span=_span(c), first=self._year(c[2]))

    def in_force_until(self, c: Children) -> ast.InForce:
        return ast.InForce(span=_span(c), last=self._year(c[2]))

    def valid_within(self, c: Children) -> ast.Valid:
        return ast.Valid(span=_span(c), first=self._day(c[2]), last=self._day(c[4]))

    def valid_since(self, c: Children) -> ast.Valid:
        return ast.Valid(span=_span(c), first=self._day(c[2]))

    def valid_until(self, c: Children) -> ast.Valid:
        return ast.Valid(span=_span(c), last=self._day(c[2]))

    def succession(self, c: Children) -> ast.Succession:
        return ast.Succession(span=_span(c), name=c[1], before=c[3], since=self._day(c[5]))

    # ── what changes against an earlier file ─────────────────────────────────────────────────────────────────────────

    def indicator_reference(self, c: Children) -> ast.Reference:
        parts = tuple(str(token).removeprefix(".") for token in c[2:] if token is not None)
        return ast.Reference(span=_span(c), kind="indicator", name=c[1].name, parts=parts)

    def reference_to(self, c: Children) -> ast.Reference:
        kind = "method" if _is(c[0], "METHOD_WORD") else c[0].type.lower()
        name = c[1].name if isinstance(c[1], ast.Word) else str(c[1])
        return ast.Reference(span=_span(c), kind=kind, name=name)

    def targets_reference(self, c: Children) -> ast.Reference:
        return ast.Reference(span=_span(c), kind="targets", name=str(c[2]), scope=c[1].name)

    def changed_size(self, c: Children) -> ast.Literal:
        number, unit = c
        named = None if unit is None else _UNIT_NAMES[unit.type]
        return ast.Literal(span=_span(c), value=_decimal(str(number)), unit=named)

    def sizes_change(self, c: Children) -> ast.ChangeSize:
        kind, _, old, _, new, up_to = c
        return ast.ChangeSize(
            span=_span(c),
            of=None,
            kind="weight" if _is(kind, "WEIGHT") else "points",
            old=old,
            new=new,
            up_to=up_to,
        )

    def change_size(self, c: Children) -> ast.ChangeSize:
        changed: ast.ChangeSize = c[2]
        return evolve(changed, of=c[1], span=_span(c))

    def change_total(self, c: Children) -> ast.ChangeSize:
        changed: ast.ChangeSize = c[2]
        return evolve(changed, span=_span(c))

    def change_title(self, c: Children) -> ast.ChangeTitle:
        _, of, _, _, old, _, new = c
        return ast.ChangeTitle(
            span=_span(c), of=of, old=None if old is None else self._quoted(old), new=self._quoted(new)
        )

    def change_statement(self, c: Children) -> ast.Change:
        return ast.Change(span=_span(c), of=c[1], body=(c[2],))

    def change_body(self, c: Children) -> ast.Change:
        return ast.Change(span=_span(c), of=c[1], body=c[2].statements)

    def change_input(self, c: Children) -> ast.ChangeInput:
        of = ast.Reference(span=_span(c[1:3]), kind="input", name=str(c[2]))
        return ast.ChangeInput(span=_span(c), of=of, attributes=tuple(c[3]))

    def change_policies(self, c: Children) -> ast.ChangePolicies:
        return ast.ChangePolicies(span=_span(c), entries=c[1].entries)

    def replace(self, c: Children) -> ast.Replace:
        return ast.Replace(span=_span(c), statement=c[1])

    def add(self, c: Children) -> ast.Add:
        return ast.Add(span=_span(c), statement=c[1])

    def add_at(self, c: Children) -> ast.Add:
        into, side, beside = c[2]
        return ast.Add(span=_span(c), statement=c[1], into=into, side=side, beside=beside)

    def add_region(self, c: Children) -> ast.AddRegion:
        _, _, members, _, group, name, side = c
        of = ast.Reference(span=_span([group, name]), kind="group", name=name.name)
        _, which, beside = (None, None, None) if side is None else side
        return ast.AddRegion(span=_span(c), members=tuple(members), group=of, side=which, beside=beside)

    def position(self, c: Children) -> _Members:
        _, into, side = c
        return _Members((into, None, None) if side is None else (into, *side[1:])).at(_span(c))

    def beside(self, c: Children) -> _Members:
        found: _Members = c[0]
        return found

    def side(self, c: Children) -> _Members:
        return _Members((None, "after" if _is(c[0], "AFTER") else "before", c[1])).at(_span(c))

    def remove(self, c: Children) -> ast.Remove:
        return ast.Remove(span=_span(c), what=c[1])

    remove_statement = remove

    def remove_kind(self, c: Children) -> ast.Remove:
        return ast.Remove(span=_span(c), what=ast.Word(span=_span(c[1:]), name=c[1].type))

    def renumber(self, c: Children) -> ast.Renumber:
        of = ast.Reference(span=_span(c[1:3]), kind="indicator", name=c[2].name)
        return ast.Renumber(span=_span(c), of=of, new=c[4])

    def retarget(self, c: Children) -> ast.Retarget:
        _, scope, measure, *rest = c
        of = ast.Reference(span=_span(c[1:3]), kind="targets", name=str(measure), scope=scope.name)
        return ast.Retarget(span=_span(c), of=of, entries=_nodes(rest))

    def changed_target(self, c: Children) -> ast.ChangedTarget:
        year, _, _, old, _, new = c
        return ast.ChangedTarget(span=_span(c), year=self._year(year), old=old, new=new)

    def adjustment(self, c: Children) -> ast.Adjustment:
        _, titled, up_to, body = c
        return ast.Adjustment(
            span=_span(c),
            kind="bonus" if _is(c[0], "BONUS") else "deduction",
            name=titled.name,
            title=titled.title,
            up_to=up_to,
            body=body.statements,
            name_span=titled.span,
        )

    def adjustment_cap(self, c: Children) -> ast.AdjustmentCap:
        return ast.AdjustmentCap(
            span=_span(c), kind="bonus" if _is(c[0], "BONUSES") else "deduction", up_to=c[1]
        )

    def cap_order(self, c: Children) -> ast.CapOrder:
        return ast.CapOrder(span=_span(c), when=_meaning(c[1]))

    def rescale(self, c: Children) -> ast.Rescale:
        return ast.Rescale(span=_span(c), within=_meaning(c[2]), keep=c[3] is not None)

    def ceiling_points(self, c: Children) -> ast.Literal:
        return self._points(c[1], c[2])

    def ceiling_share(self, c: Children) -> ast.Literal:
        return ast.Literal(span=_span(c[1:]), value=_decimal(str(c[1])), unit="%")

    def ceiling_none(self, c: Children) -> ast.Infinity:
        return ast.Infinity(span=_span(c[1:]))

    def coverage(self, c: Children) -> ast.Coverage:
        _, _, (least, parts), of, by, _, exempt, _, then = c
        return ast.Coverage(
            span=_span(c),
            least=least,
            parts=parts,
            of=_meaning(of),
            by=_meaning(by),
            exempt=_meaning(exempt),
            then=then,
        )

    def covered_percent(self, c: Children) -> _Members:
        literal = ast.Literal(span=_span(c), value=_decimal(str(c[0])), unit="%")
        return _Members((literal, None)).at(_span(c))

    def covered_parts(self, c: Children) -> _Members:
        least, parts = (ast.Literal(span=_span([t]), value=_decimal(str(t))) for t in (c[0], c[2]))
        return _Members((least, parts)).at(_span(c))

    def estimate(self, c: Children) -> ast.Estimate:
        name, fields = c[1], c[-1]
        return ast.Estimate(
            span=_span(c),
            name=ast.Word(span=_span([name]), name=str(name)),
            value=c[3],
            statuses=tuple(_meaning(token) for token in c if _is(token, "STATUS")),
            fields=None if fields is None or not _is(fields, "IN_FIELDS") else _meaning(fields),
        )

    def floor(self, c: Children) -> ast.Floor:
        return ast.Floor(span=_span(c), value=c[1])

    def floor_none(self, c: Children) -> ast.Floor:
        return ast.Floor(span=_span(c), value=None)

    def joined_body(self, c: Children) -> _Body:
        join = ast.Join(span=_span(c[:2]), method=_meaning(c[1]))
        return _Body(statements=(join, *c[2].statements), span=_span(c))

    def scored_body(self, c: Children) -> _Body:
        return _Body(statements=(ast.Score(span=_span(c), value=c[1]),), span=_span(c))

    def measured_body(self, c: Children) -> _Body:
        return _Body(statements=(c[0],), span=_span(c))

    def grade(self, c: Children) -> ast.Grade:
        return self._grade(c[1].name, c)

    def grade_next(self, c: Children) -> ast.Grade:
        return self._grade(str(c[0]), c)

    def _grade(self, name: str, c: Children) -> ast.Grade:
        test, condition, quota = c[-1]
        op, bound = test
        return ast.Grade(span=_span(c), name=name, op=op, bound=bound, condition=condition, quota=quota)

    def grade_rule(self, c: Children) -> _Members:
        when = next((place for place, child in enumerate(c) if _is(child, "WHEN")), None)
        quota = next((child for child in c if isinstance(child, ast.Quota)), None)
        return _Members([c[0], None if when is None else c[when + 1], quota]).at(_span(c))

    def quota(self, c: Children) -> ast.Quota:
        words = {kind: token for kind in ("MODE", "AT_LINE", "IN_ORDER") for token in c if _is(token, kind)}
        return ast.Quota(
            span=_span(c),
            size=next(child for child in c if isinstance(child, ast.Literal)),
            within=next(child for child in c if isinstance(child, ast.Word)),
            mode=_meaning(words["MODE"]) if "MODE" in words else None,
            ties=_meaning(words["AT_LINE"]) if "AT_LINE" in words else None,
            by=tuple(child for child in c if isinstance(child, ast.ChosenBy)),
            ordered="IN_ORDER" in words,
        )

    def quota_field(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name=_meaning(c[0]) if _is(c[0], "FIELD") else str(c[0]))

    def chosen_by(self, c: Children) -> ast.ChosenBy:
        return ast.ChosenBy(span=_span(c), value=c[1], first=None if c[2] is None else _meaning(c[2]))

    def quota_size(self, c: Children) -> ast.Literal:
        unit = "%" if len(c) > 1 and _is(c[1], "PERCENT") else None
        return ast.Literal(span=_span(c), value=_decimal(str(c[0])), unit=unit)

    def grade_test(self, c: Children) -> _Members:
        return _Members([None, None] if len(c) == 1 else [self._relation(c[0]), c[1]]).at(_span(c))

    def limit(self, c: Children) -> ast.Limit:
        return ast.Limit(span=_span(c), condition=c[2], at_most=c[-1])

    # ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def example(self, c: Children) -> ast.Example:
        return ast.Example(span=_span(c), title=str(c[1]), items=_nodes(c))

    def given(self, c: Children) -> ast.Given:
        _, region, year, *rest = c
        return ast.Given(
            span=_span(c),
            region=region,
            year=None if year is None else self._year(year),
            cells=_nodes(rest),
        )

    def given_file(self, c: Children) -> ast.GivenFile:
        return ast.GivenFile(span=_span(c), path=str(c[2]))

    def cell(self, c: Children) -> ast.GivenCell:
        return ast.GivenCell(span=_span(c), name=self._named(c[0]), values=_nodes(c[1:]))

    def absent_cell(self, c: Children) -> ast.GivenCell:
        return ast.GivenCell(span=_span(c), name=self._named(c[0]), status=_meaning(c[1]))

    def empty_cell(self, c: Children) -> ast.GivenCell:
        return ast.GivenCell(span=_span(c), name=self._named(c[0]), status="none")

    def cell_of_rows(self, c: Children) -> ast.GivenCell:
        return ast.GivenCell(span=_span(c), name=self._named(c[0]), rows=_nodes(c[1:]))

    def event(self, c: Children) -> ast.GivenRow:
        return ast.GivenRow(span=_span(c), value=c[0], fields=_nodes(c[1:]))

    def event_field(self, c: Children) -> ast.GivenField:
        return ast.GivenField(span=_span(c), name=self._named(c[0]), value=c[2])

    def absent_field(self, c: Children) -> ast.GivenField:
        return ast.GivenField(span=_span(c), name=self._named(c[0]), value=None, status=_meaning(c[2]))

    def expect(self, c: Children) -> ast.Expect:
        return ast.Expect(span=_span(c), claims=_nodes(c))

    def claim(self, c: Children) -> ast.Claim:
        region, year, found = c
        claimed: ast.Claim = found
        return evolve(claimed, span=_span(c), region=region, year=None if year is None else self._year(year))

    def claimed_value(self, c: Children) -> ast.Claim:
        return ast.Claim(span=_span(c), what="value", left=c[0], op=c[1].name, right=c[2])

    def claimed_status(self, c: Children) -> ast.Claim:
        return ast.Claim(span=_span(c), what="status", left=c[0], status=_meaning(c[1]))

    def claimed_grade(self, c: Children) -> ast.Claim:
        return ast.Claim(span=_span(c), what="grade", word=c[2])

    def claimed_mark(self, c: Children) -> ast.Claim:
        return ast.Claim(span=_span(c), what="mark", word=self._named(c[-1]), held=c[0] is None)

    def claimed_rank(self, c: Children) -> ast.Claim:
        field = next((_meaning(one) for one in c if _is(one, "FIELD")), None)
        return ast.Claim(span=_span(c), what="rank", within=field, place=_decimal(str(c[-1])))

    def claimed_adjustment(self, c: Children) -> ast.AdjustmentOf:
        kind = "bonus" if _is(c[0], "BONUS") else "deduction"
        return ast.AdjustmentOf(span=_span(c), kind=kind, name=str(c[1]))

    def _named(self, token: lark.Token) -> ast.Word:
        return ast.Word(span=_span([token]), name=str(token))

    def veto(self, c: Children) -> ast.Veto:
        titled: _Titled = c[1]
        effects = tuple(child for child in c[4:] if isinstance(child, ast.Effect))
        return ast.Veto(span=_span(c), name=titled.name, title=titled.title, condition=c[3], effects=effects)

    def zeroed(self, c: Children) -> ast.ZeroScore:
        if _is(c[0], "TOTAL"):
            return ast.ZeroScore(span=_span(c), node="total")
        if _is(c[0], "CATEGORY"):
            return ast.ZeroScore(span=_span(c), node="category", reference=str(c[1]))
        number = c[1].name if c[2] is None else f"{c[1].name}{c[2]}"
        return ast.ZeroScore(span=_span(c), node="indicator", reference=number)

    def grade_is(self, c: Children) -> ast.HoldGrade:
        return ast.HoldGrade(span=_span(c), grade=c[-1], at_most=False)

    def grade_at_most(self, c: Children) -> ast.HoldGrade:
        return ast.HoldGrade(span=_span(c), grade=c[-1], at_most=True)

    def grade_lowered(self, c: Children) -> ast.LowerGrade:
        return ast.LowerGrade(span=_span(c), by=_decimal(str(c[-1])))

    def barred(self, c: Children) -> ast.Bar:
        return ast.Bar(span=_span(c), what=self._named(c[1]), quoted=True)

    def barred_from(self, c: Children) -> ast.Bar:
        return ast.Bar(span=_span(c), what=self._named(c[1]))

    def barred_from_all(self, c: Children) -> ast.Bar:
        return ast.Bar(span=_span(c), what=None)

    def mark(self, c: Children) -> ast.Mark:
        titled: _Titled = c[1]
        when = next((place for place, child in enumerate(c) if _is(child, "WHEN")), None)
        quota = next((child for child in c if isinstance(child, ast.Quota)), None)
        condition = None if when is None else c[when + 1]
        return ast.Mark(span=_span(c), name=titled.name, title=titled.title, condition=condition, quota=quota)

    def out_of_ranking(self, c: Children) -> ast.Unrank:
        return ast.Unrank(span=_span(c))

    # ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────

    def expr(self, c: Children) -> ast.Logical:
        return ast.Logical(span=_span(c), op="or", operands=tuple(c[::2]))

    def conjunction(self, c: Children) -> ast.Logical:
        return ast.Logical(span=_span(c), op="and", operands=tuple(c[::2]))

    def negation(self, c: Children) -> ast.Not:
        return ast.Not(span=_span(c), operand=c[1])

    def test(self, c: Children) -> ast.Comparison:
        return ast.Comparison(span=_span(c), op=c[1].name, left=c[0], right=c[2])

    def between(self, c: Children) -> ast.Between:
        return ast.Between(span=_span(c), value=c[0], low=c[2], high=c[4])

    def in_year(self, c: Children) -> ast.InYear:
        return ast.InYear(span=_span(c), value=c[0], offset=0 if _meaning(c[1]) == "this year" else -1)

    def is_status(self, c: Children) -> ast.Is:
        return ast.Is(span=_span(c), status=_meaning(c[0]), operand=c[1])

    def marked(self, c: Children) -> ast.Marked:
        return ast.Marked(span=_span(c), name=self._named(c[1]))

    def quantified(self, c: Children) -> ast.Quantified:
        quantifier, subjects, reading, taken, relation, right = c
        return ast.Quantified(
            span=_span(c),
            quantifier=_meaning(quantifier),
            subjects=subjects.name,
            reading="score" if _is(reading, "SCORE") else reading.name,
            op=relation.name,
            right=right,
            taken=None if taken is None else _meaning(taken),
        )

    def counted(self, c: Children) -> ast.Quantified:
        counted, count, _, *rest = c
        return evolve(self.quantified([counted, *rest]), span=_span(c), count=_decimal(str(count)))

    def subjects(self, c: Children) -> ast.Word:
        names = {"INDICATOR": "indicator", "CATEGORY": "category"}
        return ast.Word(span=_span(c), name=names.get(c[0].type, "key indicator"))

    def reading(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name=_READINGS[c[0].type])

    def sum(self, c: Children) -> ast.Sum:
        terms = [ast.Term(span=_span(c[:1]), sign=1, value=c[0])]
        for operator, value in zip(c[1::2], c[2::2], strict=True):
            sign = 1 if _is(operator, "PLUS") else -1
            terms.append(ast.Term(span=_span([operator, value]), sign=sign, value=value))
        return ast.Sum(span=_span(c), terms=tuple(terms))

    def product(self, c: Children) -> ast.Product:
        factors = [ast.Factor(span=_span(c[:1]), op="*", value=c[0])]
        for operator, value in zip(c[1::2], c[2::2], strict=True):
            op = "*" if _is(operator, "STAR") else "/"
            factors.append(ast.Factor(span=_span([operator, value]), op=op, value=value))
        return ast.Product(span=_span(c), factors=tuple(factors))

    def unary(self, c: Children) -> ast.Expr:
        operand = c[1]
        # `-5` is a number; `-x` and `-(5 + 1)` are operations.
        if isinstance(operand, ast.Literal):
            return evolve(operand, value=-operand.value, span=_span(c))
        if isinstance(operand, ast.Infinity):
            return evolve(operand, sign=-operand.sign, span=_span(c))
        return ast.Negate(span=_span(c), operand=operand)

    def power(self, c: Children) -> ast.Power:
        base, _, minus, number = c
        exponent = self._whole(number, MAX_EXPONENT)
        return ast.Power(span=_span(c), base=base, exponent=exponent if minus is None else -exponent)

    def earlier(self, c: Children) -> ast.Earlier:
        operand, _, minus, number, _ = c
        offset = self._whole(number)
        return ast.Earlier(span=_span(c), operand=operand, offset=offset if minus is None else -offset)

    def infinity(self, c: Children) -> ast.Infinity:
        return ast.Infinity(span=_span(c), sign=1)

    def negative_infinity(self, c: Children) -> ast.Infinity:
        return ast.Infinity(span=_span(c), sign=-1)

    def string(self, c: Children) -> ast.String:
        return ast.String(span=_span(c), text=str(c[0]))

    def name(self, c: Children) -> ast.Name:
        return ast.Name(span=_span(c), name=str(c[0]))

    def it(self, c: Children) -> ast.It:
        return ast.It(span=_span(c))

    def its_direction(self, c: Children) -> ast.ItsDirection:
        return ast.ItsDirection(span=_span(c))

    def date(self, c: Children) -> ast.Date:
        return ast.Date(span=_span(c), day=self._day(c[0]))

    def _day(self, token: lark.Token) -> dt.date:
        """A day; one that no calendar has is reported."""
        year, month, day = (int(part) for part in re.split(r"[^0-9]+", str(token).rstrip("日")))
        try:
            return dt.date(year, month, day)
        except ValueError:
            building.get().diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en=f"there is no day `{token}`", zh=f"没有 `{token}` 这一天"),
                    _span([token]),
                    help=Phrase(en="write a day such as `2018-12-31`", zh="请写日期，如 `2018-12-31`"),
                )
            )
            return dt.date.min

    def _quoted(self, token: lark.Token) -> ast.Text:
        return ast.Text(span=_span([token]), text=str(token))

    def field_of(self, c: Children) -> ast.FieldOf:
        rows = ast.Name(span=_span(c[:1]), name=str(c[0]))
        return ast.FieldOf(span=_span(c), rows=rows, field=str(c[2]))

    def own_region(self, c: Children) -> ast.OwnRegion:
        return ast.OwnRegion(span=_span(c))

    def grouped(self, c: Children) -> ast.Expr:
        # The brackets are no node, but part of the text: a formula is quoted with them.
        inner: ast.Expr = evolve(c[1], span=_span(c))
        return inner

    def score_of(self, c: Children) -> ast.ScoreOf:
        names = {
            "TOTAL": "total",
            "KEY_TOTAL": "key total",
            "INDICATOR": "indicator",
            "CATEGORY": "category",
            "RESULT": "result",
        }
        reference: str | None = None
        if _is(c[0], "INDICATOR"):
            reference = c[1].name if c[2] is None else f"{c[1].name}{c[2]}"
        elif _is(c[0], "CATEGORY", "RESULT"):
            reference = str(c[1])
        reading, taken = c[-2:]
        return ast.ScoreOf(
            span=_span(c),
            node=names[c[0].type],
            reference=reference,
            reading="score" if reading is None else reading.name,
            taken=None if taken is None else _meaning(taken),
        )

    def call(self, c: Children) -> ast.Call:
        arguments = tuple(child for child in c if isinstance(child, ast.Argument))
        return self._call(c, arguments, c[-1])

    def call_of_table(self, c: Children) -> ast.Call:
        return self._call(c, (), c[1])

    def _call(self, c: Children, arguments: tuple[ast.Argument, ...], table: ast.Table | None) -> ast.Call:
        return ast.Call(
            span=_span(c), name=str(c[0]), arguments=arguments, table=table, name_span=_span(c[:1])
        )

    def argument(self, c: Children) -> ast.Argument:
        return ast.Argument(span=_span(c), name=None, value=c[0])

    def named_argument(self, c: Children) -> ast.Argument:
        return ast.Argument(span=_span(c), name=str(c[0]), value=c[2])

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def table(self, c: Children) -> ast.Table:
        return ast.Table(span=_span(c), rows=_nodes(c))

    def compare_row(self, c: Children) -> ast.CompareRow:
        return ast.CompareRow(span=_span(c), op=c[0].name, bound=c[1], value=c[3])

    def range_row(self, c: Children) -> ast.RangeRow:
        bounds: _Bounds = c[0]
        return ast.RangeRow(
            span=_span(c),
            low=bounds.low,
            low_closed=bounds.low_closed,
            high=bounds.high,
            high_closed=bounds.high_closed,
            value=c[2],
        )

    def key_row(self, c: Children) -> ast.KeyRow:
        return ast.KeyRow(span=_span(c), key=c[0], value=c[2], up_to=c[4])

    def each_row(self, c: Children) -> ast.KeyRow:
        return ast.KeyRow(span=_span(c), key=c[1], value=c[3], each=True, up_to=c[5])

    def cap_row(self, c: Children) -> ast.CapRow:
        return ast.CapRow(span=_span(c), key=c[0], most=c[3])

    def otherwise_row(self, c: Children) -> ast.OtherwiseRow:
        return ast.OtherwiseRow(span=_span(c), value=c[2])

    def interval(self, c: Children) -> _Bounds:
        opening, low, _, high, closing, unit = c
        return self._bounds(c, low, _is(opening, "LSQB"), high, _is(closing, "RSQB"), unit)

    def marked_range(self, c: Children) -> _Bounds:
        low, low_mark, _, high, high_mark, unit = c
        return self._bounds(c, low, _is(low_mark, "INCLUDED"), high, _is(high_mark, "INCLUDED"), unit)

    def _bounds(
        self,
        c: Children,
        low: ast.Literal | ast.Infinity,
        low_closed: bool,
        high: ast.Literal | ast.Infinity,
        high_closed: bool,
        unit: _Unit | None,
    ) -> _Bounds:
        if unit is not None:
            low, high = _with_unit(low, unit), _with_unit(high, unit)
        return _Bounds(low=low, low_closed=low_closed, high=high, high_closed=high_closed, span=_span(c))

    # ── small things ─────────────────────────────────────────────────────────────────────────────────────────────────

    def literal(self, c: Children) -> ast.Literal:
        number, unit = c
        return ast.Literal(
            span=_span(c), value=_decimal(str(number)), unit=None if unit is None else unit.text
        )

    def negative(self, c: Children) -> ast.Literal:
        literal: ast.Literal = c[1]
        return evolve(literal, value=-literal.value, span=_span(c))

    def only(self, c: Children) -> Any:
        return c[0]

    def unit(self, c: Children) -> _Unit:
        token = c[0]
        if token.type == "UNIT":
            text: str | None = str(token)
        else:
            text = _UNIT_NAMES.get(token.type)
        return _Unit(text=text, span=_span(c))

    def relation(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name=self._relation(c[0]))

    def number(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name=str(c[0]))

    reference = word = number

    def everywhere(self, c: Children) -> ast.Word:
        return ast.Word(span=_span(c), name=_meaning(c[0]))

    def titled(self, c: Children) -> _Titled:
        name, title = c
        return _Titled(name=str(name), title=None if title is None else str(title), span=_span(c[:1]))

    def words(self, c: Children) -> _Members:
        return _Members(_nodes(c)).at(_span(c))

    def names(self, c: Children) -> _Members:
        found = [ast.Word(span=_span([t]), name=str(t)) for t in c if _is(t, "NAME")]
        return _Members(found).at(_span(c))

    def _relation(self, token: lark.Token) -> str:
        return _RELATIONS.get(str(token), str(token))

    def _points(self, number: lark.Token, unit: lark.Token) -> ast.Literal:
        return ast.Literal(span=_span([number, unit]), value=_decimal(str(number)), unit="points")

    def _year(self, token: lark.Token) -> int:
        """A year of four digits: 18 is no short way to write 2018."""
        value = _decimal(str(token))
        if value.denominator == 1 and 1000 <= value <= 9999:
            return value.numerator
        text = Phrase(
            en=f"`{token}` should be a year of four digits here", zh=f"`{token}` 此处应为四位数字的年份"
        )
        building.get().diagnostics.append(diagnostic("syntax-error", text, _span([token])))
        return 0

    def _whole(self, token: lark.Token, most: int = MAX_WHOLE) -> int:
        """A whole number of a sensible size; what is not is reported and taken as 0."""
        value = self._whole_or_none(token, most)
        return 0 if value is None else value

    def _whole_or_none(self, token: lark.Token, most: int = MAX_WHOLE) -> int | None:
        """A whole number of a sensible size, None for what is not and was reported."""
        value = _decimal(str(token))
        if value.denominator == 1 and value <= most:
            return value.numerator
        if value.denominator == 1:
            code, en, zh = "number-too-large", f"at most {most}", f"不超过 {most}"
        else:
            code, en, zh = "syntax-error", "a whole number", "整数"
        building.get().diagnostics.append(
            diagnostic(
                code,
                Phrase(en=f"`{token}` should be {en} here", zh=f"`{token}` 此处应为{zh}"),
                _span([token]),
                help=Phrase(en=f"write a whole number of at most {most}", zh=f"请写不超过 {most} 的整数"),
            )
        )
        return None


class _Members(tuple[Any, ...]):
    """Several things of one rule, and where they stand together."""

    span: Span

    def at(self, span: Span) -> _Members:
        self.span = span
        return self


def tree_builder() -> object:
    """The actions of the grammar, for the parser to call."""
    return _TreeBuilder()


def _with_unit(bound: ast.Literal | ast.Infinity, unit: _Unit) -> ast.Literal | ast.Infinity:
    if isinstance(bound, ast.Literal) and bound.unit is None:
        return evolve(bound, unit=unit.text)
    return bound


def _decimal(text: str) -> Fraction:
    whole, _, decimals = text.partition(".")
    if not decimals:
        return Fraction(int(whole))
    return Fraction(int(whole + decimals), 10 ** len(decimals))
