"""Names that may be given once: declared with their place, clashes reported with both."""

from __future__ import annotations

from collections.abc import Callable

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import FIRST

__all__ = ["Names"]


class Names:
    """The names of one namespace; names are the same where they fold to the same, by NFKC unless told otherwise."""

    def __init__(self, scope: Scope, *, folded: Callable[[str], str] = fold) -> None:
        self._scope, self._folded = scope, folded
        self._first: dict[str, tuple[Span, Text]] = {}

    def add(self, name: str, span: Span, what: Text) -> bool:
        """Take a name; one that is taken already is reported and gives False. `what` is what it names."""
        key = self._folded(name)
        if key not in self._first:
            self._first[key] = (span, what)
            return True
        first, of = self._first[key]
        a = "an" if of.en[0] in "aeiou" else "a"
        other, zh = ("another", "另一") if of == what else (a, "一个")
        self._scope.report(
            "duplicate-name",
            Text(
                en=f"`{name}` is already the name of {other} {of.en}", zh=f"名称 `{name}` 已用于{zh}{of.zh}"
            ),
            span,
            also=((first, FIRST),),
            help=Text(en="give one of the two another name", zh="请为其中之一另取名称"),
        )
        return False
