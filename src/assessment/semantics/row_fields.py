"""What the rows of ratings and events have beside their value: fields, evidence, and what no row means.

An input is *given in rows* once it states any of these; it must then say what a region without a row is, because nothing
in the data can tell *none* from *not reported*.
"""

from __future__ import annotations

from typing import Literal, assert_never

from attrs import evolve

from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.literals import counted, type_of_unit
from assessment.semantics.model import Input, InputForm
from assessment.semantics.names import Names
from assessment.semantics.scope import Scope
from assessment.semantics.traverse import name_place
from assessment.syntax import ast

__all__ = ["RowFields", "check_names", "field_node"]

_FIELD = Text(en="field", zh="字段")
_LEVEL = Text(en="level", zh="等级")
NoRows = Literal["none", "not reported"]


def field_node(field: Input, rows: Input) -> n.Node:
    """The graph of a field: one value for each row of its input."""
    return n.Input(
        name=f"{rows.name}.{field.name}",
        type=evolve(field.type, entity=Entity.ROW, rows_of=rows.name),
        span=field.span,
    )


class RowFields:
    """The fields of one input statement."""

    def __init__(self, stated: ast.Input, input_: Input, scope: Scope) -> None:
        self.stated, self.input, self.scope = stated, input_, scope
        self.names = Names(scope)

    def read(self) -> tuple[tuple[Input, ...], NoRows | None]:
        """The fields, and what no row means; nothing of either for an input that is not given in rows."""
        first = next(
            (
                one
                for one in self.stated.attributes
                if isinstance(one, ast.RowField | ast.NoRows)
                or (isinstance(one, ast.Evidence) and one.or_not_counted)
            ),
            None,
        )
        if first is None:
            return (), None
        if self.input.form not in ("ratings", "events"):
            self.scope.report(
                "statement-not-here",
                Text(en="only ratings and events have rows of their own", zh="只有评分和事项才有各自的行"),
                first.span,
                also=((self.stated.form.span, Text(en="the form of the input", zh="数据的形式")),),
                help=Text(
                    en="leave the fields out, or declare the input as `events` or `ratings`",
                    zh="请删去字段，或将该数据声明为 `事项` 或 `评分`",
                ),
            )
            return (), None
        found: dict[str, Input] = {}
        for one in self.stated.attributes:
            if isinstance(one, ast.RowField) and self.names.add(one.name, one.name_span, _FIELD):
                field = self._field(one)
                if field is not None:
                    found[one.name] = field
        for one in self.stated.attributes:
            if isinstance(one, ast.Evidence):
                self._evidence(one, found)
        return tuple(found.values()), self._no_rows(first.span)

    def _no_rows(self, place: Span) -> NoRows | None:
        stated = [one for one in self.stated.attributes if isinstance(one, ast.NoRows)]
        if not stated:
            self.scope.report(
                "no-rows-meaning",
                Text(
                    en=f"it is not said what a region without a row of `{self.stated.name}` is",
                    zh=f"未说明没有 `{self.stated.name}` 的行的地区如何看待",
                ),
                self.stated.name_span,
                also=((place, Text(en="its rows have fields", zh="其各行有字段")),),
                help=Text(
                    en="add `no rows mean none` or `no rows mean not reported`",
                    zh="请写 `没有行表示 无` 或 `没有行表示 未报`",
                ),
            )
            return "not reported"
        for again in stated[1:]:
            self.scope.report(
                "duplicate-statement",
                Text(en="this is stated twice for one input", zh="同一数据重复说明"),
                again.span,
                also=((stated[0].span, Text(en="stated here first", zh="首次说明于此")),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
        match stated[0].status:
            case "none":
                return "none"
            case "not reported":
                return "not reported"
            case _:
                self.scope.report(
                    "policy-mismatch",
                    Text(
                        en="no row means that there is none, or that nothing was reported",
                        zh="没有行只能表示无，或表示未报",
                    ),
                    stated[0].span,
                    help=Text(
                        en="write `no rows mean none` or `no rows mean not reported`",
                        zh="请写 `没有行表示 无` 或 `没有行表示 未报`",
                    ),
                )
                return "not reported"

    def _field(self, stated: ast.RowField) -> Input | None:
        form, type_, unit = self._form(stated)
        if type_ is None:
            return None
        return Input(
            name=stated.name,
            title=stated.title or stated.name,
            form=form,
            type=type_,
            unit=unit,
            levels=type_.levels,
            whole=type_.kind is Kind.COUNT,
            lacking="error" if stated.required else None,
            span=stated.name_span,
        )

    def _form(self, stated: ast.RowField) -> tuple[InputForm, Type | None, str | None]:
        form = stated.form
        match form:
            case ast.Measured(unit=unit):
                type_ = type_of_unit(unit, form.span, self.scope)
                return "number", None if type_ is None else counted(type_, unit), unit
            case ast.YesNo():
                return "yes/no", t.YESNO, None
            case ast.Choice(levels=levels):
                names = Names(self.scope)
                kept = tuple(one for one in levels if names.add(one, name_place(form.span, one), _LEVEL))
                return "choice", Type(kind=Kind.LEVEL, levels=kept), None
            case ast.Dated():
                return "date", t.DATE, None
            case ast.Texted():
                return "text", t.LABEL, None
            case ast.NamedRegion():
                return "region", t.LABEL, None
            case _:
                assert_never(form)

    def _evidence(self, stated: ast.Evidence, found: dict[str, Input]) -> None:
        """Evidence is a text of each row; a field of that name is the evidence itself."""
        lacking: Literal["error", "not counted"] | None = (
            "not counted" if stated.or_not_counted else "error" if stated.required else None
        )
        if stated.what in found:
            found[stated.what] = evolve(found[stated.what], lacking=lacking)
            return
        if not self.names.add(stated.what, stated.span, _FIELD):
            return
        found[stated.what] = Input(
            name=stated.what,
            title=stated.what,
            form="text",
            type=t.LABEL,
            lacking=lacking,
            span=stated.span,
        )


def check_names(inputs: tuple[Input, ...], scope: Scope) -> None:
    """Refuse a field that is called like an input or a measure: in a condition on rows the name would mean two things."""
    for rows in inputs:
        for field in rows.fields:
            if not scope.knows(field.name):
                continue
            scope.report(
                "duplicate-name",
                Text(
                    en=f"the field `{field.name}` of `{rows.name}` has the name of an input or measure",
                    zh=f"`{rows.name}` 的字段 `{field.name}` 与数据或定义重名",
                ),
                field.span,
                also=tuple(
                    (place, Text(en="the other one", zh="另一处"))
                    for place in (scope.declared_place(field.name),)
                    if place is not None
                ),
                help=Text(en="give one of the two another name", zh="请为其中之一另取名称"),
            )
