"""The tree of a rule file, as written and in one vocabulary for both languages.

Keywords are stored in their English spelling whatever the file used; names, titles and texts are the author's own.
Every node keeps its `span`, which takes no part in equality: two texts that mean the same give equal trees.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Span

# ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class Node:
    """Anything that was written at one place of a rule file."""

    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Literal(Node):
    """A number with the unit glued to it: `2.3 %`, `12亿元`, `8 points`, `5`.

    `value` is the number as written (2.3, not 0.023). `unit` is `"%"`, `"‰"`, `"pp"`, `"points"`, a unit word as
    written, or None.
    """

    value: Fraction
    unit: str | None = None


@frozen(kw_only=True)
class Infinity(Node):
    """The open end of a range: `∞`, `inf`; `sign` is 1 or -1."""

    sign: int = 1


@frozen(kw_only=True)
class String(Node):
    """A text in an argument or a table."""

    text: str


@frozen(kw_only=True)
class Name(Node):
    """An identifier: an input, a `let`, a choice of a parameter, a level; which of them is decided later."""

    name: str


@frozen(kw_only=True)
class Date(Node):
    """A day: `2018-12-31`."""

    day: dt.date


@frozen(kw_only=True)
class FieldOf(Node):
    """A field of the rows of an input: `awards.日期`, one value for each row."""

    rows: Name
    field: str


@frozen(kw_only=True)
class OwnRegion(Node):
    """`own region`, `本地区`: the name of the region that is scored."""


@frozen(kw_only=True)
class Earlier(Node):
    """A measure of another period: `x[-1]`; `offset` is that -1."""

    operand: Expr
    offset: int


@frozen(kw_only=True)
class Negate(Node):
    """`-x`."""

    operand: Expr


@frozen(kw_only=True)
class Term(Node):
    """One term of a sum; `sign` is 1 or -1."""

    sign: int
    value: Expr


@frozen(kw_only=True)
class Sum(Node):
    """`a + b - c`, of any length."""

    terms: tuple[Term, ...]


@frozen(kw_only=True)
class Factor(Node):
    """One factor of a product; `op` is `"*"` or `"/"`."""

    op: str
    value: Expr


@frozen(kw_only=True)
class Product(Node):
    """`a * b / c`, read from the left; the first factor has the operator `"*"`."""

    factors: tuple[Factor, ...]


@frozen(kw_only=True)
class Power(Node):
    """`x ^ 2`; the exponent is a whole number."""

    base: Expr
    exponent: int


@frozen(kw_only=True)
class Comparison(Node):
    """`a >= b`; `op` is one of `>=`, `>`, `<=`, `<`, `=`, `!=`."""

    op: str
    left: Expr
    right: Expr


@frozen(kw_only=True)
class Between(Node):
    """`日期 from 2018-01-01 to 2018-12-31`: both ends belong to it."""

    value: Expr
    low: Expr
    high: Expr


@frozen(kw_only=True)
class InYear(Node):
    """`日期 in this year`: whether a day lies in the assessed year (offset 0), or in the one before (-1)."""

    value: Expr
    offset: int


@frozen(kw_only=True)
class Logical(Node):
    """`a and b and c`; `op` is `"and"` or `"or"`."""

    op: str
    operands: tuple[Expr, ...]


@frozen(kw_only=True)
class Not(Node):
    """`not a`."""

    operand: Expr


@frozen(kw_only=True)
class Is(Node):
    """`unreported x`, `未报 x`: whether a value is absent, and how.

    `status` is one of `"not applicable"`, `"not reported"`, `"withheld"`, `"not yet available"`, `"undefined"`,
    `"absent"` (any of the five).
    """

    status: str
    operand: Expr


@frozen(kw_only=True)
class ScoreOf(Node):
    """A score read as a measure: `total`, `key total`, `indicator 2 rate`, `category strength rank rounded`.

    `node` is `"total"`, `"key total"`, `"indicator"`, `"category"` or `"result"`; the reference of a part is `2.level`.
    `reading` is `"score"`, `"rate"`, `"rank"` or `"bottom"` (the place counted from the bottom); `taken` is `"full"`, `"rescaled"`, `"rounded"`, or None where the
    file says which of them.
    """

    node: str
    reference: str | None = None
    reading: str = "score"
    taken: str | None = None


@frozen(kw_only=True)
class Marked(Node):
    """`marked first`, `已认定 first`: whether a region has a mark."""

    name: Word


@frozen(kw_only=True)
class GradeOf(Node):
    """`grade`, `等次`: the grade of the region, read as a level among the grades of the file."""


@frozen(kw_only=True)
class Quantified(Node):
    """`any key indicator rate < 60 %`, `任一 ※ 得分率 < 60%`.

    `quantifier` is `"any"` or `"all"`; or, with a `count`, `"at least"`, `"at most"` or `"exactly"`, as in
    `at least 2 of key indicator rate < 60 %`, `至少 2 项 ※ 得分率 < 60%`. `subjects` is `"key indicator"`, `"indicator"` or
    `"category"`; `reading` and `taken` are as in `ScoreOf`.
    """

    quantifier: str
    subjects: str
    reading: str
    op: str
    right: Expr
    taken: str | None = None
    count: Fraction | None = None


@frozen(kw_only=True)
class It(Node):
    """`it`, `本项`: the measure of the indicator or part that a default is applied to."""


@frozen(kw_only=True)
class ItsDirection(Node):
    """`its direction`, `本项方向`: whether a higher or a lower value of that measure is better."""


@frozen(kw_only=True)
class Argument(Node):
    """One argument of a call, with its name where one was written."""

    name: str | None
    value: Expr


@frozen(kw_only=True)
class Call(Node):
    """`name(arguments) { table }`; `arguments_span` covers the parentheses."""

    name: str
    arguments: tuple[Argument, ...]
    table: Table | None = None
    name_span: Span = field(eq=False, repr=False)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class CompareRow(Node):
    """`>= 6 件/万人: 8 points`."""

    op: str
    bound: Expr
    value: Expr


@frozen(kw_only=True)
class RangeRow(Node):
    """`[0, 2.5) 件/万人: 2 points`, `2.5（含）至 6（不含） 件/万人：5 分`.

    A unit written once behind the range is put on both ends by the parser.
    """

    low: Literal | Infinity
    low_closed: bool
    high: Literal | Infinity
    high_closed: bool
    value: Expr


@frozen(kw_only=True)
class KeyRow(Node):
    """`key: value`, `each key: 1 points up to 4 points`, `0.1 pp: 3 points`."""

    key: Expr
    value: Expr
    each: bool = False
    up_to: Expr | None = None


@frozen(kw_only=True)
class CapRow(Node):
    """`科技: up to 4 points`: the most that the events of one kind earn together."""

    key: Expr
    most: Expr


@frozen(kw_only=True)
class OtherwiseRow(Node):
    """`otherwise: 0 points`."""

    value: Expr


Row: TypeAlias = CompareRow | RangeRow | KeyRow | CapRow | OtherwiseRow


@frozen(kw_only=True)
class Table(Node):
    """The rows in the braces of a call."""

    rows: tuple[Row, ...]


Expr: TypeAlias = (
    Literal
    | Infinity
    | String
    | Name
    | Date
    | FieldOf
    | OwnRegion
    | Earlier
    | Negate
    | Sum
    | Product
    | Power
    | Comparison
    | Between
    | InYear
    | Logical
    | Not
    | Is
    | ScoreOf
    | Marked
    | GradeOf
    | Quantified
    | It
    | ItsDirection
    | Call
)

# ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class Text(Node):
    """A quoted text and where it stands."""

    text: str


@frozen(kw_only=True)
class Word(Node):
    """An identifier or a keyword that stands for a choice (in English), and where it stands."""

    name: str


@frozen(kw_only=True)
class Authority(Node):
    """`authority "聊政发〔2018〕61号"`: the documents the rules rest on."""

    documents: tuple[Text, ...]


@frozen(kw_only=True)
class YearEntry(Node):
    """`2019: 2.3 %`: a value for one year."""

    year: int
    value: Literal


@frozen(kw_only=True)
class Total(Node):
    """`total 100 points`, `total 100 points up to 110 points`, or `total none` (points is None, nothing by year).

    `up_to` and `by_year` as in `Size`.
    """

    points: Literal | None
    up_to: Literal | Infinity | None = None
    by_year: tuple[YearEntry, ...] = ()


@frozen(kw_only=True)
class Rounding(Node):
    """`half-up to 2 places`; `mode` is `half-up`, `half-away`, `half-even`, `up`, `down` or `truncate`."""

    mode: str
    places: int


@frozen(kw_only=True)
class RoundAt(Node):
    """`indicator half-up to 2 places`; `level` is `part`, `indicator`, `category` or `total`."""

    level: str
    rounding: Rounding


@frozen(kw_only=True)
class Round(Node):
    """`round indicator half-up to 2 places; total half-up to 2 places`, or `round none` (no entries)."""

    entries: tuple[RoundAt, ...]


@frozen(kw_only=True)
class ResultScale(Node):
    """`result hdi "…" on 0 to 1, published half-up to 3 places, ranked on rounded`: the result of the tree.

    `ranked` is `"rounded"`, `"full"`, `"rescaled"`, `"none"` or None where it was not written. Both ends are None for
    `result x, unbounded`.
    """

    name: str
    title: str | None = None
    low: Literal | None
    high: Literal | None
    published: Rounding | None = None
    ranked: str | None = None


@frozen(kw_only=True)
class Exchange(Node):
    """`le: le_adj`: what stands in the place of an input or a measure where the tree is taken again."""

    name: str
    value: Expr


@frozen(kw_only=True)
class Result(Node):
    """A further result: `result gap "…" = total full - result b full on -1 to 1, published full, unranked`.

    With `exchanges`, `value` is the score of the tree that is taken again: `= total with { le: le_adj }`. `unit` as in
    `Let.unit`. `low` and `high` are the ends of the scale, both None where none is written; `unbounded` says that it has
    none. `published` is a rounding, `"full"` or `"rounded"`; `ranked` as in `ResultScale`, with its field `within`;
    `first` is `"highest"`, `"lowest"` or None; `policies` are those of this result; `keys` its order as in `Ranking`.
    """

    name: str
    title: str | None
    value: Expr
    exchanges: tuple[Exchange, ...] = ()
    unit: Text | None = None
    low: Literal | None = None
    high: Literal | None = None
    unbounded: bool = False
    published: Rounding | str | None = None
    ranked: str | None = None
    within: str | None = None
    first: str | None = None
    policies: tuple[Policy, ...] = ()
    keys: tuple[OrderKey, ...] = ()
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Carry(Node):
    """`carry rounded`, `carry full` or `carry rescaled`: what a parent reads of its children.

    `level` names one level of the tree (`carry category rounded`), None for all, or for the node in whose body it stands.
    """

    value: str
    level: str | None = None


@frozen(kw_only=True)
class Compare(Node):
    """`compare rounded` or `compare full after adjustments`: what ranks, grades and limits read.

    `adjusting` is `before` or `after` (the bonuses and deductions), None where it was not written.
    """

    value: str
    adjusting: str | None = None


@frozen(kw_only=True)
class Disposal(Node):
    """What becomes of a score that is not there: `zero`, `60%`, `peer mean within group, otherwise zero`, `reference 全市`.

    `value` is a word (`error`, `not computed`, `zero`, `full`, `rescale in category`, `rescale over all`, `undefined`,
    `half`, `min`, `max`, `mean`, `dense`), or `rate` (with `rate`), `peer mean` or `peer lowest` (with `within`),
    `reference` (with `subject`). `otherwise` is what comes where the peers or the reference have no score either.
    """

    value: str
    rate: Literal | None = None
    within: str | None = None
    subject: Word | None = None
    otherwise: Disposal | None = None


@frozen(kw_only=True)
class Policy(Node):
    """One policy: `missing: error`.

    `key` is `missing`, `withheld`, `not yet available`, `not applicable`, `undefined`, `zero base`, `all equal` or
    `ties`; which value fits which key is decided later.
    """

    key: str
    value: Disposal


@frozen(kw_only=True)
class Policies(Node):
    """`policies { missing: error; ties: min }`."""

    entries: tuple[Policy, ...]


@frozen(kw_only=True)
class OrderKey(Node):
    """One key of an order or of a quota, `indicator 2` or `energy lowest first`: `first` is `"highest"`, `"lowest"` or None."""

    value: Expr
    first: str | None = None


@frozen(kw_only=True)
class Ranking(Node):
    """`rank within group; order total, key total, energy lowest first`, or `rank none` (within is None).

    `both_ends` says that places counted from the bottom are published beside those from the top.
    """

    within: str | None
    keys: tuple[OrderKey, ...] = ()
    both_ends: bool = False


@frozen(kw_only=True)
class Member(Node):
    """A region of a group, and the other names the data may use for it: `茌平县 alias 茌平、茌平区`."""

    name: str
    aliases: tuple[str, ...] = ()


@frozen(kw_only=True)
class Group(Node):
    """`group county "县（市、区）" { 东昌府区、临清市 }`; a reference group is scored but stands outside ranks and statistics."""

    name: str
    title: str | None
    reference: bool = False
    members: tuple[Member, ...] = ()


@frozen(kw_only=True)
class RegionClass(Node):
    """`class mountain "山区县" { 冠县; 莘县 }`: an attribute of regions, which may overlap with others.

    Without braces (`members` is None) the data say in a yes/no column who belongs to it.
    """

    name: str
    title: str | None
    members: tuple[Member, ...] | None = None
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Department(Node):
    """`department sti "市科技局"`, `department agri "市农业农村局" succeeds nongwei from 2019-01-11`.

    `before` are the departments whose work it took over on the day `since`, None where it succeeds none.
    """

    name: str
    title: str | None
    before: tuple[Word, ...] = ()
    since: dt.date | None = None


@frozen(kw_only=True)
class Measured(Node):
    """`in 亿元`, `in %`, `in pp`: a number with a unit; `unit` as in `Literal.unit`, None for a plain number."""

    unit: str | None


@frozen(kw_only=True)
class YesNo(Node):
    """`yes/no`, `是否`."""


@frozen(kw_only=True)
class Choice(Node):
    """`level 好, 较好, 一般`: one of several levels, the best first."""

    levels: tuple[str, ...]


@frozen(kw_only=True)
class Ratings(Node):
    """`ratings 0 to 100`: the scores of several raters."""

    low: Literal
    high: Literal


@frozen(kw_only=True)
class Events(Node):
    """`events level 国家级, 省级`: any number of events, each of one level, the best level first."""

    levels: tuple[str, ...]


Form: TypeAlias = Measured | YesNo | Choice | Ratings | Events


@frozen(kw_only=True)
class From(Node):
    """`from ndrc, sti`: the departments that supply an input."""

    departments: tuple[Word, ...]


@frozen(kw_only=True)
class Range(Node):
    """`range >= 0`, `range 0 to 100`; an end that was not written is None."""

    low: Literal | None = None
    low_closed: bool = True
    high: Literal | None = None
    high_closed: bool = True


@frozen(kw_only=True)
class Basis(Node):
    """`basis "现价，年平均常住人口"` (口径): what exactly is counted."""

    text: str


@frozen(kw_only=True)
class Alias(Node):
    """`alias "R&D经费"`: another heading under which the data give this input."""

    names: tuple[str, ...]


@frozen(kw_only=True)
class Evidence(Node):
    """`evidence 文号`: what must be on file for this input; `required` where a reason is asked for (`reason required`).

    `or_not_counted` is for rows: one without it does not count (`evidence 文号 or not counted`).
    """

    what: str
    required: bool = False
    or_not_counted: bool = False


@frozen(kw_only=True)
class CountsAs(Node):
    """`missing counts as no`: what a value that was not reported stands for; `value` is `yes`, `no`, a level or a literal."""

    status: str
    value: Expr


@frozen(kw_only=True)
class Code(Node):
    """`code "-9999" means not reported`: a text in the data that marks an absence (status as in `Is`)."""

    text: str
    status: str


@frozen(kw_only=True)
class Kind(Node):
    """`kind growth`: the kind of a number in %, where it is not a share; `growth`, `share`, `count` or `number`."""

    kind: str


@frozen(kw_only=True)
class Dated(Node):
    """`date`: a day."""


@frozen(kw_only=True)
class Texted(Node):
    """`text`: a text that is only told apart from others."""


@frozen(kw_only=True)
class NamedRegion(Node):
    """`region`: a text; the name of a region is taken as the rules write it."""


FieldForm: TypeAlias = Measured | YesNo | Choice | Dated | Texted | NamedRegion


@frozen(kw_only=True)
class RowField(Node):
    """`field 日期 "发文日期" date required`: what each row of an input has beside its value."""

    name: str
    title: str | None
    form: FieldForm
    required: bool = False
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class NoRows(Node):
    """`no rows mean none`, `no rows mean not reported`: what a region without a row is; `status` is `none` or as in `Is`."""

    status: str


@frozen(kw_only=True)
class Lag(Node):
    """`lag 1`: an assessment reads the value of so many years before its own."""

    years: int


@frozen(kw_only=True)
class PublishedTo(Node):
    """`published to 2 places`: the values are rounded to so many decimals in the unit of the input."""

    places: int


InputAttribute: TypeAlias = (
    From | Range | Basis | Alias | Evidence | CountsAs | Code | Kind | RowField | NoRows | Lag | PublishedTo
)


@frozen(kw_only=True)
class Input(Node):
    """`input rd "全社会R&D经费支出" in 亿元 { from sti; range >= 0 }`."""

    name: str
    title: str | None
    form: Form
    attributes: tuple[InputAttribute, ...] = ()
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Let(Node):
    """`let rd_share "R&D经费支出占GDP比重" = rd / gdp in %`; `unit` as in `Literal.unit`."""

    name: str
    title: str | None
    value: Expr
    unit: Text | None = None
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Parameter(Node):
    """`x in %`, `target`, `step = 0.2 pp`: a parameter of a method, its unit (as in `Let.unit`) and its default."""

    name: str
    unit: Text | None = None
    default: Expr | None = None


@frozen(kw_only=True)
class Method(Node):
    """`method level_and_growth "水平与增长" (x, target, step = 0.2 pp) = …`: a method that the file defines."""

    name: str
    title: str | None
    parameters: tuple[Parameter, ...]
    value: Expr
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class DataRow(Node):
    """`3: 5 points`, `county: 20 %`: the value of a table under one key; the key is as written."""

    key: Word
    value: Literal


@frozen(kw_only=True)
class DataTable(Node):
    """`table standards "标准值" by indicator { 3: 5 points; 4: 8 points }`.

    `by` is `indicator`, `group` or `year`; `unit` as in `Let.unit`.
    """

    name: str
    title: str | None
    by: str
    unit: Text | None = None
    rows: tuple[DataRow, ...] = ()
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Targets(Node):
    """`targets city rd_share { 2019: 2.3 %; 2022: 2.5 % }`; scope is a group's name, `city` or `all`."""

    scope: Word
    measure: Word
    entries: tuple[YearEntry, ...]


