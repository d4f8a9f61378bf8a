"""Names that may be given once: declared with their place, clashes reported with both."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.scope import Scope, fold
from assessment.semantics.traverse import written_names
from assessment.semantics.wording import FIRST
from assessment.syntax import ast

__all__ = ["Names", "check_normalised"]

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Names:
    """The names of one namespace; names are the same where they are equal by NFKC."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._first: dict[str, tuple[Span, Text]] = {}

    def add(self, name: str, span: Span, what: Text) -> bool:
        """Take a name; one that is taken already is reported and gives False. `what` is what it names."""
        key = fold(name)
        if key not in self._first:
            self._first[key] = (span, what)
            return True
        first, of = self._first[key]
        self._scope.report(
            "duplicate-name",
            Text(en=f"`{name}` is already the name of another {of.en}", zh=f"名称 `{name}` 已用于另一{of.zh}"),
            span,
            also=((first, FIRST),),
            help=Text(en="give one of the two another name", zh="请为其中之一另取名称"),
        )
        return False


def check_normalised(file: ast.RuleFile, scope: Scope) -> None:
    """Warn, once for each name, of names written with compatibility characters such as Kangxi radicals.

    Full-width letters and digits are no finding: they are twins of the ASCII ones all over the language.
    """
    seen: set[str] = set()
    for span in written_names(file):
        written = span.text.translate(_FULL_WIDTH)
        if written.isascii() or written in seen:
            continue
        seen.add(written)
        normal = fold(written)
        if normal != written:
            scope.report(
                "name-not-normalised",
                Text(
                    en=f"`{span.text}` holds compatibility characters and is read as `{normal}`",
                    zh=f"`{span.text}` 含兼容字符，按 `{normal}` 识别",
                ),
                span,
                help=Text(en=f"write `{normal}`", zh=f"请写 `{normal}`"),
            )
