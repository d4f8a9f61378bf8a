"""What expressions can refer to, and where diagnostics about them are collected."""

from __future__ import annotations

import copy
import itertools
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from attrs import evolve, field, frozen

from assessment.core import nodes as n
from assessment.core.types import Clash, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.methods.base import UNLIMITED
from assessment.semantics.model import Group, Policy, RegionClass, Target
from assessment.semantics.scores import Readable
from assessment.semantics.signatures import OwnMethod, Table
from assessment.syntax import ast

MOST_COMPARED = 200_000
"""So many pairs of names are compared in one file for a suggestion: some two seconds of work."""


def fold(name: str) -> str:
    """A name as it is compared: by NFKC."""
    return unicodedata.normalize("NFKC", name)


@frozen(kw_only=True)
class Given:
    """What a parameter stands for in the body of a method: a value, a word of choice or a whole number.

    None where it is not known, or where its fault is reported. `measure` is the name of the input or measure that was
    given as it is, `place` is where the argument stands.
    """

    value: n.Node | str | int | None
    measure: str | None = None
    place: Span | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Its:
    """What `it` stands for in a default, and which direction of it is better, where that is stated."""

    given: Given
    direction: str | None
    place: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class FromBody:
    """A finding in a body that is read anew at every call, with the calls that lead to it: outermost first."""

    finding: Diagnostic
    calls: tuple[Label, ...]


IN_CALL = Text(en="in this call", zh="在此处调用时")


