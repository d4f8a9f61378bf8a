"""Inputs: what the data must supply, each with its type, its range and what it may stand for.

The node that expressions see is the reported value, or, where the file says what a missing value counts as, that policy
around it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from fractions import Fraction
from typing import Literal, TypeVar, assert_never

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.types import Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.number import NumberError, exact_text, read_number
from assessment.semantics.literals import counted, literal_like, scale_of, type_of_unit
from assessment.semantics.model import COUNTS_AS, POLICY_KEYS, Bounds, Department, Input, RegionClass
from assessment.semantics.names import Names
from assessment.semantics.regions import known_departments
from assessment.semantics.row_fields import RowFields, field_node
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.traverse import by_kind, name_place
from assessment.semantics.wording import FIRST, in_words
from assessment.syntax import ast

__all__ = ["declare_inputs"]

MOST_PLACES = 30
"""Decimal places beyond which nobody publishes."""

MOST_LAG = 10
"""The largest lag in years; a larger number is a year or a slip."""

_LEVEL = Text(en="level", zh="等级")
_INPUT = Text(en="input or measure", zh="数据或定义")
_HEADING = Text(en="input", zh="数据")

A = TypeVar("A", bound=ast.Node)
Form = Literal["number", "yes/no", "choice", "ratings", "events"]


def declare_inputs(
    body: Body,
    departments: tuple[Department, ...],
    names: Names,
    scope: Scope,
    *,
    declared: Callable[[str], None],
) -> tuple[Input, ...]:
    """The inputs of the file, declared in the scope; `declared` is told each name."""
    found: list[Input] = []
    headings = Names(scope)
    for class_ in scope.classes:
        found.extend(_declared_class(class_, headings, scope))
    for stated in body.all(ast.Input):
        if not names.add(stated.name, stated.name_span, _INPUT):
            continue
        headings.add(stated.name, stated.name_span, _HEADING)
        reader = _Reader(stated, departments, scope)
        input_ = reader.read()
        scope.declare(stated.name, None if input_ is None else reader.node(input_), stated.name_span)
        if input_ is not None:
            scope.fields[fold(stated.name)] = {
                fold(one.name): b.shift(field_node(one, input_), -input_.lag) for one in input_.fields
            }
        declared(stated.name)
        if input_ is not None:
            found.append(input_)
    for stated in body.all(ast.Input):
        for attribute in stated.attributes:
            for alias in attribute.names if isinstance(attribute, ast.Alias) else ():
                headings.add(alias, name_place(attribute.span, alias), _HEADING)
    return tuple(found)


def _declared_class(class_: RegionClass, headings: Names, scope: Scope) -> tuple[Input, ...]:
    """A class as a condition: of its listed regions, or as a yes or no that the data state."""
    place = name_place(class_.span, class_.name)
    if class_.members is not None:
        scope.declare(class_.name, n.InGroup(groups=(), regions=class_.members, type=t.YESNO), place)
        return ()
    headings.add(class_.name, place, _HEADING)
    scope.declare(class_.name, n.Input(name=class_.name, type=t.YESNO, span=place), place)
    return (Input(name=class_.name, title=class_.title, form="yes/no", type=t.YESNO, span=class_.span),)


class _Reader:
    """One input statement; its attributes are read in order, each kind once where once is meant."""

    def __init__(self, stated: ast.Input, departments: tuple[Department, ...], scope: Scope) -> None:
        self.stated, self.departments, self.scope = stated, departments, scope
        self.first: dict[object, Span] = {}
        self._attributes = by_kind(stated.attributes)

    def read(self) -> Input | None:
        """The input, or None where its type is not known; what else is wrong is reported and left out."""
        stated = self.stated
        form, type_, unit, bounds = self._form(stated.form)
        kind = self._once(ast.Kind)
        if kind is not None and type_ is not None:
            type_ = self._of_kind(kind, type_, unit)
        if type_ is None:
            return None
        levels = type_.levels
        input_ = Input(
            name=stated.name,
            title=stated.title or stated.name,
            form=form,
            type=type_,
            unit=unit,
            bounds=bounds,
            levels=levels,
            whole=type_.kind is Kind.COUNT,
            span=stated.span,
        )
        range_ = self._once(ast.Range)
        if range_ is not None:
            input_ = evolve(input_, bounds=self._range(range_, input_))
        basis = self._once(ast.Basis)
        fields, no_rows = RowFields(self.stated, input_, self.scope).read()
        supplied = self._once(ast.From)
        return evolve(
            input_,
            basis=None if basis is None else basis.text,
            departments=()
            if supplied is None
            else known_departments(supplied.departments, self.departments, self.scope),
            aliases=tuple(name for alias in self._all(ast.Alias) for name in alias.names),
            evidence=tuple(evidence.what for evidence in self._all(ast.Evidence)),
            fields=fields,
            no_rows=no_rows,
            lag=self._lag(),
            published_places=self._published_places(input_),
            codes=self._codes(input_),
        )

    def node(self, input_: Input) -> n.Node:
        """The graph that expressions see."""
        bounds = input_.bounds
        node: n.Node = n.Input(
            name=input_.name,
            type=input_.type,
            low=bounds.low,
            low_closed=bounds.low_closed,
            high=bounds.high,
            high_closed=bounds.high_closed,
            span=self.stated.name_span,
        )
        node = b.shift(node, -input_.lag)
        for attribute in self._all(ast.CountsAs):
            replacement = self._substitute(attribute, input_)
            if replacement is None:
                continue
            statuses = (
                ALL_ABSENCES if attribute.status == "absent" else frozenset({Absence(attribute.status)})
            )
            recovered = b.recover(node, statuses, replacement, attribute.span.text)
            node = n.Frame(
                node=recovered,
                type=recovered.type,
                role="policy",
                name=COUNTS_AS,
                title=Text.same(input_.title or input_.name),
                text=attribute.span.text,
                sentence=in_words(attribute),
                span=attribute.span,
            )
        return node

    # ── form and kind ────────────────────────────────────────────────────────────────────────────────────────────────

    def _form(self, form: ast.Form) -> tuple[Form, Type | None, str | None, Bounds]:
        match form:
            case ast.Measured(unit=unit):
                type_ = type_of_unit(unit, form.span, self.scope)
                if type_ is not None:
                    type_ = counted(type_, unit).at(Entity.REGION)
                return "number", type_, unit, Bounds()
            case ast.YesNo():
                return "yes/no", t.YESNO, None, Bounds()
            case ast.Choice(levels=levels):
                return "choice", Type(kind=Kind.LEVEL, levels=self._levels(levels, form.span)), None, Bounds()
            case ast.Ratings(low=low, high=high):
                type_ = Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of=self.stated.name)
                return "ratings", type_, None, self._scale(low, high, form.span)
            case ast.Events(levels=levels):
                found = self._levels(levels, form.span)
                type_ = Type(kind=Kind.LEVEL, entity=Entity.ROW, rows_of=self.stated.name, levels=found)
                return "events", type_, None, Bounds()
            case _:
                assert_never(form)

    def _levels(self, levels: tuple[str, ...], span: Span) -> tuple[str, ...]:
        names = Names(self.scope)
        return tuple(level for level in levels if names.add(level, name_place(span, level), _LEVEL))

    def _scale(self, low: ast.Literal, high: ast.Literal, span: Span) -> Bounds:
        """The scale of ratings, in plain numbers; `points` may be written behind them."""
        for end in (low, high):
            if end.unit not in (None, "points"):
                self.scope.report(
                    "kind-mismatch",
                    Text(en="ratings are plain numbers", zh="评分为纯数"),
                    end.span,
                    help=Text(
                        en="write the scale without a unit, as in `0 to 100`", zh="不写单位，如 `0 到 100`"
                    ),
                )
                return Bounds()
        if low.value >= high.value:
            self._empty(span, exact_text(low.value), exact_text(high.value))
            return Bounds()
        return Bounds(low=low.value, high=high.value)

    def _of_kind(self, kind: ast.Kind, type_: Type, unit: str | None) -> Type:
        """The type with the kind that is stated; as it was once a kind that does not fit is reported."""
        ratio = unit in ("%", "‰")
        measured = type_.unit is not None
        match kind.kind:
            case "growth" if ratio:
                return evolve(type_, kind=Kind.GROWTH)
            case "share" if ratio:
                return type_
            case "count" if measured:
                return evolve(type_, kind=Kind.COUNT)
            case "number" if ratio or type_.kind is Kind.NUMBER:
                return evolve(type_, kind=Kind.NUMBER)
            case "number" if measured:
                return evolve(type_, kind=Kind.QUANTITY)
            case _:
                pass
        self.scope.report(
            "kind-mismatch",
            Text(
                en=f"`{kind.span.text}` does not fit this input, which is {_of(self.stated.form, type_).en}",
                zh=f"`{kind.span.text}` 与此数据不符，此数据为{_of(self.stated.form, type_).zh}",
            ),
            kind.span,
            also=((self.stated.form.span, Text(en="its form is here", zh="其形式见此")),),
            help=Text(
                en="growth and share are in %, a count is in the unit that counts it",
                zh="增速和比重以 % 为单位，计数以所计之物的量词为单位",
            ),
        )
        return type_

    # ── attributes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _all(self, kind: type[A]) -> tuple[A, ...]:
        return self._attributes.get(kind, ())  # type: ignore[return-value]  # the index says so

    def _once(self, kind: type[A]) -> A | None:
        found = self._all(kind)
        for again in found[1:]:
            self._repeated(again.span, found[0].span)
        return found[0] if found else None

    def _repeated(self, span: Span, first: Span) -> None:
        self.scope.report(
            "duplicate-statement",
            Text(en="this is stated twice for one input", zh="同一数据重复说明"),
            span,
            also=((first, FIRST),),
            help=Text(en="keep one of the two", zh="两处只保留一处"),
        )

    def _range(self, range_: ast.Range, input_: Input) -> Bounds:
        stated = self.stated
        if input_.form != "number":
            self.scope.report(
                "statement-not-here",
                Text(
                    en=f"a range has no meaning for {_of(stated.form, input_.type).en}",
                    zh=f"{_of(stated.form, input_.type).zh}没有范围",
                ),
                range_.span,
                also=((stated.form.span, Text(en="the form of the input", zh="数据的形式")),),
                help=Text(en="leave the range out", zh="请删去范围"),
            )
            return input_.bounds
        origin = (stated.form.span, Text(en="the unit of the input", zh="数据的单位"))
        ends: list[Fraction | None] = []
        for end in (range_.low, range_.high):
            if end is None:
                ends.append(None)
                continue
            value = literal_like(end, input_.type, self.scope, unit=input_.unit, origin=origin)
            if value is None:
                return Bounds()
            ends.append(value)
        low, high = ends
        bounds = Bounds(low=low, low_closed=range_.low_closed, high=high, high_closed=range_.high_closed)
        if low is not None and high is not None and (low > high or (low == high and not bounds.hold(low))):
            scale = scale_of(input_.unit)
            self._empty(range_.span, exact_text(low / scale), exact_text(high / scale))
            return Bounds()
        return bounds

    def _empty(self, span: Span, low: str, high: str) -> None:
        self.scope.report(
            "range-empty",
            Text(en=f"no value lies between {low} and {high}", zh=f"{low} 与 {high} 之间没有取值"),
            span,
            help=Text(en="write the lower end first", zh="先写较小的一端"),
        )

    def _lag(self) -> int:
        """How many years before its own an assessment reads the value."""
        stated = self._once(ast.Lag)
        if stated is None or 1 <= stated.years <= MOST_LAG:
            return 0 if stated is None else stated.years
        self.scope.report(
            "lag-out-of-range",
            Text(
                en=f"a lag is 1 to {MOST_LAG} years, not {stated.years}",
                zh=f"滞后应为 1 到 {MOST_LAG} 年，而不是 {stated.years} 年",
            ),
            stated.span,
            help=Text(
                en="write for instance `lag 1`, or no lag for values of the assessed year",
                zh="例如写 `滞后 1`；采用考核年度的数值则不写滞后",
            ),
        )
        return 0

    def _published_places(self, input_: Input) -> int | None:
        """The decimals to which the values are published; None where they are exact, or what is stated has no meaning."""
        stated = self._once(ast.PublishedTo)
        if stated is None:
            return None
        if input_.form != "number":
            what = _of(self.stated.form, input_.type)
            self.scope.report(
                "statement-not-here",
                Text(
                    en=f"decimal places have no meaning for {what.en}",
                    zh=f"{what.zh}没有小数位数",
                ),
                stated.span,
                also=((self.stated.form.span, Text(en="the form of the input", zh="数据的形式")),),
                help=Text(en="leave the places out", zh="请删去位数"),
            )
            return None
        if stated.places > MOST_PLACES:
            self.scope.report(
                "number-too-large",
                Text(
                    en=f"values are published to at most {MOST_PLACES} places, not {stated.places}",
                    zh=f"数值最多精确到 {MOST_PLACES} 位，而不是 {stated.places} 位",
                ),
                stated.span,
                help=Text(en="write for instance `published to 2 places`", zh="例如写 `精确到 2 位`"),
            )
            return None
        return stated.places

    def _codes(self, input_: Input) -> dict[str, Absence]:
        codes: dict[str, Absence] = {}
        first: dict[str, Span] = {}
        for attribute in self._all(ast.Code):
            if attribute.text in first:
                self._repeated(attribute.span, first[attribute.text])
                continue
            first[attribute.text] = attribute.span
            if attribute.status == "absent":
                self.scope.report(
                    "policy-mismatch",
                    Text(en="a code must say which absence it means", zh="代码须说明表示哪一种缺失"),
                    attribute.span,
                    help=Text(en="write for instance `means not reported`", zh="例如写 `表示 未报`"),
                )
                continue
            status = Absence(attribute.status)
            codes[attribute.text] = status
            self._could_be_a_value(attribute, input_)
            stands_for = {found.status for found in self._all(ast.CountsAs)}
            if status is not Absence.NOT_REPORTED and attribute.status not in stands_for:
                # Any value may be lacking; the policy for that is needed without a code, too.
                self.scope.coded.setdefault(self.stated.name, {}).setdefault(
                    POLICY_KEYS[status], attribute.span
                )
        return codes

    def _could_be_a_value(self, code: ast.Code, input_: Input) -> None:
        """Warn of a code that is a number within the range that the file states: a report would be taken for an absence."""
        bounds = input_.bounds
        if input_.form != "number" or (bounds.low is None and bounds.high is None):
            return
        try:
            value = read_number(unicodedata.normalize("NFKC", code.text).strip()).value
        except NumberError:
            return
        if not bounds.hold(value * scale_of(input_.unit)):
            return
        range_ = next(iter(self._all(ast.Range)))
        self.scope.report(
            "code-in-range",
            Text(
                en=f"the code `{code.text}` is also a value within the range of `{input_.name}`",
                zh=f"代码 `{code.text}` 同时是 `{input_.name}` 范围之内的数值",
            ),
            code.span,
            also=((range_.span, Text(en="the range is stated here", zh="范围在此规定")),),
            help=Text(
                en="take a code outside the range, such as `-9999`", zh="请用范围之外的代码，例如 `-9999`"
            ),
        )

    def _substitute(self, attribute: ast.CountsAs, input_: Input) -> n.Const | None:
        """What an absent value counts as, of the type of the input; None once a misfit is reported."""
        if attribute.status in self.first:
            self._repeated(attribute.span, self.first[attribute.status])
            return None
        self.first[attribute.status] = attribute.span
        written, type_, place = attribute.value, input_.type, attribute.value.span
        if type_.entity is Entity.ROW:
            self.scope.report(
                "statement-not-here",
                Text(
                    en="ratings and events have no single value to count as",
                    zh="评分和事项没有可代替的单一数值",
                ),
                attribute.span,
                also=((self.stated.form.span, Text(en="the form of the input", zh="数据的形式")),),
                help=Text(
                    en="leave it out; the rule for rows that lack goes to `policies`",
                    zh="请删去此项；缺失的处理在 `约定` 中规定",
                ),
            )
            return None
        if isinstance(written, ast.Literal):
            origin = (self.stated.form.span, Text(en="the unit of the input", zh="数据的单位"))
            value = literal_like(written, type_, self.scope, unit=input_.unit, origin=origin)
            if value is None or self._is_outside(value, attribute, input_):
                return None
            return b.const(value, type_, place)
        word = written.name if isinstance(written, ast.Name) else getattr(written, "text", "")
        if type_.kind is Kind.YESNO and word in ("yes", "no"):
            return b.const(word == "yes", type_, place)
        folded = [fold(level) for level in type_.levels]
        if fold(word) in folded:
            return b.const(folded.index(fold(word)), type_, place)
        if type_.kind is Kind.LEVEL:
            self.scope.unknown("unknown-name", word, place, type_.levels, _LEVEL)
            return None
        self.scope.report(
            "kind-mismatch",
            Text(
                en=f"`{place.text}` is no value of this input, which is {_of(self.stated.form, type_).en}",
                zh=f"`{place.text}` 不是此数据的取值，此数据为{_of(self.stated.form, type_).zh}",
            ),
            place,
            also=((self.stated.form.span, Text(en="the form of the input", zh="数据的形式")),),
            help=_values_of(self.stated.form, type_),
        )
        return None

    def _is_outside(self, value: Fraction, attribute: ast.CountsAs, input_: Input) -> bool:
        """Whether a substitute lies outside the range of the input, which methods rely on; reported where it does."""
        if input_.bounds.hold(value):
            return False
        range_ = next(iter(self._all(ast.Range)))
        self.scope.report(
            "policy-mismatch",
            Text(
                en=f"`{attribute.value.span.text}` is outside the range of `{input_.name}`",
                zh=f"`{attribute.value.span.text}` 超出 `{input_.name}` 的范围",
            ),
            attribute.value.span,
            also=((range_.span, Text(en="the range is stated here", zh="范围在此规定")),),
            help=Text(en="write a value within the range", zh="请写范围之内的数值"),
        )
        return True


def _values_of(form: ast.Form, type_: Type) -> Text:
    """What may be written for a value of an input."""
    if type_.kind is Kind.YESNO:
        return Text(en="write `yes` or `no`", zh="请写 `是` 或 `否`")
    label = _of(form, type_)
    return Text(en=f"write a value {label.en}", zh=f"请写{label.zh}")


def _of(form: ast.Form, type_: Type) -> Text:
    """What an input is, in words."""
    match form:
        case ast.Ratings():
            return Text(en="ratings", zh="评分")
        case ast.Events():
            return Text(en="events", zh="事项")
        case ast.Measured() if type_.unit is not None:
            return Text(en=f"in {type_.unit.text}", zh=f"以 {type_.unit.text} 为单位的数值")
        case _:
            return type_.kind.label