@frozen(kw_only=True)
class Responsible(Node):
    """`by ndrc, sti`."""

    departments: tuple[Word, ...]


@frozen(kw_only=True)
class Cite(Node):
    """`cite "附件2" item 2`; `item` is None where none was written."""

    document: str
    item: str | None = None


@frozen(kw_only=True)
class Applies(Node):
    """`applies to county`, `not applicable to zone when unreported pop -> rescale in category`.

    `groups` holds groups, classes, regions, `all` and `city`. `then` is None for the nearest policy of the file.
    """

    applies: bool
    groups: tuple[Word, ...]
    condition: Expr | None = None
    then: Disposal | None = None


@frozen(kw_only=True)
class Assume(Node):
    """`assume "…"`: a choice the author had to make."""

    text: str


@frozen(kw_only=True)
class LeftOut(Node):
    """`left out "…"`: what the published rules say and this file does not."""

    text: str


@frozen(kw_only=True)
class Allow(Node):
    """`allow no-owner "…"`, `allow unused-input gdp, rd "…"`: a finding that is meant to be, and why.

    It speaks of the body it stands in; with `names`, of what is declared there under these names.
    """

    code: Word
    reason: str
    names: tuple[Word, ...] = ()


@frozen(kw_only=True)
class Join(Node):
    """`join geometric`; `method` is `sum`, `mean`, `geometric`, `harmonic`, `min` or `max`."""

    method: str


