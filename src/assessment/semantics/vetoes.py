"""Vetoes: conditions with effects on scores, on the grade, on awards and on the ranking.

A veto never raises anything: a score that it sets to zero is at most zero, and a grade that it forces is the worst one.
"""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.semantics.applies import condition
from assessment.semantics.model import Effect, Grade, Veto
from assessment.semantics.names import Names
from assessment.semantics.scope import Scope, fold
from assessment.semantics.scores import LEVELS
from assessment.semantics.statements import Body
from assessment.semantics.traverse import name_place
from assessment.semantics.wording import GRADE, MARK, VETO, in_words
from assessment.syntax import ast
from assessment.syntax.print import print_effect

__all__ = ["vetoes"]


def vetoes(body: Body, known: tuple[Grade, ...], scope: Scope) -> tuple[Veto, ...]:
    """The vetoes; an effect that changes nothing, or could raise a grade, is reported."""
    names = Names(scope)
    effects = _Effects(body, known, scope)
    found: list[Veto] = []
    for stated in body.all(ast.Veto):
        names.add(stated.name, name_place(stated.span, stated.name), VETO)
        scope.comparing = True
        node = condition(stated.condition, scope)
        scope.comparing = False
        read = tuple(effects.of(one) for one in stated.effects)
        kept = tuple(one for one in read if one is not None)
        if node is not None and len(kept) == len(read):
            found.append(
                Veto(
                    name=stated.name,
                    title=stated.title or stated.name,
                    condition=node,
                    effects=kept,
                    text=stated.condition.span.text,
                    words=in_words(stated),
                    span=stated.span,
                )
            )
    return tuple(found)


class _Effects:
    """Reads the effects of one file."""

    def __init__(self, body: Body, known: tuple[Grade, ...], scope: Scope) -> None:
        self.scope, self.known = scope, known
        self.by_name = {fold(grade.name): grade.name for grade in known}
        self.declared = {fold(grade.name) for grade in body.all(ast.Grade)}

    def of(self, stated: ast.Effect) -> Effect | None:
        """An effect; None once its fault is reported."""
        words = Text(en=print_effect(stated, "en"), zh=print_effect(stated, "zh"))
        match stated:
            case ast.ZeroScore(node=node, reference=reference):
                path = node if reference is None else f"{node} {reference}"
                if path in self.scope.scores:
                    return Effect(kind="zero", path=path, words=words)
                names = [
                    one.removeprefix(f"{node} ") for one in self.scope.scores if one.startswith(f"{node} ")
                ]
                self.scope.unknown("unknown-indicator", reference or node, stated.span, names, LEVELS[node])
                return None
            case ast.HoldGrade(grade=grade, at_most=at_most):
                return self._held(grade, at_most=at_most, words=words)
            case ast.LowerGrade(by=by):
                if not self.declared:
                    self._without_effect(stated, *_NO_GRADES)
                    return None
                if by < 1 or by.denominator != 1:
                    self._without_effect(
                        stated,
                        Text(en="this lowers no grade", zh="等次并未降低"),
                        Text(en="write a whole number from 1", zh="请写不小于 1 的整数"),
                    )
                    return None
                return Effect(kind="down", down=int(by), words=words)
            case ast.Bar():
                return self._barred(stated, words)
            case ast.Unrank():
                if not self.scope.ranked and not any(grade.quota is not None for grade in self.known):
                    self._without_effect(
                        stated,
                        Text(en="these rules rank nobody", zh="规则不排名"),
                        Text(
                            en="add `rank within …`, or leave `out of ranking` out",
                            zh="添加 `名次 …`，或删去 `不参加排名`",
                        ),
                    )
                    return None
                return Effect(kind="out of ranking", words=words)

    def _barred(self, stated: ast.Bar, words: Text) -> Effect | None:
        """What keeps from a mark, from every mark, or from something that is only told; a told one may be the title of a mark."""
        known = self.scope.marks
        if stated.what is None:
            if not known:
                self._without_effect(stated, *_NO_MARKS)
                return None
            return Effect(kind="barred", marks=tuple(one.name for one in known.values()), words=words)
        what = fold(stated.what.name)
        if stated.quoted:
            called = tuple(
                one.name for one in known.values() if what in (fold(one.name), fold(one.title or ""))
            )
            return Effect(kind="barred", award=stated.what.name, marks=called, words=words)
        if what in known:
            return Effect(kind="barred", marks=(known[what].name,), words=words)
        names = [one.name for one in known.values()]
        self.scope.unknown("unknown-name", stated.what.name, stated.what.span, names, MARK, otherwise=_TOLD)
        return None

    def _held(self, grade: ast.Word, *, at_most: bool, words: Text) -> Effect | None:
        key = fold(grade.name)
        if not self.declared:
            self._without_effect(grade, *_NO_GRADES)
        elif key not in self.declared:
            self.scope.unknown("unknown-name", grade.name, grade.span, self.by_name.values(), GRADE)
        elif not self.known:
            return None  # a fault of the grades is reported there
        elif at_most and key == fold(self.known[0].name):
            self._without_effect(
                grade,
                Text(
                    en=f"every grade is at most `{grade.name}`, the best one",
                    zh=f"`{grade.name}` 已是最好的等次，否决不起作用",
                ),
                Text(en="name a lower grade", zh="请写较低的等次"),
            )
        elif not at_most and key != fold(self.known[-1].name):
            last = self.known[-1].name
            self.scope.report(
                "veto-raises-grade",
                Text(
                    en=f"a region that earns less than `{grade.name}` would be raised by this veto",
                    zh=f"未达到 `{grade.name}` 的地区会因否决而升等",
                ),
                grade.span,
                help=Text(
                    en=f"write `grade at most {grade.name}`, or name the last grade, `{last}`",
                    zh=f"请写 `等次 至多 {grade.name}`，或写最后一个等次 `{last}`",
                ),
            )
        elif key in self.by_name:
            return Effect(kind="at most" if at_most else "grade", grade=self.by_name[key], words=words)
        return None

    def _without_effect(self, stated: ast.Node, text: Text, help_: Text) -> None:
        self.scope.report("veto-without-effect", text, stated.span, help=help_)


_TOLD = Text(
    en='name a mark, or put what is only told in quotation marks: `barred from "…"`',
    zh="请写认定的名称；仅作说明的事项请加引号：`不得参加 “…”`",
)
_NO_MARKS = (
    Text(en="there are no marks to be barred from", zh="没有认定，无从取消资格"),
    Text(
        en='add `mark` statements, or say what else is lost: `barred from "…"`',
        zh="添加 `认定` 语句，或写明不得参加何事：`不得参加 “…”`",
    ),
)
_NO_GRADES = (
    Text(en="a veto cannot change the grade where there are no grades", zh="没有等次，否决无从改变等次"),
    Text(en="add `grade` statements, or state another effect", zh="添加 `等次` 语句，或改写其他后果"),
)
