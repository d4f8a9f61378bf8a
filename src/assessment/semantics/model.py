"""Checked rules: what a rule file says once names are resolved and expressions are typed core graphs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Span
from assessment.number import Mode, exact_text
from assessment.syntax.words import spelling

Level = Literal["total", "category", "indicator", "part", "bonus", "deduction", "result"]
Reading = Literal["full", "rounded", "rescaled"]
InputForm = Literal["number", "yes/no", "choice", "ratings", "events", "date", "text", "region"]

POLICY_KEYS = {
    Absence.NOT_APPLICABLE: "not applicable",
    Absence.NOT_REPORTED: "missing",
    Absence.WITHHELD: "withheld",
    Absence.NOT_YET_AVAILABLE: "not yet available",
    Absence.UNDEFINED: "undefined",
}
"""The policy that speaks of each kind of absence."""

RESCALE = "rescale in category"
"""The policy that passes points on to the siblings."""

ESTIMATE = "estimate"
ESTIMATE_OUTSIDE = "estimate outside statistics"
"""The names of the frames of estimates; those of the second are left out of statistics."""
COUNTS_AS = "counts as"
"""The name of the frames of what an input itself puts in the place of a lacking figure."""

RESCALE_ALL = "rescale over all"
"""The policy that passes points on to everything that is still scored, wherever it stands."""


@frozen(kw_only=True)
class Disposal:
    """What becomes of a score that is not there.

    `value` is a word of the language (`zero`, `full`, `error`, `not computed`, `rescale in category`, `rescale over all`,
    or for policies of other things `min`, `half`, …), or `rate` (with `rate`), `peer mean` and `peer lowest` (with
    `within`), `reference` (with `subject`). The last three may have nothing to take; then `otherwise` comes.
    """

    value: str
    rate: Fraction | None = None
    within: Literal["group", "all"] | None = None
    subject: str | None = None
    otherwise: Disposal | None = None

    @property
    def last(self) -> Disposal:
        """What comes where nothing before it has a value."""
        return self if self.otherwise is None else self.otherwise.last

    @property
    def rescales(self) -> bool:
        """Whether points may be passed on."""
        return self.last.value in (RESCALE, RESCALE_ALL)

    @property
    def text(self) -> Text:
        """As it is written, in both languages."""
        return Text(en=self.in_("en"), zh=self.in_("zh"))

    def in_(self, lang: Lang) -> str:
        """As it is written in one language."""
        match self:
            case Disposal(rate=Fraction() as rate):
                shown = f"{exact_text(rate * 100)}%"
            case Disposal(value=value, within=str(within)):
                link = " " if lang == "zh" else f" {spelling('WITHIN', 'within', lang)} "
                shown = f"{spelling('PEERS', value, lang)}{link}{spelling('FIELD', within, lang)}"
            case Disposal(subject=str(subject)):
                shown = f"{spelling('REFERENCE', 'reference', lang)} {subject}"
            case _:
                shown = spelling("POLICY_VALUE", self.value, lang)
        if self.otherwise is None:
            return shown
        comma = "，" if lang == "zh" else ", "
        return f"{shown}{comma}{spelling('OR_ELSE', 'otherwise', lang)} {self.otherwise.in_(lang)}"


@frozen(kw_only=True)
class Policy:
    """A policy as a body states it; `place` is the path of the node whose body it is, `total` for the file's own."""

    key: str
    then: Disposal
    place: str = "total"
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def text(self) -> Text:
        """As it is written, in both languages."""
        then = self.then.text
        return Text(
            en=f"{spelling('POLICY_KEY', self.key, 'en')}: {then.en}",
            zh=f"{spelling('POLICY_KEY', self.key, 'zh')}：{then.zh}",
        )


@frozen(kw_only=True)
class Member:
    """A region of a group, by its name and the other names that data may use for it."""

    name: str
    aliases: tuple[str, ...] = ()


