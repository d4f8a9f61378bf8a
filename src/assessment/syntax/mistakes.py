"""What is said about a place where the text stops being rules: a table of mistakes, the first that fits wins.

The parser says what it found, what it could have taken, and how it goes on (`Repair`). Each entry names one mistake
that people make, with a snippet that shows it; a test asserts that every snippet gets its own entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, TypeVar

from attrs import frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.syntax.words import STATEMENT_TERMINALS, WORDS, human_name

__all__ = ["MISTAKES", "Mistake", "Repair", "Situation", "explain", "mistake_in"]

RepairKind: TypeAlias = Literal["insert", "replace", "delete"]

_EXPRESSION = frozenset({"NUMBER", "NAME", "LPAR"})
_UNIT_LIKE = frozenset({"UNIT", "PERCENT"})
_OPERATORS = frozenset({"PLUS", "MINUS", "STAR", "SLASH", "CARET", "AND", "OR", "RELATION", "EQUALS", "LSQB"})
_MOST_EXPECTED = 4
_EXPONENT = re.compile(r"[eE][0-9]*")


@frozen(kw_only=True)
class Repair:
    """How reading goes on: a terminal put in, one read as another, or some pieces left out."""

    kind: RepairKind
    terminal: str = ""
    text: str = ""
    pieces: int = 1


@frozen(kw_only=True)
class Situation:
    """A piece that cannot stand where it stands.

    `found` and `text` are the terminal it would be and how it is written; `before` the written text of the piece in
    front of it, with its terminal in `after`; `expected` the terminals that could stand here. `starts_line`: it
    is the first of its line; `begins`: that, or it follows a brace or a `;`. `glued`: no blank stands in front of it.
    """

    found: str
    text: str
    place: Span
    after: str
    before: str
    before_place: Span
    glued: bool
    starts_line: bool
    begins: bool
    expected: frozenset[str]
    repair: Repair | None = None

    @property
    def at_statement(self) -> bool:
        """Whether this is the place of a statement."""
        return self.begins and self.expected >= STATEMENT_TERMINALS

    @property
    def is_word(self) -> bool:
        """Whether a name or a keyword was found, not a sign."""
        return self.text[:1].isalpha() or self.text[:1] == "_"


@frozen(kw_only=True)
class Mistake:
    """One mistake: a snippet that shows it (in a file's body), when it fits, and what is said."""

    name: str
    snippet: str
    fits: Callable[[Situation], bool]
    message: Callable[[Situation], Text]
    help: Callable[[Situation], Text | None]
    code: str = "syntax-error"
    at_before: bool = False  # the mark stands under the piece in front: something is missing behind it
    whole: bool = False  # the snippet is a whole file


def explain(situation: Situation) -> Diagnostic:
    """The finding for a place where the text stops being rules."""
    mistake = mistake_in(situation)
    place = situation.before_place if mistake.at_before else situation.place
    return diagnostic(
        mistake.code, mistake.message(situation), Label(place=place), help=mistake.help(situation)
    )


def mistake_in(situation: Situation) -> Mistake:
    """The first entry of the table that fits; the last one always does."""
    return next(entry for entry in MISTAKES if entry.fits(situation))


_Value = TypeVar("_Value")


def _always(value: _Value) -> Callable[[Situation], _Value]:
    """What is said whatever the place is."""
    return lambda _: value


# ── words for texts ──────────────────────────────────────────────────────────────────────────────────────────────────

_FOREIGN_STATEMENTS: Mapping[str, Text] = {
    **dict.fromkeys(
        ("if", "else", "unless", "如果", "若", "假如"),
        Text(
            en="a condition is written `limit when …: grade at most …`, or as rows of a table",
            zh="条件请写作 `限制 当 …：等次 至多 …`，或写在计分表的行里",
        ),
    ),
    **dict.fromkeys(
        ("while", "for", "foreach", "loop", "循环"),
        Text(
            en="rules have no loops: a method scores every region, and `each` counts in a table",
            zh="规则没有循环：计分方法对每个地区计算，计分表中可用 `每`",
        ),
    ),
    **dict.fromkeys(
        ("var", "const", "def", "define", "set", "设", "令", "计算", "公式"),
        Text(en="a measure is defined by `let NAME = …`", zh="派生指标请写作 `定义 名称 = …`"),
    ),
    **dict.fromkeys(
        ("return", "print", "import", "include", "function", "class", "method"),
        Text(en="rules are statements such as `let` and `indicator`", zh="规则由 `定义`、`指标` 等语句组成"),
    ),
}


def _expected_text(situation: Situation) -> Text:
    """`a name, a number or …`: at most a few of what could stand here."""
    expected = situation.expected
    if situation.at_statement:
        return Text(en="a statement such as `indicator`, or `}`", zh="语句（如 `指标`）或 `}`")
    if expected >= _EXPRESSION:
        return Text(en="a value", zh="数值或名称")
    shown = expected - {"ROUND_NEXT", "GRADE_NEXT"}
    if shown & {"SEMICOLON", "COMMA", "COLON", "RPAR", "RBRACE", "IN"}:
        shown = shown - _OPERATORS
    if shown >= STATEMENT_TERMINALS:
        shown = shown - STATEMENT_TERMINALS or shown
    if shown >= _UNIT_LIKE:
        shown = (shown - {"PERCENT", "PERMILLE", "PP", "POINTS", "PLAIN"}) | {"UNIT"}
    names = sorted({human_name(terminal) for terminal in shown}, key=lambda text: text.en)
    names = names[:_MOST_EXPECTED]
    return Text(en=_listed([n.en for n in names], " or "), zh=_listed([n.zh for n in names], "或", "、"))


def _listed(words: list[str], last: str, comma: str = ", ") -> str:
    if len(words) < 2:
        return "".join(words)
    return comma.join(words[:-1]) + last + words[-1]


def _choices(situation: Situation) -> Text | None:
    """The spellings of the one terminal that could stand here, when it is a choice."""
    expected = situation.expected
    choices = [terminal for terminal in expected if len(WORDS.get(terminal, ())) > 1]
    if len(choices) != 1 or len(expected) > 2:
        return None
    meanings = WORDS[choices[0]]
    return Text(
        en="write one of " + ", ".join(f"`{meaning.en[0]}`" for meaning in meanings),
        zh="可写：" + "、".join(f"`{meaning.zh[0]}`" for meaning in meanings),
    )


_KEYWORDS = frozenset(
    word for meanings in WORDS.values() for meaning in meanings for word in (*meaning.en, *meaning.zh)
)

_SLIPS: Mapping[str, str] = {
    **dict.fromkeys(("记分", "得分", "评分", "计分方法", "计分办法", "评分标准"), "计分"),
    **dict.fromkeys(("负责", "牵头", "责任单位", "责任部门", "牵头单位", "负责单位"), "责任"),
    **dict.fromkeys(("来源", "出自", "条款", "依据条款"), "出处"),
    **dict.fromkeys(("假设", "说明", "注"), "假定"),
    **dict.fromkeys(("分类", "类别", "领域"), "一级指标"),
    **dict.fromkeys(("二级指标", "三级指标", "子指标"), "指标"),
    **dict.fromkeys(("等级", "档次", "评级"), "等次"),
    **dict.fromkeys(("排名", "位次", "排序"), "名次"),
    **dict.fromkeys(("目标值",), "目标"),
    **dict.fromkeys(("分组", "组"), "组别"),
    **dict.fromkeys(("舍入", "取整", "精度", "小数"), "修约"),
}
"""What people write for a statement, where the likeness of the words would lead elsewhere or nowhere."""


def _near_statement(situation: Situation) -> str | None:
    if situation.text in _SLIPS:
        return _SLIPS[situation.text]
    chinese = not situation.text.isascii()
    spellings = [
        word
        for terminal in STATEMENT_TERMINALS
        for meaning in WORDS[terminal]
        for word in (meaning.zh if chinese else meaning.en)
    ]
    return nearest(situation.text, spellings)


def _repaired(situation: Situation, kind: RepairKind, *terminals: str) -> bool:
    repair = situation.repair
    return repair is not None and repair.kind == kind and (not terminals or repair.terminal in terminals)


def _write(text: str) -> Text:
    return Text(en=f"write `{text}`", zh=f"请写 `{text}`")


def _found(situation: Situation) -> Text:
    if situation.found == "$END":
        return Text(en="the file ends here", zh="文件在此结束")
    return Text(en=f"`{situation.text}` stands here", zh=f"此处是 `{situation.text}`")


def _missing(s: Situation) -> Text:
    return human_name(s.repair.terminal if s.repair is not None else "")


def _write_terminal(s: Situation) -> Text:
    name = _missing(s)
    return Text(en=f"write {name.en}", zh=f"请写 {name.zh}")


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _missing_points(s: Situation) -> Text:
    return Text(en=f"`{s.before}` has no unit", zh=f"`{s.before}` 没有单位")


def _unknown_word(s: Situation) -> Text:
    if s.at_statement and s.text in _KEYWORDS:
        return Text(en=f"no statement begins with `{s.text}`", zh=f"语句不能以 `{s.text}` 开头")
    return Text(en=f"rules have no word `{s.text}`", zh=f"规则语言中没有 `{s.text}` 一词")


def _expected_found(s: Situation) -> Text:
    expected, found = _expected_text(s), _found(s)
    return Text(
        en=f"{found.en} where {expected.en} was expected", zh=f"此处应为{expected.zh}，但{_zh_found(s)}"
    )


def _zh_found(s: Situation) -> str:
    return "文件已结束" if s.found == "$END" else f"写的是 `{s.text}`"


def _is_plain_word(s: Situation) -> bool:
    return s.is_word and "NAME" not in s.expected and s.found == "NAME"


MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        name="after the end",
        snippet="}\ngroup g {",
        fits=lambda s: s.expected <= {"$END"},
        message=lambda s: Text(
            en=f"`{s.text}` stands behind the end of the rules", zh=f"`{s.text}` 写在规则结束之后"
        ),
        help=_always(
            Text(
                en="the rules end with the `}` before it; delete that one or this",
                zh="规则在它前面的 `}` 处结束，请删除多余的一处",
            )
        ),
    ),
    Mistake(
        name="not a rule file",
        snippet="Dear colleagues, {",
        whole=True,
        fits=lambda s: s.expected <= {"ASSESSMENT"},
        message=lambda s: Text(
            en=f"a rule file does not begin with `{s.text}`", zh=f"规则文件不能以 `{s.text}` 开头"
        ),
        help=_always(
            Text(en="begin with `assessment NAME for YEAR {`", zh="请以 `考核 名称 年度 年份 {` 开头")
        ),
    ),
    Mistake(
        name="another sign for ※",
        snippet='indicator 10* "t" 10 points { }',
        code="wrong-key-mark",
        fits=lambda s: _repaired(s, "replace", "KEY_MARK"),
        message=lambda s: Text(
            en=f"`{s.text}` is not the mark of key indicators", zh=f"`{s.text}` 不是重点指标的标记"
        ),
        help=_always(Text(en="write `※` (U+203B)", zh="请写 `※`（U+203B）")),
    ),
    Mistake(
        name="exponent",
        snippet="let x = 5e3 * y",
        fits=lambda s: s.after == "NUMBER" and s.glued and _EXPONENT.fullmatch(s.text) is not None,
        message=lambda s: Text(
            en=f"`{s.before}{s.text}` is not a number here", zh=f"`{s.before}{s.text}` 在此不是数字"
        ),
        help=_always(
            Text(
                en="write all digits, or a larger unit such as `亿元`",
                zh="请写出全部数字，或改用较大的单位，如 `亿元`",
            )
        ),
    ),
    Mistake(
        name="statement of another language",
        snippet="if rate < 60%: total 0 points",
        code="unknown-word",
        fits=lambda s: s.at_statement and s.text.lower() in _FOREIGN_STATEMENTS,
        message=_unknown_word,
        help=lambda s: _FOREIGN_STATEMENTS[s.text.lower()],
    ),
    Mistake(
        name="misspelt statement",
        snippet='indicater 2 "t" 10 points { }',
        code="unknown-word",
        fits=lambda s: s.at_statement and s.is_word and _near_statement(s) is not None,
        message=_unknown_word,
        help=lambda s: _write(_near_statement(s) or ""),
    ),
    Mistake(
        name="unknown statement",
        snippet="weighting 5 points",
        code="unknown-word",
        fits=lambda s: s.at_statement and s.is_word,
        message=_unknown_word,
        help=_always(
            Text(
                en="statements begin with words such as `input`, `let` and `indicator`",
                zh="语句以 `数据`、`定义`、`指标` 等词开头",
            )
        ),
    ),
    Mistake(
        name="missing points",
        snippet="total 100",
        fits=lambda s: _repaired(s, "insert", "POINTS"),
        message=_missing_points,
        help=lambda s: Text(en=f"write `{s.before} points`", zh=f"请写 `{s.before} 分`"),
        at_before=True,
    ),
    Mistake(
        name="thousands separator",
        snippet="let x = 1,234 in %",
        fits=lambda s: _repaired(s, "delete") and s.found == "COMMA" and s.after == "NUMBER",
        message=_always(
            Text(en="a number is written without separators between its digits", zh="数字中间不加分隔符")
        ),
        help=_always(Text(en="delete the `,`", zh="请删除 `,`")),
    ),
    Mistake(
        name="percentage points in other words",
        snippet="let x = f(y, target: 2.3 percent point)",
        fits=lambda s: _repaired(s, "replace", "PP") and s.after == "NUMBER",
        message=lambda s: Text(
            en=f"`{s.text}` is no way to write percentage points", zh=f"百分点不能写作 `{s.text}`"
        ),
        help=_always(Text(en="write `pp` or `percentage points`", zh="请写 `百分点`")),
    ),
    Mistake(
        name="percent in other words",
        snippet="let x = f(y, target: 2.3 percent)",
        fits=lambda s: _repaired(s, "replace", "PERCENT") and s.after == "NUMBER",
        message=lambda s: Text(
            en=f"`{s.text}` is no way to write a percentage", zh=f"百分比不能写作 `{s.text}`"
        ),
        help=_always(_write("%")),
    ),
    Mistake(
        name="unknown unit",
        snippet='input x "t" in 苹果',
        code="unknown-unit",
        fits=lambda s: s.after in ("NUMBER", "IN") and s.expected >= _UNIT_LIKE and s.found == "NAME",
        message=lambda s: Text(en=f"`{s.text}` is not a known unit", zh=f"`{s.text}` 不是已知的单位"),
        help=lambda s: (
            _write(s.repair.text)
            if s.repair is not None and s.repair.text not in ("", s.text)
            else Text(
                en="write a unit of the list, such as `万元` or `件/万人`, or `number`",
                zh="请写单位表中的单位，如 `万元`、`件/万人`，或 `数值`",
            )
        ),
    ),
    Mistake(
        name="text without quotation marks",
        snippet="authority 聊政发",
        fits=lambda s: _repaired(s, "replace", "STRING"),
        message=lambda s: Text(en=f"`{s.text}` is not in quotation marks", zh=f"`{s.text}` 没有写在引号里"),
        help=lambda s: Text(en=f'write `"{s.text}"`', zh=f"请写 `“{s.text}”`"),
    ),
    Mistake(
        name="reserved word as a parameter",
        snippet="let x = f(total: 3)",
        fits=lambda s: s.found == "COLON" and s.after in WORDS and s.expected >= {"COMMA", "RPAR"},
        message=lambda s: Text(
            en=f"`{s.before}` is a word of the language and no parameter here",
            zh=f"`{s.before}` 是规则语言的词，此处不能作参数名",
        ),
        help=_always(Text(en="use the other name of the parameter", zh="请用该参数的另一名称")),
        at_before=True,
    ),
    Mistake(
        name="misspelt word",
        snippet="compare ruonded",
        code="unknown-word",
        fits=lambda s: _repaired(s, "replace") and s.is_word,
        message=_unknown_word,
        help=lambda s: _write(s.repair.text if s.repair is not None else ""),
    ),
    Mistake(
        name="wrong sign",
        snippet="policies { missing = error }",
        fits=lambda s: _repaired(s, "replace"),
        message=lambda s: Text(
            en=f"`{s.text}` stands where {human_name(s.repair.terminal if s.repair else '').en} belongs",
            zh=f"此处应为 {human_name(s.repair.terminal if s.repair else '').zh}，但写的是 `{s.text}`",
        ),
        help=_write_terminal,
    ),
    Mistake(
        name="chained comparison",
        snippet="limit when 1 < x < 3: grade at most a",
        fits=lambda s: (
            s.found in ("RELATION", "EQUALS") and "AND" in s.expected and "RELATION" not in s.expected
        ),
        message=lambda s: Text(
            en=f"`{s.text}` makes a second comparison in a row", zh=f"`{s.text}` 构成了连续比较"
        ),
        help=_always(Text(en="join two comparisons with `and`", zh="请用 `且` 连接两个比较")),
    ),
    Mistake(
        name="missing separator",
        snippet="policies { missing: error ties: min }",
        fits=lambda s: _repaired(s, "insert", "SEMICOLON"),
        message=lambda s: Text(
            en=f"`;` is missing between `{s.before}` and `{s.text}`",
            zh=f"`{s.before}` 与 `{s.text}` 之间缺少 `；`",
        ),
        help=_always(Text(en="separate entries with `;`", zh="各项之间请用 `；` 隔开")),
        at_before=True,
    ),
    Mistake(
        name="missing sign or word",
        snippet='indicator 2 "t" 10 points\nby sti }',
        fits=lambda s: _repaired(s, "insert"),
        message=lambda s: Text(
            en=f"{_missing(s).en} is missing behind `{s.before}`",
            zh=f"`{s.before}` 之后缺少 {_missing(s).zh}",
        ),
        help=_write_terminal,
        at_before=True,
    ),
    Mistake(
        name="unexpected character",
        snippet="let x = a @ b",
        code="unexpected-character",
        fits=lambda s: s.found == "UNKNOWN",
        message=lambda s: Text(en=f"`{s.text}` has no meaning in rules", zh=f"`{s.text}` 在规则中没有意义"),
        help=_always(
            Text(en="delete it, or put the text in quotation marks", zh="请删除，或把文字写在引号里")
        ),
    ),
    Mistake(
        name="unnecessary piece",
        snippet="carry full full",
        fits=lambda s: _repaired(s, "delete"),
        message=lambda s: Text(en=f"`{s.text}` is not expected here", zh=f"此处不应有 `{s.text}`"),
        help=_always(Text(en="delete it", zh="请删除")),
    ),
    Mistake(
        name="missing value",
        snippet="let x =\nlet y = 1",
        fits=lambda s: s.expected >= _EXPRESSION,
        message=lambda s: Text(
            en=f"a value is missing behind `{s.before}`", zh=f"`{s.before}` 之后缺少数值或名称"
        ),
        help=lambda s: Text(
            en=f"{_found(s).en}; write a number, a name or a call before it",
            zh=f"{_found(s).zh}；请在它之前写数字、名称或计分方法",
        ),
        at_before=True,
    ),
    Mistake(
        name="end of the file",
        snippet="assessment a for 2018",
        whole=True,
        fits=lambda s: s.found == "$END",
        message=lambda s: Text(
            en=f"the file ends where {_expected_text(s).en} was expected",
            zh=f"文件在此结束，但此处应为{_expected_text(s).zh}",
        ),
        help=_choices,
    ),
    Mistake(
        name="nothing more on the line",
        snippet="cite\nby sti",
        fits=lambda s: (
            (s.starts_line or s.found in ("RBRACE", "SEMICOLON")) and not s.expected >= STATEMENT_TERMINALS
        ),
        message=lambda s: Text(
            en=f"{_expected_text(s).en} is missing behind `{s.before}`",
            zh=f"`{s.before}` 之后缺少{_expected_text(s).zh}",
        ),
        help=_choices,
        at_before=True,
    ),
    Mistake(
        name="unknown word",
        snippet="join product",
        code="unknown-word",
        fits=_is_plain_word,
        message=lambda s: Text(
            en=f"`{s.text}` stands where {_expected_text(s).en} was expected",
            zh=f"此处应为{_expected_text(s).zh}，但写的是 `{s.text}`",
        ),
        help=_choices,
    ),
    Mistake(
        name="anything else",
        snippet="let = 3 + ) 4",
        fits=_always(True),
        message=_expected_found,
        help=_choices,
    ),
)
"""Every mistake that is known, the more particular ones first."""
