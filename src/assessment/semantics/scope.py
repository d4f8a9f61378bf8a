"""What expressions can refer to, and where diagnostics about them are collected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from assessment.core import nodes as n
from assessment.core.types import Clash
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.semantics.model import Group, Target
from assessment.semantics.scores import Readable
from assessment.syntax import ast


def fold(name: str) -> str:
    """A name as it is compared: by NFKC."""
    return unicodedata.normalize("NFKC", name)


class Scope:
    """Names, policies and targets of one rule file while its expressions are elaborated.

    `nodes` maps folded names to the graph of an input or a finished `let`; `declared_at` gives the span of a name's
    declaration. `scores` maps the scores that may be read to what they are: `total`, `indicator 2`, …
    """

    def __init__(
        self,
        *,
        policies: Mapping[str, str],
        year: int | None,
        groups: tuple[Group, ...] = (),
        scores: Mapping[str, Readable] | None = None,
    ) -> None:
        self.policies = policies
        self.year = year
        self.groups = groups
        self.scores = dict(scores or {})
        self.comparing = False
        """Whether what is looked at reads the scores that the file compares, unless it says otherwise."""
        self.ranked = True
        """Whether the file ranks regions, so that there are places to read."""
        self.nodes: dict[str, n.Node] = {}
        self.names: dict[str, str] = {}
        self.declared_at: dict[str, Span] = {}
        self.targets: tuple[Target, ...] = ()
        self.broken: set[str] = set()
        """Names whose declaration was reported; what uses them is not reported again."""
        self.diagnostics: list[Diagnostic] = []
        self.used_policies: dict[str, Span] = {}
        """Policies that something needed, with the first place that did."""
        self.broken_policies: set[str] = set()
        """Policies whose statement was reported; that they are lacking is not reported again."""

    def declare(self, name: str, node: n.Node | None, span: Span) -> None:
        """Make a name known; a declaration without a node was faulty and is remembered as such."""
        key = fold(name)
        self.names[key] = name
        self.declared_at[key] = span
        if node is None:
            self.broken.add(key)
        else:
            self.nodes[key] = node

    def lookup(self, name: ast.Name) -> n.Node | None:
        """The graph of a name; an unknown one is reported with the nearest that there is."""
        key = fold(name.name)
        if key in self.nodes:
            return self.nodes[key]
        if key not in self.broken:
            self.unknown("unknown-name", name.name, name.span, self.names.values())
        return None

    def knows(self, name: str) -> bool:
        """Whether a name was declared, even if its declaration is faulty."""
        return fold(name) in self.nodes or fold(name) in self.broken

    def unknown(
        self, code: str, name: str, span: Span, known: Iterable[str], what: Text | None = None
    ) -> None:
        """Report a name that is not there, with the nearest one where it is near."""
        found = nearest(name, list(known))
        thing = what or Text(en="measure or input", zh="数据或定义")
        self.report(
            code,
            Text(en=f"there is no {thing.en} `{name}`", zh=f"没有名为 `{name}` 的{thing.zh}"),
            span,
            help=None if found is None else Text(en=f"did you mean `{found}`?", zh=f"是否应为 `{found}`？"),
        )

    def report(
        self,
        code: str,
        text: Text,
        span: Span,
        *,
        also: tuple[tuple[Span, Text | None], ...] = (),
        here: Text | None = None,
        help: Text | None = None,
    ) -> None:
        """Collect a diagnostic with its primary place, secondary places and help."""
        labels = [Label(place=span, text=here, primary=True)]
        labels += [Label(place=place, text=label, primary=False) for place, label in also]
        self.diagnostics.append(diagnostic(code, text, *labels, help=help))

    def clash(self, clash: Clash, operands: tuple[ast.Expr, ...], whole: Span) -> None:
        """Report a typing clash at the operand at fault, with the places the types come from."""
        places = [operands[place] for place in clash.operands if place < len(operands)]
        if not places:
            self.report(clash.code, clash.text, whole, help=clash.help)
            return
        origins = tuple(origin for operand in places for origin in self._origin(operand))
        beside = tuple((operand.span, self._types(operand)) for operand in places[1:])
        self.report(
            clash.code,
            clash.text,
            places[0].span,
            here=self._types(places[0]),
            also=beside + origins,
            help=clash.help,
        )

    def _types(self, operand: ast.Expr) -> Text | None:
        node = self.nodes.get(fold(operand.name)) if isinstance(operand, ast.Name) else None
        if node is not None:
            label = node.type.label
            return Text(
                en=f"this is in {label.en}" if node.type.unit else f"this is {label.en}", zh=f"这是{label.zh}"
            )
        return None

    def _origin(self, operand: ast.Expr) -> tuple[tuple[Span, Text], ...]:
        """Where a named operand got its type: its declaration."""
        if isinstance(operand, ast.Name) and fold(operand.name) in self.declared_at:
            return ((self.declared_at[fold(operand.name)], Text(en="declared here", zh="在此声明")),)
        return ()
