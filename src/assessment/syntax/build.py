"""The tree, built while the text is read: one method for each rule of the grammar.

The parser calls a method as soon as its rule is complete, with everything that was written in it: tokens and what the
methods of inner rules gave. Nothing here looks at a rule from outside, so there is no recursion and a sum of ten
thousand terms is as easy as one of two.

Invariants: method names are the names of rules and aliases in the grammar. A token's `text` is folded text, for a
quoted text what stands between the marks. What was skipped after a mistake is `None` here and leaves no trace.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, NamedTuple

from attrs import evolve, frozen

from assessment.diagnostics.bilingual import Text as Phrase
from assessment.diagnostics.model import Diagnostic, Source, Span, diagnostic
from assessment.syntax import ast
from assessment.syntax.lexer import Token
from assessment.syntax.machine import Children, Method
from assessment.syntax.words import WORDS, meaning_of

__all__ = ["tree_builder"]

MAX_EXPONENT = 1000
MAX_WHOLE = 10**6  # years, places, offsets


@frozen(kw_only=True)
class _Continuation:
    """What continues a statement before it: another level of `round`, another grade, the keys of `rank`."""

    value: ast.RoundAt | ast.Grade | _Order


@frozen(kw_only=True)
class _Order(ast.Node):
    keys: tuple[ast.OrderKey, ...]


@frozen(kw_only=True)
class _Scale(ast.Node):
    low: ast.Literal | None
    high: ast.Literal | None


@frozen(kw_only=True)
class _Ranked(ast.Node):
    value: str
    within: str | None = None
    first: str | None = None


class _Titled(NamedTuple):
    name: str
    title: str | None
    span: Span


class _NodeBody(NamedTuple):
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


class _Unit(NamedTuple):
    text: str | None
    span: Span


def _stated(unit: _Unit) -> ast.Text:
    """A unit behind `in`, where a plain number is a unit too."""
    return ast.Text(span=unit.span, text=unit.text or "number")


class _Body(NamedTuple):
    statements: tuple[ast.Statement, ...]
    span: Span


_RELATIONS = {"≥": ">=", "≤": "<=", "≠": "!="}
_READINGS = {"RATE": "rate", "SCORE_READ": "score", "RANK_READ": "rank", "BOTTOM_READ": "bottom"}
_UNIT_NAMES = {"PERCENT": "%", "PERMILLE": "‰", "PP": "pp", "POINTS": "points"}


def _is(child: Any, *types: str) -> bool:
    return isinstance(child, Token) and child.terminal in types


def _nodes(children: Children) -> tuple[Any, ...]:
    """What inner rules gave, without tokens, gaps and what was skipped."""
    return tuple(child for child in children if child is not None and not isinstance(child, Token))


def _meaning(token: Token) -> str:
    return meaning_of(token.terminal, token.text)


@frozen
class _TreeBuilder:
    """The methods of the grammar; see the module."""

    source: Source
    diagnostics: list[Diagnostic]

    def _at(self, *parts: Any) -> Span:
        """From the first to the last of what was written: tokens, and what stands somewhere."""
        written = [part if isinstance(part, Token) else part.span for part in parts if part is not None]
        return Span(source=self.source, start=written[0].start, end=written[-1].end)

    # ── file and bodies ──────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, c: Children, span: Span) -> ast.RuleFile:
        keyword, name, _, year, title, _, amends, body = c
        return ast.RuleFile(
            span=span,
            name=name.text,
            year=None if year is None else self._year(year),
            title=None if title is None else title.text,
            body=body.statements,
            amends=None if amends is None else self._quoted(amends),
            language="zh" if keyword.text in WORDS["ASSESSMENT"][0].zh else "en",
        )

    def body(self, c: Children, span: Span) -> _Body:
        statements: list[ast.Statement] = []
        after_mistake = False
        for item in c:
            if isinstance(item, _Continuation):
                self._continue(statements, item, silent=after_mistake)
            elif _is(item, "ERROR"):
                after_mistake = True
            elif item is not None and not isinstance(item, Token):
                statements.append(item)
                after_mistake = False
        return _Body(statements=tuple(statements), span=span)

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
        self.diagnostics.append(
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

    def separated(self, c: Children, _: Span) -> _Continuation | None:
        found: ast.RoundAt | ast.Grade | None = c[1]
        return None if found is None else _Continuation(value=found)

    def skipped(self, c: Children, _: Span) -> Token:
        """What stands for a piece that was given up: a token, so nobody takes it for a node."""
        token: Token = c[0]
        return token

    # ── statements of the file ───────────────────────────────────────────────────────────────────────────────────────

    def authority(self, c: Children, span: Span) -> ast.Authority:
        texts = tuple(ast.Text(span=self._at(t), text=t.text) for t in c if _is(t, "STRING"))
        return ast.Authority(span=span, documents=texts)

    def total(self, c: Children, span: Span) -> ast.Total:
        return ast.Total(span=span, points=self._points(c[1], c[2]), up_to=c[3])

    def total_by_year(self, c: Children, span: Span) -> ast.Total:
        _, kind, *entries, up_to = c
        if _meaning(kind) == "weight":
            self.diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en="a total has points, not a weight", zh="总分应写分值，不能写权重"),
                    self._at(kind),
                    help=Phrase(en="write `total points by year { … }`", zh="请写 `总分 分值按年度 { … }`"),
                )
            )
        return ast.Total(span=span, points=None, up_to=up_to, by_year=_nodes(entries))

    def total_none(self, c: Children, span: Span) -> ast.Total:
        return ast.Total(span=span, points=None)

    def round(self, c: Children, span: Span) -> ast.Round:
        return ast.Round(span=span, entries=(self._round_at(c[1], "STAGE", c[2]),))

    def round_none(self, c: Children, span: Span) -> ast.Round:
        return ast.Round(span=span, entries=())

    def round_at(self, c: Children, _: Span) -> ast.RoundAt:
        return self._round_at(c[0], "STAGE", c[1])

    def _round_at(self, level: Token, terminal: str, rounding: ast.Rounding) -> ast.RoundAt:
        return ast.RoundAt(
            span=self._at(level, rounding), level=meaning_of(terminal, level.text), rounding=rounding
        )

    def rounding(self, c: Children, span: Span) -> ast.Rounding:
        return ast.Rounding(span=span, mode=_meaning(c[0]), places=self._whole(c[2]))

    def result(self, c: Children, span: Span) -> ast.ResultScale:
        _, titled, _, low, _, high, *details = c
        return self._result(span, titled, low, high, details)

    def result_unbounded(self, c: Children, span: Span) -> ast.ResultScale:
        _, titled, _, _, *details = c
        return self._result(span, titled, None, None, details)

    def _result(
        self,
        span: Span,
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
            span=span,
            name=titled.name,
            title=titled.title,
            low=low,
            high=high,
            published=published,
            ranked=None if ranked is None else ranked.name,
        )

    def further_result(self, c: Children, span: Span) -> ast.Result:
        _, titled, _, value, _, unit, scale, *details = c
        written = None if unit is None else ast.Text(span=unit.span, text=unit.text or "number")
        return self._further(span, titled, value, (), written, scale, details)

    def taken_again(self, c: Children, span: Span) -> ast.Result:
        _, titled, _, value, _, *rest = c
        exchanges = tuple(one for one in rest if isinstance(one, ast.Exchange))
        scale = next((one for one in rest if isinstance(one, _Scale)), None)
        if not exchanges and not any(_is(one, "ERROR") for one in rest):
            self.diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en="nothing is put in the place of anything here", zh="此处没有代入任何数据"),
                    titled.span,
                    help=Phrase(en="write for instance `with { x: y }`", zh="例如写 `代入 { x：y }`"),
                )
            )
        return self._further(span, titled, value, exchanges, None, scale, rest)

    def _further(
        self,
        span: Span,
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
            span=span,
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

    def scale(self, c: Children, span: Span) -> _Scale:
        return _Scale(span=span, low=c[1], high=c[3])

    def unbounded(self, c: Children, span: Span) -> _Scale:
        return _Scale(span=span, low=None, high=None)

    def exchange(self, c: Children, span: Span) -> ast.Exchange:
        return ast.Exchange(span=span, name=c[0].text, value=c[2])

    def result_policy(self, c: Children, span: Span) -> ast.Policy:
        value = ast.Disposal(span=self._at(*c[2:]), value=_meaning(c[2]))
        return ast.Policy(span=span, key=_meaning(c[0]), value=value)

    def published_as(self, c: Children, span: Span) -> ast.Text:
        return ast.Text(span=span, text=_meaning(c[1]))

    def ranked_further(self, c: Children, span: Span) -> _Ranked:
        _, value, _, _, within, first = c
        return _Ranked(
            span=span,
            value=_meaning(value),
            within=None if within is None else _meaning(within),
            first=None if first is None else _meaning(first),
        )

    def _once(self, before: ast.Node | None, now: ast.Node) -> None:
        if before is not None:
            self.diagnostics.append(
                diagnostic(
                    "duplicate-statement",
                    Phrase(en="this is said twice", zh="此处重复说明"),
                    now.span,
                    help=Phrase(en="keep one of them", zh="只保留一处"),
                )
            )

    def published(self, c: Children, _: Span) -> ast.Rounding:
        rounding: ast.Rounding = c[1]
        return rounding

    def ranked(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name=_meaning(c[1]))

    def not_ranked(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name="none")

    def carry(self, c: Children, span: Span) -> ast.Carry:
        level = None if c[1] is None else _meaning(c[1])
        return ast.Carry(span=span, value=_meaning(c[2]), level=level)

    def compare(self, c: Children, span: Span) -> ast.Compare:
        adjusting = None if c[2] is None else _meaning(c[2])
        return ast.Compare(span=span, value=_meaning(c[1]), adjusting=adjusting)

    def policies(self, c: Children, span: Span) -> ast.Policies:
        return ast.Policies(span=span, entries=_nodes(c))

    def policy(self, c: Children, span: Span) -> ast.Policy:
        return ast.Policy(span=span, key=_meaning(c[0]), value=c[2])

    def disposal_by_word(self, c: Children, span: Span) -> ast.Disposal:
        return ast.Disposal(span=span, value=_meaning(c[0]))

    def disposal_by_rate(self, c: Children, span: Span) -> ast.Disposal:
        literal = ast.Literal(span=span, value=_decimal(c[0].text), unit="%")
        return ast.Disposal(span=span, value="rate", rate=literal)

    def disposal_by_peers(self, c: Children, span: Span) -> ast.Disposal:
        return ast.Disposal(span=span, value=_meaning(c[0]), within=_meaning(c[2]), otherwise=c[3])

    def disposal_by_reference(self, c: Children, span: Span) -> ast.Disposal:
        return ast.Disposal(span=span, value="reference", subject=c[1], otherwise=c[2])

    def or_else(self, c: Children, _: Span) -> ast.Disposal:
        disposal: ast.Disposal = c[-1]
        return disposal

    def ranking(self, c: Children, span: Span) -> ast.Ranking:
        return ast.Ranking(span=span, within=_meaning(c[2]), both_ends=c[-1] is not None)

    def unranked(self, c: Children, span: Span) -> ast.Ranking:
        return ast.Ranking(span=span, within=None)

    def order(self, c: Children, span: Span) -> _Continuation:
        return _Continuation(value=_Order(span=span, keys=_nodes(c)))

    def order_key(self, c: Children, span: Span) -> ast.OrderKey:
        value, first = c
        return ast.OrderKey(span=span, value=value, first=None if first is None else _meaning(first))

    def group(self, c: Children, span: Span) -> ast.Group:
        _, name, title, reference, members = c
        return ast.Group(
            span=span,
            name=name.name,
            title=None if title is None else title.text,
            reference=reference is not None,
            members=() if members is None else members,
        )

    def members(self, c: Children, span: Span) -> _Members:
        return _Members(member for entry in _nodes(c) for member in entry).at(span)

    def member(self, c: Children, span: Span) -> _Members:
        names, _, aliases = c
        members = [ast.Member(span=word.span, name=word.name) for word in names]
        if aliases is not None:
            last = members[-1]
            members[-1] = evolve(
                last,
                aliases=tuple(word.name for word in aliases),
                span=Span.covering(last.span, aliases.span),
            )
        return _Members(members).at(span)

    member_names = member

    def region_class(self, c: Children, span: Span) -> ast.RegionClass:
        _, name, title, members = c
        return ast.RegionClass(
            span=span,
            name=name.text,
            title=None if title is None else title.text,
            members=members,
            name_span=self._at(name),
        )

    def department(self, c: Children, span: Span) -> ast.Department:
        _, titled, _, before, _, since = c
        return ast.Department(
            span=span,
            name=titled.name,
            title=titled.title,
            before=() if before is None else tuple(before),
            since=None if since is None else self._day(since),
        )

    # ── inputs and measures ──────────────────────────────────────────────────────────────────────────────────────────

    def input(self, c: Children, span: Span) -> ast.Input:
        _, titled, form, attributes = c
        return ast.Input(
            span=span,
            name=titled.name,
            title=titled.title,
            form=form,
            attributes=() if attributes is None else attributes,
            name_span=titled.span,
        )

    def measured(self, c: Children, span: Span) -> ast.Measured:
        return ast.Measured(span=span, unit=c[1].text)

    def yes_no(self, c: Children, span: Span) -> ast.YesNo:
        return ast.YesNo(span=span)

    def choice(self, c: Children, span: Span) -> ast.Choice:
        return ast.Choice(span=span, levels=tuple(word.name for word in c[1]))

    def ratings(self, c: Children, span: Span) -> ast.Ratings:
        return ast.Ratings(span=span, low=c[1], high=c[3])

    def events(self, c: Children, span: Span) -> ast.Events:
        return ast.Events(span=span, levels=tuple(word.name for word in c[2]))

    def attributes(self, c: Children, span: Span) -> _Members:
        return _Members(_nodes(c)).at(span)

    def lag(self, c: Children, span: Span) -> ast.Lag | Token:
        years = self._whole_or_none(c[1])
        # What is no whole number was reported, and leaves no attribute behind.
        return c[0] if years is None else ast.Lag(span=span, years=years)

    def published_to(self, c: Children, span: Span) -> ast.PublishedTo | Token:
        places = self._whole_or_none(c[1])
        return c[0] if places is None else ast.PublishedTo(span=span, places=places)

    def supplied_by(self, c: Children, span: Span) -> ast.From:
        return ast.From(span=span, departments=tuple(c[1]))

    def range_above(self, c: Children, span: Span) -> ast.Range:
        relation, bound = self._relation(c[1]), c[2]
        if relation == "!=":
            self.diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en="a range cannot be written with `!=`", zh="范围不能用 `!=` 表示"),
                    self._at(c[1]),
                    help=Phrase(
                        en="write `>=`, `>`, `<=`, `<`, or `0 to 100`",
                        zh="请写 `>=`、`>`、`<=`、`<` 或 `0 到 100`",
                    ),
                )
            )
            return ast.Range(span=span)
        closed = relation in (">=", "<=")
        if relation in (">=", ">"):
            return ast.Range(span=span, low=bound, low_closed=closed)
        return ast.Range(span=span, high=bound, high_closed=closed)

    def range_closed(self, c: Children, span: Span) -> ast.Range:
        return ast.Range(span=span, low=c[1], high=c[3])

    def range_interval(self, c: Children, span: Span) -> ast.Range:
        bounds: _Bounds = c[1]
        low = None if isinstance(bounds.low, ast.Infinity) else bounds.low
        high = None if isinstance(bounds.high, ast.Infinity) else bounds.high
        return ast.Range(
            span=span,
            low=low,
            low_closed=low is None or bounds.low_closed,
            high=high,
            high_closed=high is None or bounds.high_closed,
        )

    def basis(self, c: Children, span: Span) -> ast.Basis:
        return ast.Basis(span=span, text=c[1].text)

    def alias(self, c: Children, span: Span) -> ast.Alias:
        return ast.Alias(span=span, names=tuple(word.name for word in c[1]))

    def evidence(self, c: Children, span: Span) -> ast.Evidence:
        what = "reason" if _is(c[0], "REASON") else c[1].name
        lapses = _is(c[-1], "OR_NOT_COUNTED")
        required = c[-1] is not None and not lapses
        return ast.Evidence(span=span, what=what, required=required, or_not_counted=lapses)

    def row_field(self, c: Children, span: Span) -> ast.RowField:
        _, titled, form, required = c
        return ast.RowField(
            span=span,
            name=titled.name,
            title=titled.title,
            form=form,
            required=required is not None,
            name_span=titled.span,
        )

    def dated(self, c: Children, span: Span) -> ast.Dated:
        return ast.Dated(span=span)

    def texted(self, c: Children, span: Span) -> ast.Texted:
        return ast.Texted(span=span)

    def named_region(self, c: Children, span: Span) -> ast.NamedRegion:
        return ast.NamedRegion(span=span)

    def no_rows(self, c: Children, span: Span) -> ast.NoRows:
        return ast.NoRows(span=span, status=_meaning(c[1]))

    def counts_as(self, c: Children, span: Span) -> ast.CountsAs:
        return ast.CountsAs(span=span, status=_meaning(c[0]), value=c[2])

    def code(self, c: Children, span: Span) -> ast.Code:
        return ast.Code(span=span, text=c[1].text, status=_meaning(c[3]))

    def kind(self, c: Children, span: Span) -> ast.Kind:
        return ast.Kind(span=span, kind=_meaning(c[1]))

    def answer(self, c: Children, span: Span) -> ast.Name:
        return ast.Name(span=span, name=_meaning(c[0]))

    def let(self, c: Children, span: Span) -> ast.Let:
        _, titled, _, value, _, unit = c
        return ast.Let(
            span=span,
            name=titled.name,
            title=titled.title,
            value=value,
            unit=None if unit is None else _stated(unit),
            name_span=titled.span,
        )

    def method(self, c: Children, span: Span) -> ast.Method:
        return ast.Method(
            span=span,
            name=c[1].name,
            title=c[1].title,
            parameters=tuple(child for child in c if isinstance(child, ast.Parameter)),
            value=c[-1],
            name_span=c[1].span,
        )

    def parameter(self, c: Children, span: Span) -> ast.Parameter:
        name, _, unit, _, default = c
        return ast.Parameter(
            span=span, name=name.text, unit=None if unit is None else _stated(unit), default=default
        )

    def data_table(self, c: Children, span: Span) -> ast.DataTable:
        _, titled, key, _, unit, *rest = c
        return ast.DataTable(
            span=span,
            name=titled.name,
            title=titled.title,
            by=_meaning(key),
            unit=None if unit is None else _stated(unit),
            rows=_nodes(rest),
            name_span=titled.span,
        )

    def data_row(self, c: Children, span: Span) -> ast.DataRow:
        return ast.DataRow(span=span, key=c[0], value=c[2])

    def targets(self, c: Children, span: Span) -> ast.Targets:
        _, scope, measure, *rest = c
        return ast.Targets(
            span=span,
            scope=scope,
            measure=ast.Word(span=self._at(measure), name=measure.text),
            entries=_nodes(rest),
        )

    def target(self, c: Children, span: Span) -> ast.YearEntry:
        return ast.YearEntry(span=span, year=self._year(c[0]), value=c[2])

    # ── what an indicator says of itself ─────────────────────────────────────────────────────────────────────────────

    def by(self, c: Children, span: Span) -> ast.Responsible:
        return ast.Responsible(span=span, departments=tuple(c[1]))

    def cite(self, c: Children, span: Span) -> ast.Cite:
        return ast.Cite(span=span, document=c[1].text)

    def cite_item(self, c: Children, span: Span) -> ast.Cite:
        return ast.Cite(span=span, document=c[1].text, item=c[3].name)

    def applies(self, c: Children, span: Span) -> ast.Applies:
        when = next((i for i, child in enumerate(c) if _is(child, "WHEN")), None)
        then = c[-1]
        return ast.Applies(
            span=span,
            applies=_is(c[0], "APPLIES"),
            groups=tuple(child for child in c[1:-4] if isinstance(child, ast.Word)),
            condition=None if when is None else c[when + 1],
            then=then,
        )

    def assume(self, c: Children, span: Span) -> ast.Assume:
        return ast.Assume(span=span, text=c[1].text)

    def left_out(self, c: Children, span: Span) -> ast.LeftOut:
        return ast.LeftOut(span=span, text=c[1].text)

    def finding(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name="-".join(word.text for word in c if not _is(word, "MINUS")))

    def allow(self, c: Children, span: Span) -> ast.Allow:
        return ast.Allow(span=span, code=c[1], names=tuple(c[2] or ()), reason=c[3].text)

    # ── the nodes that are scored ────────────────────────────────────────────────────────────────────────────────────

    def join(self, c: Children, span: Span) -> ast.Join:
        return ast.Join(span=span, method=_meaning(c[1]))

    def score(self, c: Children, span: Span) -> ast.Score:
        return ast.Score(span=span, value=c[2])

    def default(self, c: Children, span: Span) -> ast.Default:
        return ast.Default(span=span, value=c[-1])

    def measure(self, c: Children, span: Span) -> ast.Measure:
        _, _, value, _, direction = c
        return ast.Measure(
            span=span, value=value, direction=None if direction is None else _meaning(direction)
        )

    def sizes_from(self, c: Children, span: Span) -> ast.SizesFrom:
        return ast.SizesFrom(
            span=span, size=_meaning(c[0]), table=ast.Word(span=self._at(*c[1:]), name=c[1].text)
        )

    def part(self, c: Children, span: Span) -> ast.Part:
        _, titled, node = c
        return ast.Part(
            span=span,
            name=titled.name,
            title=titled.title,
            size=node.size,
            body=node.body,
            name_span=titled.span,
        )

    def indicator(self, c: Children, span: Span) -> ast.Indicator:
        _, number, key, title, node = c
        return ast.Indicator(
            span=span,
            number=number.name,
            key=key is not None,
            title=None if title is None else title.text,
            size=node.size,
            body=node.body,
            name_span=number.span,
        )

    def category(self, c: Children, span: Span) -> ast.Category:
        _, titled, node = c
        return ast.Category(
            span=span,
            name=titled.name,
            title=titled.title,
            size=node.size,
            body=node.body,
            name_span=titled.span,
        )

    def node(self, c: Children, span: Span) -> _NodeBody:
        size, body = c
        return _NodeBody(size=size, body=body.statements, span=span)

    def points(self, c: Children, span: Span) -> ast.Size:
        return ast.Size(span=span, points=self._points(c[0], c[1]), up_to=c[2])

    def weight(self, c: Children, span: Span) -> ast.Size:
        return ast.Size(span=span, weight=c[1], up_to=c[2])

    def sized_by_year(self, c: Children, span: Span) -> ast.Size:
        kind, *entries, up_to = c
        return ast.Size(span=span, kind=_meaning(kind), by_year=_nodes(entries), up_to=up_to)

    def sized_by_group(self, c: Children, span: Span) -> ast.Size:
        _, *entries, up_to = c
        return ast.Size(span=span, by_group=_nodes(entries), up_to=up_to)

    def of_group(self, c: Children, span: Span) -> ast.GroupEntry:
        return ast.GroupEntry(span=span, group=c[0], value=c[2])

    def not_of_group(self, c: Children, span: Span) -> ast.GroupEntry:
        return ast.GroupEntry(span=span, group=c[0], value=None)

    def in_force_within(self, c: Children, span: Span) -> ast.InForce:
        return ast.InForce(span=span, first=self._year(c[2]), last=self._year(c[4]))

    def in_force_since(self, c: Children, span: Span) -> ast.InForce:
        return ast.InForce(span=span, first=self._year(c[2]))

    def in_force_until(self, c: Children, span: Span) -> ast.InForce:
        return ast.InForce(span=span, last=self._year(c[2]))

    def valid_within(self, c: Children, span: Span) -> ast.Valid:
        return ast.Valid(span=span, first=self._day(c[2]), last=self._day(c[4]))

    def valid_since(self, c: Children, span: Span) -> ast.Valid:
        return ast.Valid(span=span, first=self._day(c[2]))

    def valid_until(self, c: Children, span: Span) -> ast.Valid:
        return ast.Valid(span=span, last=self._day(c[2]))

    def succession(self, c: Children, span: Span) -> ast.Succession:
        return ast.Succession(span=span, name=c[1], before=c[3], since=self._day(c[5]))

    # ── what changes against an earlier file ─────────────────────────────────────────────────────────────────────────

    def indicator_reference(self, c: Children, span: Span) -> ast.Reference:
        parts = tuple(token.text.removeprefix(".") for token in c[2:] if token is not None)
        return ast.Reference(span=span, kind="indicator", name=c[1].name, parts=parts)

    def reference_to(self, c: Children, span: Span) -> ast.Reference:
        kind = "method" if _is(c[0], "METHOD_WORD") else c[0].terminal.lower()
        name = c[1].name if isinstance(c[1], ast.Word) else c[1].text
        return ast.Reference(span=span, kind=kind, name=name)

    def targets_reference(self, c: Children, span: Span) -> ast.Reference:
        return ast.Reference(span=span, kind="targets", name=c[2].text, scope=c[1].name)

    def changed_size(self, c: Children, span: Span) -> ast.Literal:
        number, unit = c
        named = None if unit is None else _UNIT_NAMES[unit.terminal]
        return ast.Literal(span=span, value=_decimal(number.text), unit=named)

    def sizes_change(self, c: Children, span: Span) -> ast.ChangeSize:
        kind, _, old, _, new, up_to = c
        return ast.ChangeSize(
            span=span,
            of=None,
            kind="weight" if _is(kind, "WEIGHT") else "points",
            old=old,
            new=new,
            up_to=up_to,
        )

    def change_size(self, c: Children, span: Span) -> ast.ChangeSize:
        changed: ast.ChangeSize = c[2]
        return evolve(changed, of=c[1], span=span)

    def change_total(self, c: Children, span: Span) -> ast.ChangeSize:
        changed: ast.ChangeSize = c[2]
        return evolve(changed, span=span)

    def change_title(self, c: Children, span: Span) -> ast.ChangeTitle:
        _, of, _, _, old, _, new = c
        return ast.ChangeTitle(
            span=span, of=of, old=None if old is None else self._quoted(old), new=self._quoted(new)
        )

    def change_statement(self, c: Children, span: Span) -> ast.Change:
        return ast.Change(span=span, of=c[1], body=(c[2],))

    def change_body(self, c: Children, span: Span) -> ast.Change:
        return ast.Change(span=span, of=c[1], body=c[2].statements)

    def change_input(self, c: Children, span: Span) -> ast.ChangeInput:
        of = ast.Reference(span=self._at(*c[1:3]), kind="input", name=c[2].text)
        return ast.ChangeInput(span=span, of=of, attributes=tuple(c[3]))

    def change_policies(self, c: Children, span: Span) -> ast.ChangePolicies:
        return ast.ChangePolicies(span=span, entries=c[1].entries)

    def replace(self, c: Children, span: Span) -> ast.Replace:
        return ast.Replace(span=span, statement=c[1])

    def add(self, c: Children, span: Span) -> ast.Add:
        return ast.Add(span=span, statement=c[1])

    def add_at(self, c: Children, span: Span) -> ast.Add:
        into, side, beside = c[2]
        return ast.Add(span=span, statement=c[1], into=into, side=side, beside=beside)

    def add_region(self, c: Children, span: Span) -> ast.AddRegion:
        _, _, members, _, group, name, side = c
        of = ast.Reference(span=self._at(group, name), kind="group", name=name.name)
        _, which, beside = (None, None, None) if side is None else side
        return ast.AddRegion(span=span, members=tuple(members), group=of, side=which, beside=beside)

    def position(self, c: Children, span: Span) -> _Members:
        _, into, side = c
        return _Members((into, None, None) if side is None else (into, *side[1:])).at(span)

    def beside(self, c: Children, _: Span) -> _Members:
        found: _Members = c[0]
        return found

    def side(self, c: Children, span: Span) -> _Members:
        return _Members((None, "after" if _is(c[0], "AFTER") else "before", c[1])).at(span)

    def remove(self, c: Children, span: Span) -> ast.Remove:
        return ast.Remove(span=span, what=c[1])

    remove_statement = remove

    def remove_kind(self, c: Children, span: Span) -> ast.Remove:
        return ast.Remove(span=span, what=ast.Word(span=self._at(*c[1:]), name=c[1].terminal))

    def renumber(self, c: Children, span: Span) -> ast.Renumber:
        of = ast.Reference(span=self._at(*c[1:3]), kind="indicator", name=c[2].name)
        return ast.Renumber(span=span, of=of, new=c[4])

    def retarget(self, c: Children, span: Span) -> ast.Retarget:
        _, scope, measure, *rest = c
        of = ast.Reference(span=self._at(*c[1:3]), kind="targets", name=measure.text, scope=scope.name)
        return ast.Retarget(span=span, of=of, entries=_nodes(rest))

    def changed_target(self, c: Children, span: Span) -> ast.ChangedTarget:
        year, _, _, old, _, new = c
        return ast.ChangedTarget(span=span, year=self._year(year), old=old, new=new)

    def adjustment(self, c: Children, span: Span) -> ast.Adjustment:
        _, titled, up_to, body = c
        return ast.Adjustment(
            span=span,
            kind="bonus" if _is(c[0], "BONUS") else "deduction",
            name=titled.name,
            title=titled.title,
            up_to=up_to,
            body=body.statements,
            name_span=titled.span,
        )

    def adjustment_cap(self, c: Children, span: Span) -> ast.AdjustmentCap:
        return ast.AdjustmentCap(span=span, kind="bonus" if _is(c[0], "BONUSES") else "deduction", up_to=c[1])

    def cap_order(self, c: Children, span: Span) -> ast.CapOrder:
        return ast.CapOrder(span=span, when=_meaning(c[1]))

    def rescale(self, c: Children, span: Span) -> ast.Rescale:
        return ast.Rescale(span=span, within=_meaning(c[2]), keep=c[3] is not None)

    def ceiling_points(self, c: Children, _: Span) -> ast.Literal:
        return self._points(c[1], c[2])

    def ceiling_share(self, c: Children, span: Span) -> ast.Literal:
        return ast.Literal(span=self._at(*c[1:]), value=_decimal(c[1].text), unit="%")

    def ceiling_none(self, c: Children, span: Span) -> ast.Infinity:
        return ast.Infinity(span=self._at(*c[1:]))

    def coverage(self, c: Children, span: Span) -> ast.Coverage:
        _, _, (least, parts), of, by, _, exempt, _, then = c
        return ast.Coverage(
            span=span,
            least=least,
            parts=parts,
            of=_meaning(of),
            by=_meaning(by),
            exempt=_meaning(exempt),
            then=then,
        )

    def covered_percent(self, c: Children, span: Span) -> _Members:
        literal = ast.Literal(span=span, value=_decimal(c[0].text), unit="%")
        return _Members((literal, None)).at(span)

    def covered_parts(self, c: Children, span: Span) -> _Members:
        least, parts = (ast.Literal(span=self._at(t), value=_decimal(t.text)) for t in (c[0], c[2]))
        return _Members((least, parts)).at(span)

    def estimate(self, c: Children, span: Span) -> ast.Estimate:
        name, fields = c[1], c[-1]
        return ast.Estimate(
            span=span,
            name=ast.Word(span=self._at(name), name=name.text),
            value=c[3],
            statuses=tuple(_meaning(token) for token in c if _is(token, "STATUS")),
            fields=None if fields is None or not _is(fields, "IN_FIELDS") else _meaning(fields),
        )

    def floor(self, c: Children, span: Span) -> ast.Floor:
        return ast.Floor(span=span, value=c[1])

    def floor_none(self, c: Children, span: Span) -> ast.Floor:
        return ast.Floor(span=span, value=None)

    def joined_body(self, c: Children, span: Span) -> _Body:
        join = ast.Join(span=self._at(*c[:2]), method=_meaning(c[1]))
        return _Body(statements=(join, *c[2].statements), span=span)

    def scored_body(self, c: Children, span: Span) -> _Body:
        return _Body(statements=(ast.Score(span=span, value=c[1]),), span=span)

    def measured_body(self, c: Children, span: Span) -> _Body:
        return _Body(statements=(c[0],), span=span)

    def grade(self, c: Children, span: Span) -> ast.Grade:
        return self._grade(c[1].name, c[-1], span)

    def grade_next(self, c: Children, span: Span) -> ast.Grade:
        return self._grade(c[0].text, c[-1], span)

    def _grade(self, name: str, rule: _Members, span: Span) -> ast.Grade:
        test, condition, quota = rule
        op, bound = test
        return ast.Grade(span=span, name=name, op=op, bound=bound, condition=condition, quota=quota)

    def grade_rule(self, c: Children, span: Span) -> _Members:
        when = next((place for place, child in enumerate(c) if _is(child, "WHEN")), None)
        quota = next((child for child in c if isinstance(child, ast.Quota)), None)
        return _Members([c[0], None if when is None else c[when + 1], quota]).at(span)

    def quota(self, c: Children, span: Span) -> ast.Quota:
        words = {kind: token for kind in ("MODE", "AT_LINE", "IN_ORDER") for token in c if _is(token, kind)}
        return ast.Quota(
            span=span,
            size=next(child for child in c if isinstance(child, ast.Literal)),
            within=next(child for child in c if isinstance(child, ast.Word)),
            mode=_meaning(words["MODE"]) if "MODE" in words else None,
            ties=_meaning(words["AT_LINE"]) if "AT_LINE" in words else None,
            by=tuple(child for child in c if isinstance(child, ast.OrderKey)),
            ordered="IN_ORDER" in words,
        )

    def quota_field(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name=_meaning(c[0]) if _is(c[0], "FIELD") else c[0].text)

    def chosen_by(self, c: Children, span: Span) -> ast.OrderKey:
        return self.order_key(c[1:], span)

    def quota_size(self, c: Children, span: Span) -> ast.Literal:
        unit = "%" if len(c) > 1 and _is(c[1], "PERCENT") else None
        return ast.Literal(span=span, value=_decimal(c[0].text), unit=unit)

    def grade_test(self, c: Children, span: Span) -> _Members:
        return _Members([None, None] if len(c) == 1 else [self._relation(c[0]), c[1]]).at(span)

    def limit(self, c: Children, span: Span) -> ast.Limit:
        return ast.Limit(span=span, condition=c[2], at_most=c[-1])

    # ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def example(self, c: Children, span: Span) -> ast.Example:
        return ast.Example(span=span, title=c[1].text, items=_nodes(c))

    def given(self, c: Children, span: Span) -> ast.Given:
        year = next((one for one in c if _is(one, "NUMBER")), None)
        return ast.Given(
            span=span,
            regions=tuple(one for one in c if isinstance(one, ast.Word)),
            year=None if year is None else self._year(year),
            cells=tuple(one for one in c if isinstance(one, ast.GivenCell)),
        )

    def given_file(self, c: Children, span: Span) -> ast.GivenFile:
        return ast.GivenFile(span=span, path=c[2].text)

    def given_table(self, c: Children, span: Span) -> ast.GivenTable:
        year = next((one for one in c if _is(one, "NUMBER")), None)
        columns = tuple(one for one in c if isinstance(one, ast.GivenColumn))
        lines = tuple(one for one in c if isinstance(one, ast.GivenLine))
        for line in lines:
            if len(line.entries) != len(columns):
                self._uneven(line, len(columns))
        return ast.GivenTable(
            span=span, year=None if year is None else self._year(year), columns=columns, lines=lines
        )

    def _uneven(self, line: ast.GivenLine, wanted: int) -> None:
        there = len(line.entries)
        self.diagnostics.append(
            diagnostic(
                "syntax-error",
                Phrase(
                    en=f"the table has {wanted} columns and this line {there} values",
                    zh=f"表有 {wanted} 列，而此行有 {there} 个数值",
                ),
                line.span,
                help=Phrase(
                    en="write one value for each column; `not reported` where there is none",
                    zh="每列写一个数值；没有的写 `未报`",
                ),
            )
        )

    def given_column(self, c: Children, span: Span) -> ast.GivenColumn:
        name, _, unit = c
        return ast.GivenColumn(
            span=span, name=self._named(name), unit=None if unit is None else _stated(unit)
        )

    def given_line(self, c: Children, span: Span) -> ast.GivenLine:
        return ast.GivenLine(
            span=span,
            region=c[0],
            entries=tuple(one for one in c if isinstance(one, ast.GivenEntry)),
        )

    def given_entry(self, c: Children, span: Span) -> ast.GivenEntry:
        return ast.GivenEntry(span=span, value=c[0])

    def given_absence(self, c: Children, span: Span) -> ast.GivenEntry:
        return ast.GivenEntry(span=span, value=None, status=_meaning(c[0]))

    def given_none(self, c: Children, span: Span) -> ast.GivenEntry:
        return ast.GivenEntry(span=span, value=None, status="none")

    def cell(self, c: Children, span: Span) -> ast.GivenCell:
        return ast.GivenCell(span=span, name=self._named(c[0]), values=_nodes(c[1:]))

    def absent_cell(self, c: Children, span: Span) -> ast.GivenCell:
        return ast.GivenCell(span=span, name=self._named(c[0]), status=_meaning(c[1]))

    def empty_cell(self, c: Children, span: Span) -> ast.GivenCell:
        return ast.GivenCell(span=span, name=self._named(c[0]), status="none")

    def cell_of_rows(self, c: Children, span: Span) -> ast.GivenCell:
        return ast.GivenCell(span=span, name=self._named(c[0]), rows=_nodes(c[1:]))

    def event(self, c: Children, span: Span) -> ast.GivenRow:
        return ast.GivenRow(span=span, value=c[0], fields=_nodes(c[1:]))

    def event_field(self, c: Children, span: Span) -> ast.GivenField:
        return ast.GivenField(span=span, name=self._named(c[0]), value=c[2])

    def absent_field(self, c: Children, span: Span) -> ast.GivenField:
        return ast.GivenField(span=span, name=self._named(c[0]), value=None, status=_meaning(c[2]))

    def expect(self, c: Children, span: Span) -> ast.Expect:
        return ast.Expect(span=span, claims=_nodes(c))

    def claim(self, c: Children, span: Span) -> ast.Claim:
        region, year, found = c
        claimed: ast.Claim = found
        return evolve(claimed, span=span, region=region, year=None if year is None else self._year(year))

    def claimed_value(self, c: Children, span: Span) -> ast.Claim:
        return ast.Claim(span=span, what="value", left=c[0], op=c[1].name, right=c[2])

    def claimed_status(self, c: Children, span: Span) -> ast.Claim:
        return ast.Claim(span=span, what="status", left=c[0], status=_meaning(c[1]))

    def claimed_refusal(self, c: Children, span: Span) -> ast.Claim:
        return ast.Claim(span=span, what="error", left=c[0], word=c[2])

    def claimed_grade(self, c: Children, span: Span) -> ast.Claim:
        return ast.Claim(span=span, what="grade", word=None if _is(c[-1], "NONE") else c[-1])

    def claimed_mark(self, c: Children, span: Span) -> ast.Claim:
        return ast.Claim(span=span, what="mark", word=self._named(c[-1]), held=c[0] is None)

    def claimed_rank(self, c: Children, span: Span) -> ast.Claim:
        field = next((_meaning(one) for one in c if _is(one, "FIELD")), None)
        place = None if _is(c[-1], "NONE") else _decimal(c[-1].text)
        return ast.Claim(span=span, what="rank", within=field, place=place)

    def claimed_veto(self, c: Children, span: Span) -> ast.Claim:
        return ast.Claim(span=span, what="veto", word=self._named(c[-1]), held=not _is(c[0], "NOT"))

    def claimed_adjustment(self, c: Children, span: Span) -> ast.AdjustmentOf:
        kind = "bonus" if _is(c[0], "BONUS") else "deduction"
        return ast.AdjustmentOf(span=span, kind=kind, name=c[1].text)

    def _named(self, token: Token) -> ast.Word:
        return ast.Word(span=self._at(token), name=token.text)

    def veto(self, c: Children, span: Span) -> ast.Veto:
        titled: _Titled = c[1]
        effects = tuple(child for child in c[4:] if isinstance(child, ast.Effect))
        return ast.Veto(span=span, name=titled.name, title=titled.title, condition=c[3], effects=effects)

    def zeroed(self, c: Children, span: Span) -> ast.ZeroScore:
        if _is(c[0], "TOTAL"):
            return ast.ZeroScore(span=span, node="total")
        if _is(c[0], "CATEGORY"):
            return ast.ZeroScore(span=span, node="category", reference=c[1].text)
        number = c[1].name if c[2] is None else f"{c[1].name}{c[2].text}"
        return ast.ZeroScore(span=span, node="indicator", reference=number)

    def grade_is(self, c: Children, span: Span) -> ast.HoldGrade:
        return ast.HoldGrade(span=span, grade=c[-1], at_most=False)

    def grade_at_most(self, c: Children, span: Span) -> ast.HoldGrade:
        return ast.HoldGrade(span=span, grade=c[-1], at_most=True)

    def grade_lowered(self, c: Children, span: Span) -> ast.LowerGrade:
        return ast.LowerGrade(span=span, by=_decimal(c[-1].text))

    def barred(self, c: Children, span: Span) -> ast.Bar:
        return ast.Bar(span=span, what=self._named(c[1]), quoted=True)

    def barred_from(self, c: Children, span: Span) -> ast.Bar:
        return ast.Bar(span=span, what=self._named(c[1]))

    def barred_from_all(self, c: Children, span: Span) -> ast.Bar:
        return ast.Bar(span=span, what=None)

    def mark(self, c: Children, span: Span) -> ast.Mark:
        titled: _Titled = c[1]
        when = next((place for place, child in enumerate(c) if _is(child, "WHEN")), None)
        quota = next((child for child in c if isinstance(child, ast.Quota)), None)
        condition = None if when is None else c[when + 1]
        return ast.Mark(span=span, name=titled.name, title=titled.title, condition=condition, quota=quota)

    def out_of_ranking(self, c: Children, span: Span) -> ast.Unrank:
        return ast.Unrank(span=span)

    # ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────

    def expr(self, c: Children, span: Span) -> ast.Logical:
        return ast.Logical(span=span, op="or", operands=tuple(c[::2]))

    def conjunction(self, c: Children, span: Span) -> ast.Logical:
        return ast.Logical(span=span, op="and", operands=tuple(c[::2]))

    def negation(self, c: Children, span: Span) -> ast.Not:
        return ast.Not(span=span, operand=c[1])

    def test(self, c: Children, span: Span) -> ast.Comparison:
        return ast.Comparison(span=span, op=c[1].name, left=c[0], right=c[2])

    def between(self, c: Children, span: Span) -> ast.Between:
        return ast.Between(span=span, value=c[0], low=c[2], high=c[4])

    def in_year(self, c: Children, span: Span) -> ast.InYear:
        return ast.InYear(span=span, value=c[0], offset=0 if _meaning(c[1]) == "this year" else -1)

    def is_status(self, c: Children, span: Span) -> ast.Is:
        return ast.Is(span=span, status=_meaning(c[0]), operand=c[1])

    def marked(self, c: Children, span: Span) -> ast.Marked:
        return ast.Marked(span=span, name=self._named(c[1]))

    def quantified(self, c: Children, span: Span) -> ast.Quantified:
        quantifier, subjects, reading, taken, relation, right = c
        return ast.Quantified(
            span=span,
            quantifier=_meaning(quantifier),
            subjects=subjects.name,
            reading="score" if _is(reading, "SCORE") else reading.name,
            op=relation.name,
            right=right,
            taken=None if taken is None else _meaning(taken),
        )

    def counted(self, c: Children, span: Span) -> ast.Quantified:
        counted, count, _, *rest = c
        return evolve(self.quantified([counted, *rest], span), count=_decimal(count.text))

    def subjects(self, c: Children, span: Span) -> ast.Word:
        names = {"INDICATOR": "indicator", "CATEGORY": "category"}
        return ast.Word(span=span, name=names.get(c[0].terminal, "key indicator"))

    def reading(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name=_READINGS[c[0].terminal])

    def sum(self, c: Children, span: Span) -> ast.Sum:
        terms = [ast.Term(span=c[0].span, sign=1, value=c[0])]
        for operator, value in zip(c[1::2], c[2::2], strict=True):
            sign = 1 if _is(operator, "PLUS") else -1
            terms.append(ast.Term(span=self._at(operator, value), sign=sign, value=value))
        return ast.Sum(span=span, terms=tuple(terms))

    def product(self, c: Children, span: Span) -> ast.Product:
        factors = [ast.Factor(span=c[0].span, op="*", value=c[0])]
        for operator, value in zip(c[1::2], c[2::2], strict=True):
            op = "*" if _is(operator, "STAR") else "/"
            factors.append(ast.Factor(span=self._at(operator, value), op=op, value=value))
        return ast.Product(span=span, factors=tuple(factors))

    def unary(self, c: Children, span: Span) -> ast.Expr:
        operand = c[1]
        # `-5` is a number; `-x` and `-(5 + 1)` are operations.
        if isinstance(operand, ast.Literal):
            return evolve(operand, value=-operand.value, span=span)
        if isinstance(operand, ast.Infinity):
            return evolve(operand, sign=-operand.sign, span=span)
        return ast.Negate(span=span, operand=operand)

    def power(self, c: Children, span: Span) -> ast.Power:
        base, _, minus, number = c
        exponent = self._whole(number, MAX_EXPONENT)
        return ast.Power(span=span, base=base, exponent=exponent if minus is None else -exponent)

    def earlier(self, c: Children, span: Span) -> ast.Earlier:
        operand, _, minus, number, _ = c
        offset = self._whole(number)
        return ast.Earlier(span=span, operand=operand, offset=offset if minus is None else -offset)

    def infinity(self, c: Children, span: Span) -> ast.Infinity:
        return ast.Infinity(span=span, sign=1)

    def negative_infinity(self, c: Children, span: Span) -> ast.Infinity:
        return ast.Infinity(span=span, sign=-1)

    def string(self, c: Children, span: Span) -> ast.String:
        return ast.String(span=span, text=c[0].text)

    def name(self, c: Children, span: Span) -> ast.Name:
        return ast.Name(span=span, name=c[0].text)

    def it(self, c: Children, span: Span) -> ast.It:
        return ast.It(span=span)

    def grade_read(self, c: Children, span: Span) -> ast.GradeOf:
        return ast.GradeOf(span=span)

    def its_direction(self, c: Children, span: Span) -> ast.ItsDirection:
        return ast.ItsDirection(span=span)

    def date(self, c: Children, span: Span) -> ast.Date:
        return ast.Date(span=span, day=self._day(c[0]))

    def _day(self, token: Token) -> dt.date:
        """A day; one that no calendar has is reported."""
        year, month, day = (int(part) for part in re.split(r"[^0-9]+", token.text.rstrip("日")))
        try:
            return dt.date(year, month, day)
        except ValueError:
            self.diagnostics.append(
                diagnostic(
                    "syntax-error",
                    Phrase(en=f"there is no day `{token.text}`", zh=f"没有 `{token.text}` 这一天"),
                    self._at(token),
                    help=Phrase(en="write a day such as `2018-12-31`", zh="请写日期，如 `2018-12-31`"),
                )
            )
            return dt.date.min

    def _quoted(self, token: Token) -> ast.Text:
        return ast.Text(span=self._at(token), text=token.text)

    def field_of(self, c: Children, span: Span) -> ast.FieldOf:
        rows = ast.Name(span=self._at(c[0]), name=c[0].text)
        return ast.FieldOf(span=span, rows=rows, field=c[2].text)

    def own_region(self, c: Children, span: Span) -> ast.OwnRegion:
        return ast.OwnRegion(span=span)

    def grouped(self, c: Children, span: Span) -> ast.Expr:
        # The brackets are no node, but part of the text: a formula is quoted with them.
        inner: ast.Expr = evolve(c[1], span=span)
        return inner

    def score_of(self, c: Children, span: Span) -> ast.ScoreOf:
        names = {
            "TOTAL": "total",
            "KEY_TOTAL": "key total",
            "INDICATOR": "indicator",
            "CATEGORY": "category",
            "RESULT": "result",
        }
        reference: str | None = None
        if _is(c[0], "INDICATOR"):
            reference = c[1].name if c[2] is None else f"{c[1].name}{c[2].text}"
        elif _is(c[0], "CATEGORY", "RESULT"):
            reference = c[1].text
        reading, taken = c[-2:]
        return ast.ScoreOf(
            span=span,
            node=names[c[0].terminal],
            reference=reference,
            reading="score" if reading is None else reading.name,
            taken=None if taken is None else _meaning(taken),
        )

    def call(self, c: Children, span: Span) -> ast.Call:
        arguments = tuple(child for child in c if isinstance(child, ast.Argument))
        return self._call(c[0], span, arguments, c[-1])

    def call_of_table(self, c: Children, span: Span) -> ast.Call:
        return self._call(c[0], span, (), c[1])

    def _call(
        self, name: Token, span: Span, arguments: tuple[ast.Argument, ...], table: ast.Table | None
    ) -> ast.Call:
        return ast.Call(span=span, name=name.text, arguments=arguments, table=table, name_span=self._at(name))

    def argument(self, c: Children, span: Span) -> ast.Argument:
        return ast.Argument(span=span, name=None, value=c[0])

    def named_argument(self, c: Children, span: Span) -> ast.Argument:
        return ast.Argument(span=span, name=c[0].text, value=c[2])

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def table(self, c: Children, span: Span) -> ast.Table:
        return ast.Table(span=span, rows=_nodes(c))

    def compare_row(self, c: Children, span: Span) -> ast.CompareRow:
        return ast.CompareRow(span=span, op=c[0].name, bound=c[1], value=c[3])

    def range_row(self, c: Children, span: Span) -> ast.RangeRow:
        bounds: _Bounds = c[0]
        return ast.RangeRow(
            span=span,
            low=bounds.low,
            low_closed=bounds.low_closed,
            high=bounds.high,
            high_closed=bounds.high_closed,
            value=c[2],
        )

    def key_row(self, c: Children, span: Span) -> ast.KeyRow:
        return ast.KeyRow(span=span, key=c[0], value=c[2], up_to=c[4])

    def each_row(self, c: Children, span: Span) -> ast.KeyRow:
        return ast.KeyRow(span=span, key=c[1], value=c[3], each=True, up_to=c[5])

    def cap_row(self, c: Children, span: Span) -> ast.CapRow:
        return ast.CapRow(span=span, key=c[0], most=c[3])

    def otherwise_row(self, c: Children, span: Span) -> ast.OtherwiseRow:
        return ast.OtherwiseRow(span=span, value=c[2])

    def interval(self, c: Children, span: Span) -> _Bounds:
        opening, low, _, high, closing, unit = c
        return self._bounds(span, low, _is(opening, "LSQB"), high, _is(closing, "RSQB"), unit)

    def marked_range(self, c: Children, span: Span) -> _Bounds:
        low, low_mark, _, high, high_mark, unit = c
        return self._bounds(span, low, _is(low_mark, "INCLUDED"), high, _is(high_mark, "INCLUDED"), unit)

    def _bounds(
        self,
        span: Span,
        low: ast.Literal | ast.Infinity,
        low_closed: bool,
        high: ast.Literal | ast.Infinity,
        high_closed: bool,
        unit: _Unit | None,
    ) -> _Bounds:
        if unit is not None:
            low, high = _with_unit(low, unit), _with_unit(high, unit)
        return _Bounds(low=low, low_closed=low_closed, high=high, high_closed=high_closed, span=span)

    # ── small things ─────────────────────────────────────────────────────────────────────────────────────────────────

    def literal(self, c: Children, span: Span) -> ast.Literal:
        number, unit = c
        return ast.Literal(span=span, value=_decimal(number.text), unit=None if unit is None else unit.text)

    def negative(self, c: Children, span: Span) -> ast.Literal:
        literal: ast.Literal = c[1]
        return evolve(literal, value=-literal.value, span=span)

    def only(self, c: Children, _: Span) -> Any:
        return c[0]

    def unit(self, c: Children, span: Span) -> _Unit:
        token = c[0]
        if token.terminal == "UNIT":
            text: str | None = token.text
        else:
            text = _UNIT_NAMES.get(token.terminal)
        return _Unit(text=text, span=span)

    def relation(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name=self._relation(c[0]))

    def number(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name=c[0].text)

    reference = word = number

    def everywhere(self, c: Children, span: Span) -> ast.Word:
        return ast.Word(span=span, name=_meaning(c[0]))

    def titled(self, c: Children, span: Span) -> _Titled:
        name, title = c
        return _Titled(name=name.text, title=None if title is None else title.text, span=self._at(c[0]))

    def words(self, c: Children, span: Span) -> _Members:
        return _Members(_nodes(c)).at(span)

    def names(self, c: Children, span: Span) -> _Members:
        found = [ast.Word(span=self._at(t), name=t.text) for t in c if _is(t, "NAME")]
        return _Members(found).at(span)

    def _relation(self, token: Token) -> str:
        return _RELATIONS.get(token.text, token.text)

    def _points(self, number: Token, unit: Token) -> ast.Literal:
        return ast.Literal(span=self._at(number, unit), value=_decimal(number.text), unit="points")

    def _year(self, token: Token) -> int:
        """A year of four digits: 18 is no short way to write 2018."""
        value = _decimal(token.text)
        if value.denominator == 1 and 1000 <= value <= 9999:
            return value.numerator
        text = Phrase(
            en=f"`{token.text}` should be a year of four digits here",
            zh=f"`{token.text}` 此处应为四位数字的年份",
        )
        self.diagnostics.append(diagnostic("syntax-error", text, self._at(token)))
        return 0

    def _whole(self, token: Token, most: int = MAX_WHOLE) -> int:
        """A whole number of a sensible size; what is not is reported and taken as 0."""
        value = self._whole_or_none(token, most)
        return 0 if value is None else value

    def _whole_or_none(self, token: Token, most: int = MAX_WHOLE) -> int | None:
        """A whole number of a sensible size, None for what is not and was reported."""
        value = _decimal(token.text)
        if value.denominator == 1 and value <= most:
            return value.numerator
        if value.denominator == 1:
            code, en, zh = "number-too-large", f"at most {most}", f"不超过 {most}"
        else:
            code, en, zh = "syntax-error", "a whole number", "整数"
        self.diagnostics.append(
            diagnostic(
                code,
                Phrase(en=f"`{token.text}` should be {en} here", zh=f"`{token.text}` 此处应为{zh}"),
                self._at(token),
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


def tree_builder(source: Source, diagnostics: list[Diagnostic]) -> Callable[[str], Method]:
    """The methods of the grammar, by name, for one reading of a source; what they find wrong joins the diagnostics."""
    return partial(getattr, _TreeBuilder(source, diagnostics))


def _with_unit(bound: ast.Literal | ast.Infinity, unit: _Unit) -> ast.Literal | ast.Infinity:
    if isinstance(bound, ast.Literal) and bound.unit is None:
        return evolve(bound, unit=unit.text)
    return bound


@lru_cache(maxsize=10_000)
def _decimal(text: str) -> Fraction:
    whole, _, decimals = text.partition(".")
    if not decimals:
        return Fraction(int(whole))
    return Fraction(int(whole + decimals), 10 ** len(decimals))