@frozen(kw_only=True)
class Score(Node):
    """`score = attain(…)` of an indicator or a category without parts."""

    value: Expr


@frozen(kw_only=True)
class Default(Node):
    """`default score = minmax(it, within: all)`: how a node below is scored that states a measure and no score."""

    value: Expr


@frozen(kw_only=True)
class Measure(Node):
    """`measure energy_intensity, lower is better`: what an indicator or a part measures.

    `direction` is `higher`, `lower` or None where it is not stated.
    """

    value: Expr
    direction: str | None = None


@frozen(kw_only=True)
class SizesFrom(Node):
    """`points from table NAME`, `weights from table NAME`: the sizes of the indicators below; `size` is `points` or `weight`."""

    size: str
    table: Word


@frozen(kw_only=True)
class GroupEntry(Node):
    """`zone: 6 points`, or `county: none`: points for one group; without a value the item is not on its sheet."""

    group: Word
    value: Literal | None


@frozen(kw_only=True)
class Size(Node):
    """`10 points`, `10 points up to 14 points`, `weight 2`; exactly one of `points` and `weight` is there.

    `up_to` is the cap, in points or in % of full marks; an infinity stands for `up to none`, None for no cap written.
    Where the size stands by year (`points by year { 2018: 5; 2019: 6 }`), neither of the two is there but `by_year`, and
    `kind` says which of them it gives, `points` or `weight`. Where points stand by group
    (`points by group { county: none; zone: 6 }`), only `by_group` is there.
    """

    points: Literal | None = None
    up_to: Literal | Infinity | None = None
    weight: Literal | None = None
    kind: str | None = None
    by_year: tuple[YearEntry, ...] = ()
    by_group: tuple[GroupEntry, ...] = ()


