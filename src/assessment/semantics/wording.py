"""Words and figures that messages share."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from assessment.core import nodes as n
from assessment.core.types import POINTS, RATIOS, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.errors import UsageError
from assessment.methods.wording import amount
from assessment.syntax import ast
from assessment.syntax.print import print_statement
from assessment.syntax.words import human_name

__all__ = [
    "ADJUSTMENT",
    "CATEGORY",
    "CLASS",
    "DEPARTMENT",
    "FIRST",
    "GRADE",
    "GROUP",
    "INDICATOR",
    "PART",
    "TOTAL",
    "called",
    "in_words",
    "listed",
    "points",
    "statement",
    "with_unit",
]

FIRST = Text(en="first given here", zh="首次出现于此")
GROUP = Text(en="group", zh="组别")
CLASS = Text(en="class", zh="类别")
DEPARTMENT = Text(en="department", zh="部门")
GRADE = Text(en="grade", zh="等次")
VETO = Text(en="veto", zh="否决")
MARK = Text(en="mark", zh="认定")
CATEGORY = Text(en="category", zh="一级指标")
INDICATOR = Text(en="indicator", zh="指标")
PART = Text(en="part", zh="分项")
TOTAL = Text(en="total", zh="总分")
ADJUSTMENT = Text(en="bonus or deduction", zh="加分或扣分")

_TERMINALS: dict[type[ast.Node], str] = {
    ast.Authority: "AUTHORITY",
    ast.Total: "TOTAL",
    ast.Round: "ROUND",
    ast.ResultScale: "RESULT",
    ast.Result: "RESULT",
    ast.Carry: "CARRY",
    ast.Compare: "COMPARE",
    ast.Policies: "POLICIES",
    ast.Ranking: "RANK",
    ast.Group: "GROUP",
    ast.RegionClass: "CLASS",
    ast.Department: "DEPARTMENT",
    ast.Input: "INPUT",
    ast.Let: "LET",
    ast.Method: "METHOD_WORD",
    ast.DataTable: "TABLE",
    ast.Default: "DEFAULT",
    ast.Measure: "MEASURE",
    ast.SizesFrom: "SIZES_FROM",
    ast.Targets: "TARGETS",
    ast.Responsible: "BY",
    ast.Cite: "CITE",
    ast.Applies: "APPLIES",
    ast.Assume: "ASSUME",
    ast.LeftOut: "LEFT_OUT",
    ast.Allow: "ALLOW",
    ast.Join: "JOIN",
    ast.Score: "SCORE",
    ast.Part: "PART",
    ast.Indicator: "INDICATOR",
    ast.Category: "CATEGORY",
    ast.Grade: "GRADE",
    ast.Limit: "LIMIT",
    ast.Example: "EXAMPLE",
    ast.Veto: "VETO",
    ast.Mark: "MARK",
    ast.Floor: "FLOOR",
    ast.Adjustment: "BONUS",
    ast.AdjustmentCap: "BONUSES",
    ast.CapOrder: "CAP",
    ast.Rescale: "RESCALE_TO_BEST",
    ast.Coverage: "COVERAGE",
    ast.Estimate: "ESTIMATE",
    ast.InForce: "IN_FORCE",
    ast.Valid: "VALID",
    ast.Succession: "REGION",
    **dict.fromkeys(
        (ast.ChangeSize, ast.ChangeTitle, ast.Change, ast.ChangeInput, ast.ChangePolicies), "CHANGE"
    ),
    ast.Replace: "REPLACE",
    ast.Add: "ADD",
    ast.AddRegion: "ADD",
    ast.Remove: "REMOVE",
    ast.Renumber: "RENUMBER",
    ast.Retarget: "RETARGET",
}


def statement(kind: type[ast.Node]) -> Text:
    """The keyword of a statement, in backticks."""
    return human_name(_TERMINALS[kind])


def points(value: Fraction) -> Text:
    """A number of points with its unit.

    >>> points(Fraction(9, 2)).en
    '4.5 points'
    """
    return amount(value, POINTS)


def with_unit(expr: ast.Expr, type_: Type) -> Text | None:
    """The help for a number without the unit that its place asks for; None for what is no plain number."""
    if not isinstance(expr, ast.Literal) or expr.unit is not None:
        return None
    written = expr.span.text
    if type_.kind is Kind.POINTS:
        unit = Text(en=" point" if expr.value == 1 else " points", zh=" 分")
    elif type_.kind is Kind.PP:
        unit = Text(en=" pp", zh=" 百分点")
    elif type_.kind in RATIOS:
        unit = Text.same("%")
    elif type_.unit is not None and type_.unit.text:
        unit = Text.same(f" {type_.unit.text}")
    else:
        return None
    return Text(en=f"write the unit: `{written}{unit.en}`", zh=f"写明单位：`{written}{unit.zh}`")


def in_words(statement: ast.Statement | ast.CountsAs | ast.Claim) -> Text:
    """A statement as it is written, and in the words of the other language where it can be printed."""
    return _in_words(statement.span.text, statement)


@lru_cache(maxsize=1_000)
def _in_words(written: str, statement: ast.Statement | ast.CountsAs | ast.Claim) -> Text:
    """The words of a statement; long files say the same of many indicators."""
    try:
        if written[:1].isascii():
            return Text(en=written, zh=print_statement(statement, "zh"))
        return Text(en=print_statement(statement, "en"), zh=written)
    except UsageError:
        return Text.same(written)


_LEVELS = {
    "category": CATEGORY,
    "mark": MARK,
    "result": Text(en="result", zh="结果"),
    "bonus": Text(en="bonus", zh="加分"),
    "deduction": Text(en="deduction", zh="扣分"),
    "veto": VETO,
}


def called(path: str) -> Text:
    """A score as a message names it by its path.

    >>> called("indicator 2.level").en
    'part `level` of indicator 2'
    """
    if path == "total":
        return TOTAL
    if path == "key total":
        return Text(en="key total", zh="重点指标得分")
    if path == n.GRADE:
        return GRADE
    result, slash, inner = path.partition("/")
    if slash:
        whole, within = called(result), called(inner)
        return Text(en=f"{within.en} in {whole.en}", zh=f"{whole.zh}中的{within.zh}")
    level, _, rest = path.partition(" ")
    if level != "indicator":
        return Text(en=f"{level} `{rest}`", zh=f"{_LEVELS[level].zh if level in _LEVELS else level} `{rest}`")
    number, dot, part = rest.rpartition(".")
    if dot and not part[:1].isdecimal():
        return Text(en=f"part `{part}` of indicator {number}", zh=f"指标 {number} 的分项 `{part}`")
    return Text(en=f"indicator {rest}", zh=f"指标 {rest}")


def listed(names: Iterable[str]) -> Text:
    """Several names, each in backticks."""
    quoted = [f"`{name}`" for name in names]
    return Text(en=", ".join(quoted), zh="、".join(quoted))