@frozen(kw_only=True)
class Group:
    """A group of regions; a reference group is scored but stands outside ranks and statistics."""

    name: str
    title: str
    reference: bool
    members: tuple[Member, ...]
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class RegionClass:
    """A class of regions, an attribute that may overlap with others; without `members` the data say who belongs to it."""

    name: str
    title: str
    members: tuple[str, ...] | None
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Department:
    """A department by its id and title."""

    name: str
    title: str
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Bounds:
    """A declared range, in the stored scale (a share of 2.3 % is 23/1000); an end that is None is without limit."""

    low: Fraction | None = None
    low_closed: bool = True
    high: Fraction | None = None
    high_closed: bool = True

    def hold(self, value: Fraction) -> bool:
        """Whether a value lies in the range."""
        if self.low is not None and (value < self.low or (value == self.low and not self.low_closed)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_closed)


@frozen(kw_only=True)
class Input:
    """What the data must supply under one name.

    `form` is `number`, `yes/no`, `choice`, `ratings` or `events`; a field of rows may also be a `date`, a `text` or a
    `region`. `type` is that of the core node; for ratings and events it is the type of one row. `unit` is the unit as
    written (`亿元`, `%`, `pp`), None for a plain number. `codes` are texts in the data that mark an absence. `whole` asks
    for whole numbers.

    `no_rows` is there for ratings and events that the data give in rows of their own: it says what a region without a
    row is. `fields` are what those rows have beside their value. `lacking` is for a field: what a row without it is.
    `lag` is how many years before its own an assessment reads the value. `published_places` are the decimals, in the unit
    of the input, to which its values are published, None where they are exact.
    """

    name: str
    title: str
    form: InputForm
    type: Type
    unit: str | None = None
    bounds: Bounds = Bounds()
    levels: tuple[str, ...] = ()
    whole: bool = False
    aliases: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    basis: str | None = None
    evidence: tuple[str, ...] = ()
    codes: Mapping[str, Absence] = field(factory=dict)
    fields: tuple[Input, ...] = ()
    no_rows: Literal["none", "not reported"] | None = None
    lag: int = 0
    published_places: int | None = None
    lacking: Literal["error", "not counted"] | None = None
    span: Span = field(eq=False, repr=False)

    @property
    def in_rows(self) -> bool:
        """Whether the data give each rating or event in a row of its own."""
        return self.no_rows is not None


@frozen(kw_only=True)
class Measure:
    """A `let`: a named measure; `node` is its frame."""

    name: str
    title: str
    node: n.Node
    unit: str | None
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Target:
    """A target of a measure for a year; `scope` is a group's name or `all`. `value` is in the stored scale."""

    scope: str
    measure: str
    year: int
    value: Fraction
    text: str
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Rounding:
    """Decimal places and the mode of a tie."""

    places: int
    mode: Mode