@frozen(kw_only=True)
class Coverage(Node):
    """`coverage at least 2/3 of leaves by weight, not applicable left out -> zero`.

    The threshold is `least`, of `parts` where it is written as a fraction and in % where `parts` is None. `of` is
    `children` or `leaves`, `by` is `count` or `weight`, `exempt` is `left out` or `counted`.
    """

    least: Literal
    parts: Literal | None
    of: str
    by: str
    exempt: str
    then: Disposal | None = None


@frozen(kw_only=True)
class Estimate(Node):
    """`estimate rd = rd[-1] when not reported, outside statistics`.

    `statuses` are as in `Is`; `fields` is `in`, `outside` or None where nothing is said.
    """

    name: Word
    value: Expr
    statuses: tuple[str, ...]
    fields: str | None = None


@frozen(kw_only=True)
class Floor(Node):
    """`floor -5 points`, `floor 20 %`, or `floor none` (value is None): the least that a node can be worth."""

    value: Literal | None


@frozen(kw_only=True)
class Adjustment(Node):
    """`bonus fame "…" up to 5 points = …`, `deduction fault up to none { … }`: added to a score, or taken from it.

    `kind` is `bonus` or `deduction`; `up_to` as in `Size`.
    """

    kind: str
    name: str
    title: str | None
    up_to: Literal | Infinity | None
    body: tuple[Statement, ...]
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class AdjustmentCap(Node):
    """`bonuses up to 15 points`: the most that all bonuses (or deductions) of a body make together."""

    kind: str
    up_to: Literal | Infinity