class Scope:
    """Names, policies and targets of one rule file while its expressions are elaborated.

    `nodes` maps folded names to the graph of an input or a finished `let`; `declared_at` gives the span of a name's
    declaration. `scores` maps the scores that may be read to what they are: `total`, `indicator 2`, …
    """

    def __init__(
        self,
        *,
        policies: Mapping[str, Policy] | None = None,
        year: int | None,
        groups: tuple[Group, ...] = (),
        scores: Mapping[str, Readable] | None = None,
    ) -> None:
        self.stated: Mapping[str, Policy] = policies or {}
        self.year = year
        self.groups = groups
        self.classes: tuple[RegionClass, ...] = ()
        self.scores = dict(scores or {})
        self.marks: Mapping[str, ast.Mark] = {}
        """The marks of the file, by folded name."""
        self.grade: Type | None = None
        """The grades of the file as a level, None where it has none."""
        self.comparing = False
        """Whether what is looked at reads the scores that the file compares, unless it says otherwise."""
        self.ranked = True
        """Whether the file ranks regions, so that there are places to read."""
        self.nodes: dict[str, n.Node] = {}
        self.exchanged: dict[str, n.Node] = {}
        """Graphs that stand in the place of what is declared under a name, where a tree is taken again."""
        self.names: dict[str, str] = {}
        self.declared_at: dict[str, Span] = {}
        self.targets: tuple[Target, ...] = ()
        self.fields: dict[str, dict[str, n.Node]] = {}
        """The fields of inputs with rows: by the folded name of the input, the graph of each folded name."""
        self.amid: list[str] = []
        """Inputs whose fields are called by their names alone, the innermost last."""
        self.broken: set[str] = set()
        """Names whose declaration was reported; what uses them is not reported again."""
        self.diagnostics: list[Diagnostic] = []
        self.used_policies: dict[str, Span] = {}
        """Policies that something needed and that no body around it states, with the first place that did."""
        self.coded: dict[str, dict[str, Span]] = {}
        """By input, the policies that its codes need."""
        self.estimates_unsaid: dict[int, n.Frame] = {}
        """The estimates (by identity of their frames) of which it is not said whether statistics count them."""
        self.nested: list[Policy] = []
        """The policies that bodies below the file's own state."""
        self.acting: set[int] = set()
        """The policies (by identity) that something needed."""
        self.broken_policies: set[str] = set()
        """Policies whose statement was reported; that they are lacking is not reported again."""
        self.own: dict[str, OwnMethod] = {}
        """The methods that the file defines, by their name as methods are compared."""
        self.tables: dict[str, Table] = {}
        """The tables of the file, by folded name."""
        self.unsized: set[str] = set()
        """Folded numbers of indicators whose size was to come from a table, which was reported."""
        self.indicator: str | None = None
        """The number of the indicator that is being looked at; empty in a body that is read by itself."""
        self.given: Mapping[str, Given] = {}
        """What the parameters stand for, in the body of a method."""
        self.its: Its | None = None
        """What `it` stands for, in a default."""
        self.calls: tuple[Label, ...] = ()
        """The calls that lead to this body, outermost first; none outside bodies."""
        self.from_bodies: dict[tuple[str, Span | None, Text], FromBody] = {}
        """What was found in bodies, each mistake once however often its body is read."""
        self.instances: dict[tuple[object, ...], tuple[n.Node | None, object]] = {}
        """Bodies that were read before with the very same arguments, which are kept with them."""
        self.compared = [0]
        """How many pairs of names were compared for suggestions."""
        self.expanded = [0]
        """How many bodies the outermost call has been turned into."""

    def inside(
        self, given: Mapping[str, Given], call: Span, *, its: Its | None = None, how: Text = IN_CALL
    ) -> Scope:
        """The scope of a body at one call: parameters go before names; what is found is kept for `from_bodies`."""
        inner = copy.copy(self)
        inner.given, inner.its = given, its
        inner.calls = (*self.calls, Label(place=call, text=how, primary=False))
        inner.diagnostics = []
        inner.amid = []
        if not self.calls:
            self.expanded[0] = 0
        return inner

    @property
    def policies(self) -> Mapping[str, str]:
        """The words of the policies that hold here, by their key."""
        return {key: policy.then.value for key, policy in self.stated.items()}

    @contextmanager
    def under(self, own: Mapping[str, Policy]) -> Iterator[None]:
        """A body with policies of its own: the nearest holds."""
        before = self.stated
        self.stated = {**before, **own} if own else before
        try:
            yield
        finally:
            self.stated = before

    @contextmanager
    def of(self, indicator: str | None) -> Iterator[None]:
        """A node in an indicator, or an indicator itself; None leaves things as they are."""
        before = self.indicator
        self.indicator = before if indicator is None else indicator
        try:
            yield
        finally:
            self.indicator = before

    def need(self, key: str, span: Span) -> None:
        """Note that something at a place needs a policy."""
        policy = self.stated.get(key)
        if policy is None:
            self.used_policies.setdefault(key, span)
        else:
            self.acting.add(id(policy))

    def with_its(self, its: Its) -> Scope:
        """The same scope where `it` stands for something."""
        inner = copy.copy(self)
        inner.its = its
        return inner

    def exchanging(self, nodes: Mapping[str, n.Node], path: str) -> Scope:
        """The scope of a tree that is taken again: other graphs under some names, scores under the path of its result.

        Nothing is declared in it yet; what its pass finds stays its own.
        """
        again = copy.copy(self)
        again.nodes, again.names, again.declared_at, again.broken = {}, {}, {}, set()
        again.diagnostics, again.nested, again.instances = [], [], {}
        again.exchanged = dict(nodes)
        again.scores = {
            name: one
            if one.level == "result"
            else evolve(one, path=path if one.level == "total" else f"{path}/{one.path}")
            for name, one in self.scores.items()
        }
        return again

    def declare(self, name: str, node: n.Node | None, span: Span) -> None:
        """Make a name known; a declaration without a node was faulty and is remembered as such."""
        key = fold(name)
        self.names[key] = name
        self.declared_at[key] = span
        node = self.exchanged.get(key, node)
        if node is None:
            self.broken.add(key)
        else:
            self.nodes[key] = node

    def lookup(self, name: ast.Name) -> n.Node | None:
        """The graph of a name; an unknown one is reported with the nearest that there is."""
        key = fold(name.name)
        if key in self.given:
            return self._given(name, self.given[key])
        found = self.node_of(name)
        if found is None and key not in self.broken:
            local = [field for rows in self.amid for field in self.fields.get(rows, ())]
            known = [*self.given, *local, *self.names.values()]
            self.unknown("unknown-name", name.name, name.span, known)
        return found

    def field_of(self, name: ast.FieldOf) -> n.Node | None:
        """The graph of a field; one that is not there is reported."""
        found = self.node_of(name)
        if found is None and self.lookup(name.rows) is not None:
            what = Text(en=f"field of `{name.rows.name}` named", zh=f"`{name.rows.name}` 的字段")
            self.unknown("unknown-name", name.field, name.span, self._fields_of(name.rows), what)
        return found

    def _fields_of(self, rows: ast.Name) -> Mapping[str, n.Node]:
        """The fields of the rows that a name stands for."""
        node = self.node_of(rows)
        if node is None or node.type.rows_of is None:
            return {}
        return self.fields.get(fold(node.type.rows_of), {})

    @contextmanager
    def among(self, rows: str | None) -> Iterator[None]:
        """Inside, the fields of an input's rows are called by their names alone."""
        self.amid.append("" if rows is None else fold(rows))
        try:
            yield
        finally:
            self.amid.pop()

    def _given(self, name: ast.Name, given: Given) -> n.Node | None:
        if given.value == UNLIMITED[0]:
            self.report(
                "argument-kind",
                Text(
                    en=f"`{name.name}` is given as `none`, and a value is needed here",
                    zh=f"`{name.name}` 给定为 `不限`，而此处需要数值",
                ),
                name.span,
                help=Text(
                    en="give a value, or let the method leave this out", zh="请给定数值，或在方法中去掉此处"
                ),
            )
            return None
        if isinstance(given.value, (str, int)):
            self.report(
                "argument-kind",
                Text(
                    en=f"`{name.name}` is a word of choice elsewhere in this method, and a value is needed here",
                    zh=f"`{name.name}` 在本方法中用作选项，而此处需要数值",
                ),
                name.span,
                help=Text(en="use two parameters", zh="请用两个参数"),
            )
            return None
        return given.value

    def word_given(self, name: str) -> str | int | None:
        """The word or whole number that a parameter stands for."""
        given = self.given.get(fold(name))
        return given.value if given is not None and isinstance(given.value, (str, int)) else None

    def node_of(self, expr: ast.Expr) -> n.Node | None:
        """The graph that a bare name, a field or `it` stands for, without a report."""
        if isinstance(expr, ast.It):
            found: object = None if self.its is None else self.its.given.value
        elif isinstance(expr, ast.Name):
            key = fold(expr.name)
            local = (self.fields.get(rows, {}).get(key) for rows in reversed(self.amid))
            field = next((node for node in local if node is not None), None)
            found = self.given[key].value if key in self.given else field or self.nodes.get(key)
        elif isinstance(expr, ast.FieldOf):
            found = self._fields_of(expr.rows).get(fold(expr.field))
        else:
            return None
        return found if isinstance(found, n.Base) else None  # type: ignore[return-value]

    def measure_of(self, expr: ast.Expr) -> str | None:
        """The name of the input or measure that a bare name or `it` stands for."""
        if isinstance(expr, ast.It):
            return None if self.its is None else self.its.given.measure
        if not isinstance(expr, ast.Name):
            return None
        given = self.given.get(fold(expr.name))
        return expr.name if given is None else given.measure

    def knows(self, name: str) -> bool:
        """Whether a name was declared, even if its declaration is faulty."""
        return any(fold(name) in known for known in (self.given, self.nodes, self.broken))

    def declared_place(self, name: str) -> Span | None:
        """Where a name was declared."""
        return self.declared_at.get(fold(name))

    def unknown(
        self,
        code: str,
        name: str,
        span: Span,
        known: Collection[str],
        what: Text | None = None,
        *,
        otherwise: Text | None = None,
    ) -> None:
        """Report a name that is not there, with the nearest one where it is near.

        Where none is, the help is `otherwise`, or which names there are.
        """
        found = self.nearest(name, known)
        thing = what or Text(en="measure or input", zh="数据或定义")
        self.report(
            code,
            Text(en=f"there is no {thing.en} `{name}`", zh=f"没有名为 `{name}` 的{thing.zh}"),
            span,
            help=otherwise or known_names(known)
            if found is None
            else Text(en=f"did you mean `{found}`?", zh=f"是否应为 `{found}`？"),
        )

    @property
    def gave_up(self) -> bool:
        """Whether so many names are wrong that some were given no suggestion."""
        return self.compared[0] > MOST_COMPARED

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """The known name that was probably meant.

        Of a file in which thousands of names are wrong the first ones get a suggestion: comparing each with thousands
        would take hours and tell nothing more.
        """
        self.compared[0] += len(known)
        return None if self.gave_up else nearest(name, known)

    def report(
        self,
        code: str,
        text: Text,
        span: Span,
        *,
        help: Text,
        also: tuple[tuple[Span, Text | None], ...] = (),
        here: Text | None = None,
    ) -> None:
        """Collect a diagnostic with its primary place, secondary places and help."""
        labels = [Label(place=span, text=here, primary=True)]
        labels += [Label(place=place, text=label, primary=False) for place, label in also]
        found = diagnostic(code, text, *labels, help=help)
        self.diagnostics.append(found)
        if self.calls:
            self.from_bodies.setdefault((code, span, text), FromBody(finding=found, calls=self.calls))

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
        node = self.node_of(operand)
        if node is not None:
            label = node.type.label
            return Text(
                en=f"this is in {label.en}" if node.type.unit else f"this is {label.en}", zh=f"这是{label.zh}"
            )
        return None

    def _origin(self, operand: ast.Expr) -> tuple[tuple[Span, Text], ...]:
        """Where a named operand got its type: its declaration, or the argument that it stands for."""
        given = self.given.get(fold(operand.name)) if isinstance(operand, ast.Name) else None
        given = self.its.given if isinstance(operand, ast.It) and self.its is not None else given
        if given is not None:
            return () if given.place is None else ((given.place, Text(en="given here", zh="在此给出")),)
        if isinstance(operand, ast.Name) and fold(operand.name) in self.declared_at:
            return ((self.declared_at[fold(operand.name)], Text(en="declared here", zh="在此声明")),)
        return ()


_MOST_NAMED = 8
"""How many of the known names a help names."""


def known_names(known: Collection[str]) -> Text:
    """Which names there are, or that there are none yet."""
    if not known:
        return Text(en="declare it first, or leave this out", zh="请先声明，或删去此处")
    first = [f"`{name}`" for name in itertools.islice(dict.fromkeys(known), _MOST_NAMED)]
    if len(known) > _MOST_NAMED:
        return Text(en=f"known are {', '.join(first)} and more", zh=f"已有 {'、'.join(first)} 等")
    return Text(en=f"known: {', '.join(first)}", zh=f"已有 {'、'.join(first)}")