@frozen(kw_only=True)
class Exemption:
    """Where a node does not apply: for groups, under a condition, or both; `then` disposes of its points.

    Without groups it is for every region; there is a condition then. `text` is the statement as written, `words` the
    statement in either language, `place` the path of the node that makes it, or of the one whose policy it follows.
    `without_points` says that the node has no points there either, so that none are passed on and nothing else is asked.
    """

    groups: tuple[str, ...]
    condition: n.Node | None
    then: Disposal
    text: str
    words: Text
    without_points: bool = False
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Rescaling:
    """That the best of a field gets full marks and the others their share; `keep` where no best is above zero."""

    within: Literal["group", "all"]
    keep: bool
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Coverage:
    """How much of a node must rest on the region's own data, and what becomes of the node where less does.

    `of` says of what the share is taken, the direct children or the leaves below; `by` how each counts; `exempt` whether
    what does not apply is left out of the whole.
    """

    least: Fraction
    of: Literal["children", "leaves"]
    by: Literal["count", "weight"]
    exempt: Literal["left out", "counted"]
    then: Disposal
    text: str
    words: Text
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class ScoreNode:
    """A node of the score tree: the whole, a category, an indicator or a part; or a bonus or deduction beside it.

    A result that is made from scores is such a node, too, on its own.

    `path` is its stable name: `total`, `category gathering`, `indicator 2`, `indicator 2.level`, `result gap`; in a tree that
    is taken again, behind the name of its result (`result adjusted/indicator 2`). Sizes are absolute
    points, or relative weights in an index. A leaf has `formula`, its typed graph, which yields a rate or points; a
    leaf without one applies to nobody. `policies` are those that hold for it, each the nearest that is stated.
    `ceiling` and `floor` are the most and the least that it may be worth, as stated,
    in points or in an index as a share of full marks; `uncapped` and `unfloored` say that the file wants none. `most`
    and `least` are those that hold.

    `adjustments` are the bonuses and deductions of the node, `adjustment_caps` the most that each kind makes together.
    `cap_order` says whether the node's own ends hold before or after them. A bonus or deduction is itself a leaf:
    `points` is its cap, 1 where it is `uncapped`. `carry` is what the parent reads, None for what the file says.

    Where points differ by group, `by_group` has those of every group, None for one that does not have the node on its sheet;
    `points` are then the most of them, and serve only as what `ceiling` and `floor` are shares of.
    """

    path: str
    level: Level
    name: str
    number: str | None = None
    title: str = ""
    key: bool = False
    points: Fraction | None = None
    by_group: Mapping[str, Fraction | None] = field(factory=dict)
    weight: Fraction | None = None
    ceiling: Fraction | None = None
    floor: Fraction | None = None
    uncapped: bool = False
    unfloored: bool = False
    rescale: Rescaling | None = None
    carry: Reading | None = None
    adjustments: tuple[ScoreNode, ...] = ()
    adjustment_caps: Mapping[str, Fraction] = field(factory=dict)
    ends_at: Mapping[str, Span] = field(factory=dict, eq=False, repr=False)
    """Where `ceiling` and `floor`, and the most of each `bonus` and `deduction` together, are stated."""
    cap_order: Literal["before", "after"] | None = None
    join: Literal["sum", "mean", "geometric", "harmonic", "min", "max"] = "sum"
    formula: n.Node | None = None
    alike: int | None = field(default=None, eq=False, repr=False)
    """A number that leaves of one tree have in common whose formulas differ in the names of inputs and in places only."""
    yields: Literal["rate", "points"] = "rate"
    text: str = ""
    departments: tuple[str, ...] = ()
    clause: str | None = None
    exemptions: tuple[Exemption, ...] = ()
    policies: Mapping[str, Policy] = field(factory=dict)
    coverage: Coverage | None = None
    assumptions: tuple[str, ...] = ()
    children: tuple[ScoreNode, ...] = ()
    span: Span = field(eq=False, repr=False)

    def walk(self) -> tuple[ScoreNode, ...]:
        """The node and all below it, parents first, in source order; bonuses and deductions behind the children."""
        return (self, *(below for child in self.children for below in child.walk()), *self.adjustments)

    def points_of(self, group: str | None) -> Fraction | None:
        """The points that are stated for a group; None where it does not have the node on its sheet."""
        return self.points if group is None or not self.by_group else self.by_group[group]

    @property
    def most(self) -> Fraction | None:
        """What the node is held to from above: full marks for a leaf, or after bonuses, unless the file says otherwise."""
        if self.uncapped or self.ceiling is not None or (self.children and self.cap_order != "after"):
            return self.ceiling
        return Fraction(1) if self.points is None else self.points

    @property
    def least(self) -> Fraction | None:
        """What the node is held to from below: zero for a leaf, or after deductions, unless the file says otherwise."""
        if self.unfloored or self.floor is not None or (self.children and self.cap_order != "after"):
            return self.floor
        return Fraction(0)