@frozen(kw_only=True)
class CapOrder(Node):
    """`cap before adjustments`: whether cap and floor of a score hold `before` or `after` bonuses and deductions."""

    when: str


@frozen(kw_only=True)
class InForce(Node):
    """`in force from 2018 to 2020`: the years in which an item is there; an end that is None is open."""

    first: int | None = None
    last: int | None = None


@frozen(kw_only=True)
class Rescale(Node):
    """`rescale to best within group`: the best of a field is published with full marks, the others in proportion.

    `keep` is `or keep`: where no best is above zero, scores stay as they are.
    """

    within: str
    keep: bool = False


@frozen(kw_only=True)
class Part(Node):
    """`part level 6 points = attain(…)`."""

    name: str
    title: str | None
    size: Size | None
    body: tuple[Statement, ...]
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Origin:
    """The number that an indicator had where it first stood, and which file of its chain that was (0 is the oldest).

    It outlives a new number: what has the same origin is the same indicator.
    """

    file: int
    number: str


@frozen(kw_only=True)
class Indicator(Node):
    """`indicator 2 ※ "…" 10 points { … }`."""

    number: str
    key: bool
    title: str | None
    size: Size | None
    body: tuple[Statement, ...]
    name_span: Span = field(eq=False, repr=False)
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Category(Node):
    """`category gathering "创新要素集聚能力" { … }`, `category health weight 1 = goalposts(…)`."""

    name: str
    title: str | None
    size: Size | None
    body: tuple[Statement, ...]
    name_span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class Quota(Node):
    """`at most 30% within group (half-up, ties in)`, `at most 4 regions within all (by total, in order, ties out)`.

    `size` is the share, with the unit `"%"`, or the number of regions; `within` is `group`, `all` or a group of the file. `mode`
    rounds a share of the field to whole regions, `ties` says whether those equal at the line come `in` or stay `out`;
    None where that is not stated. `by` decides in order who gets a place, and behind it, where the quota is `ordered`, the order of the ranks.
    """

    size: Literal
    within: Word
    mode: str | None = None
    ties: str | None = None
    by: tuple[OrderKey, ...] = ()
    ordered: bool = False


