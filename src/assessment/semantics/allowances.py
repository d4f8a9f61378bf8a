"""Findings that a file allows: `allow no-owner "…"` in a body, with the reason.

Warnings and notes of the checks can be allowed, errors cannot: rules that have one have no meaning. An `allow` speaks of the body
it stands in, heading and all, or of what is declared there under the names it gives; one that silences nothing is
itself a finding, since what it was written for is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.codes import CODES, TABLES, Severity
from assessment.diagnostics.model import Diagnostic, Span, diagnostic, has_errors
from assessment.semantics.model import Allowance
from assessment.semantics.scope import Scope, fold
from assessment.syntax import ast

__all__ = ["allowances", "check_allowed", "covers", "silenced"]

_OF_EXAMPLES = frozenset({"not-reached"})
"""What only running the examples can find; so only that tells whether it is allowed in vain."""

_SILENT = (
    frozenset(code.name for code in TABLES["rules"] if code.severity is not Severity.ERROR)
    - {"allow-without-effect"}
) | _OF_EXAMPLES
"""What an `allow` can silence."""


def allowances(file: ast.RuleFile) -> tuple[Allowance, ...]:
    """What a file allows, in source order; what is written wrongly allows nothing."""
    return tuple(
        Allowance(code=stated.code.name, reason=stated.reason, where=where, span=stated.span)
        for stated, beside, around in _written(file.body, None)
        if stated.code.name in _SILENT and (where := _where(stated, beside, around)) != ()
    )


def check_allowed(file: ast.RuleFile, scope: Scope) -> None:
    """Report codes that there are not, or that cannot be allowed, and names that nothing beside them has."""
    for stated, beside, _ in _written(file.body, None):
        code = stated.code.name
        if code not in CODES:
            scope.unknown(
                "unknown-code", code, stated.code.span, sorted(_SILENT), Text(en="finding", zh="提示代码")
            )
        elif code not in _SILENT:
            _report_never(code, stated, scope)
        for name in stated.names:
            names = [one for found in beside if (one := _name(found)) is not None]
            if fold(name.name) not in map(fold, names):
                scope.unknown("unknown-name", name.name, name.span, names, Text(en="statement", zh="语句"))


def silenced(file: ast.RuleFile, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that a file does not allow; where none is an error, with those about an `allow` that silences nothing."""
    found = tuple(found)
    allowed = allowances(file)
    if not allowed:
        return found
    kept: list[Diagnostic] = []
    effective: set[int] = set()
    for one in found:
        by = [place for place, allowance in enumerate(allowed) if covers(allowance, one)]
        effective.update(by)
        if not by:
            kept.append(one)
    if not has_errors(kept):
        kept += (
            without_effect(allowance)
            for place, allowance in enumerate(allowed)
            if place not in effective and allowance.code not in _OF_EXAMPLES
        )
    return tuple(kept)


def covers(allowance: Allowance, found: Diagnostic) -> bool:
    """Whether an `allow` silences a finding."""
    place = found.span
    if found.code != allowance.code or found.severity is Severity.ERROR or not isinstance(place, Span):
        return False
    if allowance.where is None:
        return True
    return any(
        one.source == place.source and one.start <= place.start and place.end <= one.end
        for one in allowance.where
    )


_Written = tuple[ast.Allow, tuple[ast.Statement, ...], ast.Statement | None]


def _written(body: tuple[ast.Statement, ...], around: ast.Statement | None) -> Iterator[_Written]:
    """Every `allow`, with the statements beside it and the one whose body it stands in (None: the file)."""
    for stated in body:
        if isinstance(stated, ast.Allow):
            yield stated, body, around
        inner = getattr(stated, "body", None)
        if isinstance(inner, tuple):
            yield from _written(inner, stated)


def _where(
    stated: ast.Allow, beside: tuple[ast.Statement, ...], around: ast.Statement | None
) -> tuple[Span, ...] | None:
    """Where findings are allowed; None for the whole file."""
    if not stated.names:
        return None if around is None else (around.span,)
    wanted = {fold(name.name) for name in stated.names}
    return tuple(found.span for found in beside if fold(_name(found) or "") in wanted)


def _name(found: ast.Statement) -> str | None:
    """The name under which a statement declares something."""
    name = None if isinstance(found, ast.Indicator) else getattr(found, "name", None)
    return name if isinstance(name, str) else None


def _report_never(code: str, stated: ast.Allow, scope: Scope) -> None:
    if CODES[code].severity is Severity.ERROR:
        text = Text(
            en=f"`{code}` is an error, and rules with an error have no meaning",
            zh=f"`{code}` 是错误，有错误的规则没有意义",
        )
        help_ = Text(
            en="mend what it says; warnings and notes can be allowed",
            zh="请按其说明改正；可以准许的只有警告和提示",
        )
    else:
        text = Text(
            en=f"`{code}` is not a finding about what rules say", zh=f"`{code}` 不是关于规则内容的提示"
        )
        help_ = Text(en="leave this statement out", zh="请删除此语句")
    scope.report("cannot-be-allowed", text, stated.code.span, help=help_)


def without_effect(allowance: Allowance) -> Diagnostic:
    """The finding about an `allow` that silences nothing."""
    return diagnostic(
        "allow-without-effect",
        Text(
            en=f"there is no `{allowance.code}` here that could be allowed",
            zh=f"此处没有可准许的 `{allowance.code}`",
        ),
        allowance.span,
        help=Text(
            en="leave it out, or write it in the body where the finding is",
            zh="请删除，或写到该提示所在之处",
        ),
    )