@frozen(kw_only=True)
class Scale:
    """The scale of the result: `points` for a scheme of points, otherwise the ends of the scale of an index.

    An `unbounded` one has the ends 0 and 1, on which nothing is held.
    """

    name: str
    points: Fraction | None
    low: Fraction
    high: Fraction
    unbounded: bool = False
    title: str | None = None


@frozen(kw_only=True)
class Quota:
    """How many regions of a field may earn a grade or a mark: a share of them, or a number.

    The field is `within` the group or all; a named `group` alone may earn it where there is one. `mode` rounds the share of the field
    to whole regions. `by` are what decides who gets a place, in order, each with whether the highest comes first; none for the
    total. Regions equal at the line all come `in` or all stay `out`; what is equal is what decides, and where the quota is
    `ordered`, everything that decides the ranks.
    """

    size: Fraction
    share: bool
    within: n.Extent
    group: str | None = None
    by: tuple[tuple[n.Node, bool], ...] = ()
    mode: Mode | None
    ties: Literal["in", "out"]
    ordered: bool
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Grade:
    """A grade and the least total that earns it; `bound` is None for `otherwise`. The best grade comes first.

    `condition` is what else it takes, and may read scores; `words` is the statement in both languages.
    """

    name: str
    op: str | None
    bound: Fraction | None
    condition: n.Node | None = None
    words: Text | None = None
    quota: Quota | None = None
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Limit:
    """A condition under which the grade is at most `at_most`; the condition may read scores."""

    condition: n.Node
    at_most: str
    text: str
    words: Text
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Effect:
    """What a veto does.

    `kind` says which of the others is there: `zero` sets the score `path` to zero, `grade` forces the worst grade, `at most` holds to
    `grade`, `down` lowers by so many grades, `barred` keeps from an `award` that is only told, and from `marks`, `out of ranking`
    takes from places and quotas.
    """

    kind: Literal["zero", "grade", "at most", "down", "barred", "out of ranking"]
    path: str | None = None
    grade: str | None = None
    down: int = 0
    award: str | None = None
    marks: tuple[str, ...] = ()
    words: Text


@frozen(kw_only=True)
class Veto:
    """A condition with its effects; it reads scores and places as they are before any veto.

    `text` is the condition as written, `words` the whole statement.
    """

    name: str
    title: str
    condition: n.Node
    effects: tuple[Effect, ...]
    text: str
    words: Text
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Mark:
    """What regions are awarded: all for which the condition holds, or those of them for whom the quota has a place.

    Without a condition every region stands for a place. `words` is the statement.
    """

    name: str
    title: str
    condition: n.Node | None = None
    quota: Quota | None = None
    words: Text
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Ranking:
    """The field of the ranks and the keys that decide in order, as in `nodes.Rank`: a key is (value, highest first).

    `both_ends` says that places from the bottom are published, too.
    """

    within: Literal["group", "all"]
    keys: tuple[tuple[n.Node, bool], ...]
    ties: str
    both_ends: bool = False


@frozen(kw_only=True)
class DeclaredResult:
    """A further result: `node` is its graph where it is made from scores, `tree` the tree where that is taken again.

    `path` is `result NAME`. `low` and `high` are the ends of its scale in the stored scale of `type`, None where there are
    none.
    """

    path: str
    name: str
    title: str
    type: Type
    node: n.Node | None
    tree: ScoreNode | None
    low: Fraction | None
    high: Fraction | None
    rounding: Rounding | None
    ranking: Ranking | None
    compare: Reading
    text: str
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Dormant:
    """An item that is not in force in the year of the rules, and the years in which it is; an end that is None is open."""

    path: str
    first: int | None
    last: int | None

    @property
    def years(self) -> Text:
        """The years in which it is in force, behind "it is"."""
        first, last = self.first, self.last
        if first is None:
            return Text(en=f"up to {last}", zh=f"{last} 年及以前")
        if last is None:
            return Text(en=f"from {first}", zh=f"{first} 年起")
        if first > last:
            return Text(en="in no year", zh="无")
        return Text(en=f"from {first} to {last}", zh=f"{first} 至 {last} 年")