@frozen(kw_only=True)
class Grade(Node):
    """`grade "优秀" >= 90 points when …, at most 30% within group (…)`, `grade 不合格 otherwise` (op and bound None)."""

    name: str
    op: str | None
    bound: Literal | None
    condition: Expr | None = None
    quota: Quota | None = None


@frozen(kw_only=True)
class Limit(Node):
    """`limit when fraud: grade at most 合格`."""

    condition: Expr
    at_most: Word


@frozen(kw_only=True)
class ZeroScore(Node):
    """`indicator 5 zero`, `total zero`: an effect of a veto on a score; `node` and `reference` as in `ScoreOf`."""

    node: str
    reference: str | None = None


@frozen(kw_only=True)
class HoldGrade(Node):
    """`grade = 不合格` (`at_most` false), `grade at most 合格`: an effect of a veto on the grade."""

    grade: Word
    at_most: bool


@frozen(kw_only=True)
class LowerGrade(Node):
    """`grade down 1`: so many grades lower."""

    by: Fraction


@frozen(kw_only=True)
class Bar(Node):
    """`barred from "评先评优"`, `barred from advanced`: a consequence that leaves points and grade alone.

    What is `quoted` is told; a name is that of a mark. None is every mark.
    """

    what: Word | None
    quoted: bool = False


@frozen(kw_only=True)
class Unrank(Node):
    """`out of ranking`: no place, and no part in the places and quotas of others."""


Effect: TypeAlias = ZeroScore | HoldGrade | LowerGrade | Bar | Unrank


@frozen(kw_only=True)
class Veto(Node):
    """`veto leak "泄密" when leaks > 0: total zero, barred from "评先评优"`."""

    name: str
    title: str | None
    condition: Expr
    effects: tuple[Effect, ...]


