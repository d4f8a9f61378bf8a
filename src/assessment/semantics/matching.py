"""The arguments of a call, matched to the parameters of a method: by name, or by their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from attrs import evolve

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Parameter
from assessment.methods.registry import fold
from assessment.semantics.scope import Scope
from assessment.syntax import ast

__all__ = ["Signature", "matched", "no_table", "signature", "with_parameters"]


class Signature(Protocol):
    """What a call needs to know of a method, built in or of the file."""

    @property
    def en(self) -> str:
        """The English name."""

    @property
    def zh(self) -> str:
        """The Chinese name."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters in the order of positional arguments."""


def with_parameters(
    arguments: Iterable[ast.Argument], parameters: Sequence[Parameter | None]
) -> Iterator[tuple[ast.Argument, Parameter | None]]:
    """Arguments with the parameters they are for, without a check; None where nothing is known of one."""
    place = 0
    for argument in arguments:
        if argument.name is None:
            parameter = parameters[place] if place < len(parameters) else None
            place += parameter is None or not parameter.many
        else:
            wanted = fold(argument.name)
            named = (one for one in parameters if one is not None and wanted in (fold(one.en), fold(one.zh)))
            parameter = next(named, None)
        yield argument, parameter


def matched(call: ast.Call, method: Signature, scope: Scope) -> dict[str, list[ast.Argument]]:
    """The written arguments by the English name of their parameter."""
    by_written = {fold(name): p for p in method.parameters for name in (p.en, p.zh)}
    found_for: dict[str, list[ast.Argument]] = {}
    position = 0
    for each in call.arguments:
        written = _named_by_equals(each, by_written, scope)
        if written.name is None:
            if position >= len(method.parameters):
                scope.report(
                    "too-many-arguments",
                    Text(en=f"`{call.name}` takes no further argument", zh=f"`{call.name}` 没有更多参数"),
                    written.span,
                    help=signature(method),
                )
                continue
            parameter = method.parameters[position]
            if not parameter.many:
                position += 1
        else:
            found = by_written.get(fold(written.name))
            if found is None:
                known = [name for p in method.parameters for name in (p.en, p.zh)]
                what = Text(en=f"parameter of `{call.name}` named", zh=f"`{call.name}` 参数")
                scope.unknown(
                    "unknown-parameter",
                    written.name,
                    written.span,
                    known,
                    what,
                    otherwise=signature(method),
                )
                continue
            parameter = found
        if parameter.en in found_for and not parameter.many:
            scope.report(
                "too-many-arguments",
                Text(en=f"`{parameter.en}` is given twice", zh=f"参数 `{parameter.zh}` 给了两次"),
                written.span,
                also=((found_for[parameter.en][0].span, Text(en="first given here", zh="首次出现")),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
            continue
        found_for.setdefault(parameter.en, []).append(written)
    return found_for


def _named_by_equals(written: ast.Argument, by_written: dict[str, Parameter], scope: Scope) -> ast.Argument:
    """The argument; `target = 100%`, where `target` is a parameter and nothing else, is reported and read as meant."""
    value = written.value
    if (
        written.name is not None
        or not isinstance(value, ast.Comparison)
        or value.op != "="
        or not isinstance(value.left, ast.Name)
        or fold(value.left.name) not in by_written
        or scope.knows(value.left.name)
    ):
        return written
    name = value.left.name
    scope.report(
        "syntax-error",
        Text(en=f"a colon stands behind the parameter `{name}`", zh=f"参数 `{name}` 之后应为冒号"),
        value.span,
        help=Text(
            en=f"write `{name}: {value.right.span.text}`", zh=f"请写 `{name}：{value.right.span.text}`"
        ),
    )
    return evolve(written, name=name, value=value.right)


def signature(method: Signature) -> Text:
    """How a call is written, for a help text."""
    en = ", ".join(p.en for p in method.parameters)
    zh = "，".join(p.zh for p in method.parameters)
    return Text(en=f"it is written {method.en}({en})", zh=f"写法为 {method.zh}（{zh}）")


def no_table(call: ast.Call, scope: Scope) -> None:
    """Report a table behind a call that takes none."""
    if call.table is not None:
        scope.report(
            "too-many-arguments",
            Text(en=f"`{call.name}` takes no table", zh=f"`{call.name}` 不带表格"),
            call.table.span,
            help=Text(en="take the table out", zh="请删去表格"),
        )