@frozen(kw_only=True)
class Allowance:
    """A finding that a file allows, with the reason; `where` is None for the whole file."""

    code: str
    reason: str
    where: tuple[Span, ...] | None = field(eq=False, repr=False)
    span: Span = field(eq=False, repr=False)

    @property
    def text(self) -> Text:
        """The code and the reason, as reports list it."""
        return Text(en=f"{self.code}: {self.reason}", zh=f"{self.code}：{self.reason}")


@frozen(kw_only=True)
class GivenValue:
    """What an example says of one input: text with its unit, a word, yes or no, an absence, a list, or rows as mappings."""

    input: str
    value: object
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class GivenRegion:
    """What an example gives of one region for one year."""

    region: str
    year: int
    values: tuple[GivenValue, ...]
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class GivenFile:
    """A file with data, by its path beside the rule file."""

    path: str
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Expectation:
    """What an example expects of one region in one year.

    `what` is `value` (`node` is a comparison that must hold), `status` (`node` must be absent in one of `statuses`), `error` (the
    score `node` must be refused with the finding `name`), `grade` (None for none), `rank` (`place` in the field `within`, None for none),
    `mark` (`node`) or `veto` (the one called `name`), each of which is `held` or not. `path` is the line of the breakdown that shows
    the score, `about` what it is called where it was written.
    """

    what: Literal["value", "status", "error", "grade", "mark", "rank", "veto"]
    region: str
    year: int
    node: n.Node | None = None
    statuses: frozenset[Absence] = frozenset()
    grade: str | None = None
    held: bool = True
    within: Literal["group", "all"] | None = None
    place: Fraction | None = None
    name: str = ""
    path: str | None = None
    about: str = ""
    text: str
    words: Text
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Example:
    """What is given of regions, and what must come of it."""

    title: str
    given: tuple[GivenRegion, ...]
    files: tuple[GivenFile, ...]
    expected: tuple[Expectation, ...]
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class CheckedRules:
    """A whole rule file, checked.

    `policies` maps `missing`, `withheld`, `not yet available`, `not applicable`, `undefined`, `zero base`, `all equal`
    and `ties` to what the file's own body states; a key that it does not state is not there. `rounding` maps levels.
    `assumptions` are all of the file in source order, those of its nodes included. Where the file differs from year to
    year, `of_year` is the year whose rules these are, and `dormant` what is not in force in it.
    """

    name: str
    year: int | None
    title: str
    authority: tuple[str, ...]
    scale: Scale
    groups: tuple[Group, ...]
    classes: tuple[RegionClass, ...]
    departments: tuple[Department, ...]
    inputs: tuple[Input, ...]
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    tree: ScoreNode
    policies: Mapping[str, Policy]
    acting: tuple[Policy, ...] = field(default=(), eq=False)
    """Those, of the file and of its nodes, that something in the rules may come to."""
    rounding: Mapping[Level, Rounding]
    carry: Reading
    compare: Reading
    carry_at: Mapping[Level, Reading] = field(factory=dict)
    """What parents read of the scores of one level, where the file says so of a level."""
    compare_before: bool = False
    """Whether ranks, grades and limits read a score without its own bonuses and deductions."""
    ranking: Ranking | None
    grades: tuple[Grade, ...]
    limits: tuple[Limit, ...]
    vetoes: tuple[Veto, ...] = ()
    marks: tuple[Mark, ...] = ()
    assumptions: tuple[str, ...]
    left_out: tuple[str, ...]
    allowances: tuple[Allowance, ...] = ()
    """The findings that the file allows, and why."""
    examples: tuple[Example, ...] = field(default=(), eq=False)
    """What the file gives and expects; no part of the rules."""
    results: tuple[DeclaredResult, ...] = ()
    of_year: int | None = None
    dormant: tuple[Dormant, ...] = ()
    language: Lang
    span: Span = field(eq=False, repr=False)