@frozen(kw_only=True)
class Mark(Node):
    """`mark advanced "先进单位" when total >= 90 points, at most 10% within all (by total, half-up, ties in)`."""

    name: str
    title: str | None
    condition: Expr | None = None
    quota: Quota | None = None


@frozen(kw_only=True)
class Valid(Node):
    """`valid from 2019-01-01 to 2019-12-31`: the days on which a file holds; an end that is None is open."""

    first: dt.date | None = None
    last: dt.date | None = None


@frozen(kw_only=True)
class Succession(Node):
    """`region 茌平区 succeeds 茌平县 from 2019-09-01`: from that day on a region has another name."""

    name: Word
    before: Word
    since: dt.date


# ── what changes against an earlier file ─────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class Reference(Node):
    """What a statement of an amendment points at: `indicator 2.growth`, `input gdp`, `targets city rd_share`.

    `kind` is `indicator`, `category`, `part`, `bonus`, `deduction`, `input`, `let`, `method`, `table`, `class`,
    `department`, `result`, `estimate`, `group`, `grade`, `region`, `mark`, `veto` or `targets` (`name` is then the measure
    and `scope` the group). `parts` lead from an indicator down to a part of it.
    """

    kind: str
    name: str
    parts: tuple[str, ...] = ()
    scope: str | None = None


@frozen(kw_only=True)
class ChangeSize(Node):
    """`change indicator 2 points from 10 points to 12 points`; `of` is None for the total.

    `kind` is `points` or `weight`. `old` is None where the old value is not stated; a cap is changed where `up_to` states one.
    """

    of: Reference | None
    kind: str
    old: Literal | None
    new: Literal
    up_to: Literal | Infinity | None = None


@frozen(kw_only=True)
class ChangeTitle(Node):
    """`change indicator 2 title from "…" to "…"`; `old` is None where the old title is not stated."""

    of: Reference
    old: Text | None
    new: Text


@frozen(kw_only=True)
class Change(Node):
    """`change indicator 2.growth score = …`, `change category strength { … }`: statements for the body of a node."""

    of: Reference
    body: tuple[Statement, ...]


@frozen(kw_only=True)
class ChangeInput(Node):
    """`change input gdp { basis "…" }`: each attribute takes the place of those of its kind."""

    of: Reference
    attributes: tuple[InputAttribute, ...]


@frozen(kw_only=True)
class ChangePolicies(Node):
    """`change policies { missing: zero }`: each policy takes the place of the one for the same matter."""

    entries: tuple[Policy, ...]


@frozen(kw_only=True)
class Replace(Node):
    """`replace indicator 7 … { … }`: a statement in the place of the one with its number or name."""

    statement: Statement


@frozen(kw_only=True)
class Add(Node):
    """`add indicator 14 … in category strength after indicator 9`.

    `into` is the node in whose body it comes, None for the body at hand; `side` is `after` or `before`, and `beside` what it stands beside.
    """

    statement: Statement
    into: Reference | None = None
    side: str | None = None
    beside: Reference | None = None


@frozen(kw_only=True)
class AddRegion(Node):
    """`add region 新区 alias … in group county after region 冠县`."""

    members: tuple[Member, ...]
    group: Reference
    side: str | None = None
    beside: Reference | None = None


@frozen(kw_only=True)
class Remove(Node):
    """`remove indicator 8`, `remove assume "…"` (a statement that is there word for word), `remove floor` (a keyword)."""

    what: Reference | Statement | Word


@frozen(kw_only=True)
class Renumber(Node):
    """`renumber indicator 9 to 8`; the indicator stays the same one."""

    of: Reference
    new: Word


@frozen(kw_only=True)
class ChangedTarget(Node):
    """`2019: 2.4 %`, `2019: from 2.3 % to 2.4 %`."""

    year: int
    old: Literal | None
    new: Literal


@frozen(kw_only=True)
class Retarget(Node):
    """`retarget city rd_share { 2019: 2.4 % }`: targets of some years, changed or added."""

    of: Reference
    entries: tuple[ChangedTarget, ...]


Amending: TypeAlias = (
    ChangeSize
    | ChangeTitle
    | Change
    | ChangeInput
    | ChangePolicies
    | Replace
    | Add
    | AddRegion
    | Remove
    | Renumber
    | Retarget
)


@frozen(kw_only=True)
class GivenField(Node):
    """`date: 2018-05-01`: what a row that is given has beside its value; `value` is None where `status` says that it lacks it."""

    name: Word
    value: GivenValue | None
    status: str | None = None


@frozen(kw_only=True)
class GivenRow(Node):
    """`国家级, 日期: 2018-05-01`: one row that is given for an input."""

    value: GivenValue
    fields: tuple[GivenField, ...] = ()


