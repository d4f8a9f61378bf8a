"""What the statements of one amendment do to the statements of the file that it amends, collected before anything is done.

Everything is looked up in the amended file as it was, so the order of the statements does not matter where they touch
different things; two that touch one thing are told.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from assessment.amending.identity import Path
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.semantics.scope import fold
from assessment.syntax import ast

__all__ = ["Edit", "Edits", "Touch", "aspect"]


@frozen(kw_only=True)
class Touch:
    """What a statement of the amendment does to one thing: `whole` where nothing is left of it."""

    path: Path
    aspect: str
    place: Span


@define(kw_only=True)
class Edit:
    """What becomes of one statement: in order of what is done."""

    size: ast.ChangeSize | None = None
    title: str | None = None
    attributes: tuple[ast.InputAttribute, ...] = ()
    policies: tuple[ast.Policy, ...] = ()
    targets: tuple[ast.ChangedTarget, ...] = ()
    regions: list[ast.AddRegion] = field(factory=list)
    gone_regions: set[str] = field(factory=set)
    number: ast.Word | None = None
    by: ast.Statement | None = None
    """What stands in its place."""
    removed: bool = False
    before: list[ast.Statement] = field(factory=list)
    after: list[ast.Statement] = field(factory=list)
    last: list[ast.Statement] = field(factory=list)
    """What is added to its body, at no particular place."""


@define(kw_only=True)
class Edits:
    """The edits by the path of what they change; what is added to the body of the file has the empty path."""

    by_path: dict[Path, Edit] = field(factory=dict)
    touched: dict[tuple[Path, str], Touch] = field(factory=dict)
    found: list[Diagnostic] = field(factory=list)

    def at(self, path: Path) -> Edit:
        """The edit of a statement."""
        return self.by_path.setdefault(path, Edit())

    def touch(self, path: Path, aspect: str, place: Span) -> bool:
        """Whether nothing else touches the same side of a thing; that two do is reported."""
        first = self.touched.get((path, aspect))
        if first is None:
            self.touched[path, aspect] = Touch(path=path, aspect=aspect, place=place)
            return True
        self._twice(place, first.place)
        return False

    def report_overlaps(self) -> None:
        """Report what is changed inside, or beside, what is replaced or removed as a whole."""
        whole = {path: one for (path, aspect), one in self.touched.items() if aspect == "whole"}
        for (path, aspect), one in self.touched.items():
            above = (path[:length] for length in range(1, len(path) + (aspect != "whole")))
            outer = next((whole[each] for each in above if each in whole), None)
            if outer is None:
                continue
            # What is replaced may have another number too.
            if aspect == "number" and outer.path == path and not self.at(path).removed:
                continue
            self._twice(one.place, outer.place)

    def _twice(self, place: Span, first: Span) -> None:
        self.found.append(
            diagnostic(
                "amendment-twice",
                Text(en="this was amended already", zh="此处已作修订"),
                Label(place=place),
                Label(place=first, text=Text(en="by this statement", zh="由此语句修订"), primary=False),
                help=Text(en="keep one of the two statements", zh="两处只保留一处"),
            )
        )

    def report(
        self,
        code: str,
        text: Text,
        place: Span,
        *,
        help: Text,
        also: Iterable[tuple[Span, Text]] = (),
    ) -> None:
        """Collect a finding, with its places in the amended file."""
        beside = (Label(place=other, text=label, primary=False) for other, label in also)
        self.found.append(diagnostic(code, text, Label(place=place), *beside, help=help))


def aspect(attribute: ast.InputAttribute) -> str:
    """The side of an input that an attribute of it is about."""
    match attribute:
        case ast.CountsAs(status=status) | ast.Code(status=status):
            return f"{type(attribute).__name__} {status}"
        case ast.RowField(name=name):
            return f"field {fold(name)}"
        case _:
            return type(attribute).__name__