@frozen(kw_only=True)
class GivenCell(Node):
    """`rd 10.5 亿元`, `awards national, provincial`, `pop not reported`: what an example says of one input.

    `values` are numbers, words, days and answers (`Name`s `yes` and `no`). Without any, `status` is an absence as in `Is`, or `none`,
    or `rows` are there.
    """

    name: Word
    values: tuple[GivenValue, ...] = ()
    status: str | None = None
    rows: tuple[GivenRow, ...] | None = None


@frozen(kw_only=True)
class Given(Node):
    """`given 东阿县, 冠县 2018 { rd 10.5 亿元; gdp 500 亿元 }`: the same of each region; `year` is None for that of the file."""

    regions: tuple[Word, ...]
    year: int | None
    cells: tuple[GivenCell, ...] = ()


@frozen(kw_only=True)
class GivenFile(Node):
    """`given data "county.csv"`: data from a file beside the rule file."""

    path: str


@frozen(kw_only=True)
class GivenColumn(Node):
    """`rd in 亿元`: an input that a table gives, and the unit of its numbers as in `Let.unit`."""

    name: Word
    unit: Text | None = None


@frozen(kw_only=True)
class GivenEntry(Node):
    """One value in a table that is given, or an absence or `none` as in `GivenCell`."""

    value: GivenValue | None
    status: str | None = None


@frozen(kw_only=True)
class GivenLine(Node):
    """`东阿县: 10.5, yes`: what a table gives of one region, in the order of its columns."""

    region: Word
    entries: tuple[GivenEntry, ...]


@frozen(kw_only=True)
class GivenTable(Node):
    """`given table 2018 (rd in 亿元, plan) { 东阿县: 10.5, yes; 冠县: 11, no }`; `year` is None for that of the file."""

    year: int | None
    columns: tuple[GivenColumn, ...]
    lines: tuple[GivenLine, ...] = ()


@frozen(kw_only=True)
class AdjustmentOf(Node):
    """`bonus fame`, `deduction fault`: what is added or taken off; `kind` as in `Adjustment`."""

    kind: str
    name: str


@frozen(kw_only=True)
class Claim(Node):
    """One thing that an example expects: of the region of the claim before it and of the file's year, unless it says.

    `what` is `value` (`left op right`), `status` (of `left`), `error` (`left` is refused with the finding `word`), `grade` (`word`, None
    for none), `rank` (`place`, None for none; `within` as in `Ranking`), `mark` or `veto` (`word`, which is `held` or not).
    """

    what: str
    region: Word | None = None
    year: int | None = None
    left: ScoreOf | Name | AdjustmentOf | None = None
    op: str | None = None
    right: Expr | None = None
    status: str | None = None
    word: Word | None = None
    held: bool = True
    within: str | None = None
    place: Fraction | None = None


@frozen(kw_only=True)
class Expect(Node):
    """`expect 东阿县 indicator 2.growth = 3 points; grade = 优秀; rank = 1; indicator 4 not applicable`."""

    claims: tuple[Claim, ...] = ()


GivenValue: TypeAlias = Literal | Word | Date | Name


@frozen(kw_only=True)
class Example(Node):
    """`example "at the target" { given … { … } expect … }`: what the rules make of given data, as the author says."""

    title: str
    items: tuple[Given | GivenFile | GivenTable | Expect, ...] = ()


Statement: TypeAlias = (
    Authority
    | Total
    | Round
    | ResultScale
    | Result
    | Carry
    | Compare
    | Policies
    | Ranking
    | Group
    | RegionClass
    | Department
    | Input
    | Let
    | Method
    | DataTable
    | Targets
    | Responsible
    | Cite
    | Applies
    | Assume
    | LeftOut
    | Allow
    | Join
    | Score
    | Default
    | Measure
    | SizesFrom
    | Part
    | Indicator
    | Category
    | Grade
    | Limit
    | Example
    | Veto
    | Mark
    | Floor
    | Adjustment
    | AdjustmentCap
    | CapOrder
    | Rescale
    | Coverage
    | Estimate
    | InForce
    | Valid
    | Succession
    | ChangeSize
    | ChangeTitle
    | Change
    | ChangeInput
    | ChangePolicies
    | Replace
    | Add
    | AddRegion
    | Remove
    | Renumber
    | Retarget
)


@frozen(kw_only=True)
class Comment(Node):
    """A comment, kept beside the tree for whoever prints the file again."""

    text: str


@frozen(kw_only=True)
class RuleFile(Node):
    """A whole rule file; `amends` is the path of the file that it amends, as written."""

    name: str
    year: int | None
    title: str | None
    body: tuple[Statement, ...]
    amends: Text | None = None
    comments: tuple[Comment, ...] = field(default=(), eq=False, repr=False)
    language: Lang = field(default="en", eq=False)
