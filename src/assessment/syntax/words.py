"""The closed vocabulary of the rule language: every keyword in English and in Chinese, and what the tree calls it.

One entry per terminal of the grammar. A terminal holds one or more *meanings*, named by the word that the tree keeps;
each meaning has spellings in both languages, of which the first is the one that is printed. A spelling of several
words may be written with any number of blanks between them.

Invariants: no spelling stands twice in one terminal; the keyword terminals of the grammar are exactly
`terminal_pattern` of these entries (a test compares them).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from attrs import frozen

from assessment.diagnostics.bilingual import Lang, Text

__all__ = [
    "HUMAN_NAMES",
    "STATEMENT_TERMINALS",
    "WORDS",
    "Meaning",
    "human_name",
    "meaning_of",
    "spelling",
    "terminal_pattern",
]


@frozen(kw_only=True)
class Meaning:
    """What one or more spellings stand for; `name` is the word that the tree keeps."""

    name: str
    en: tuple[str, ...]
    zh: tuple[str, ...]

    def in_(self, lang: Lang) -> str:
        """The spelling that is printed."""
        return self.zh[0] if lang == "zh" else self.en[0]


def _one(en: str, zh: str) -> tuple[Meaning, ...]:
    """A terminal with one meaning; spellings are separated by `|`, and the first English one is its name."""
    return _many((en.split("|", maxsplit=1)[0], en, zh))


def _many(*entries: tuple[str, str, str]) -> tuple[Meaning, ...]:
    return tuple(
        Meaning(name=name, en=tuple(en.split("|")), zh=tuple(zh.split("|"))) for name, en, zh in entries
    )


_STATUSES = _many(
    ("not reported", "missing|not reported|unreported", "缺失|未报"),
    ("withheld", "withheld", "保密"),
    ("not yet available", "not yet available|pending", "尚未公布"),
    ("not applicable", "not applicable", "不适用"),
    ("undefined", "undefined", "无意义"),
    ("absent", "absent", "缺值"),
)


WORDS: Mapping[str, tuple[Meaning, ...]] = MappingProxyType(
    {
        # ── words that begin a statement ──
        "ASSESSMENT": _one("assessment", "考核"),
        "AUTHORITY": _one("authority", "依据"),
        "TOTAL": _one("total", "总分"),
        "ROUND": _one("round", "修约"),
        "RESULT": _one("result", "结果"),
        "CARRY": _one("carry", "结转"),
        "COMPARE": _one("compare", "比较"),
        "POLICIES": _one("policies", "约定"),
        "RANK": _one("rank", "名次"),
        "UNRANKED": _one("unranked", "不排名"),
        "ORDER": _one("order", "先后"),
        "GROUP": _one("group", "组别"),
        "CLASS": _one("class", "类别"),
        "DEPARTMENT": _one("department", "部门"),
        "INPUT": _one("input", "数据"),
        "LET": _one("let", "定义"),
        "METHOD_WORD": _one("method", "方法"),
        "TABLE": _one("table", "表"),
        "DEFAULT": _one("default", "默认"),
        "MEASURE": _one("measure", "取自"),
        "TARGETS": _one("targets|target", "目标"),
        "BY": _one("by", "责任"),
        "CITE": _one("cite", "出处"),
        "APPLIES": _one("applies to", "适用"),
        "EXCLUDES": _one("not applicable to", "不适用"),
        "ASSUME": _one("assume", "假定"),
        "LEFT_OUT": _one("left out", "未纳入"),
        "ALLOW": _one("allow", "准许"),
        "COVERAGE": _one("coverage", "覆盖率"),
        "ESTIMATE": _one("estimate", "估算"),
        "JOIN": _one("join", "合成"),
        "SCORE": _one("score", "计分"),
        "PART": _one("part", "分项"),
        "INDICATOR": _one("indicator", "指标"),
        "CATEGORY": _one("category", "一级指标"),
        "GRADE": _one("grade", "等次"),
        "LIMIT": _one("limit", "限制"),
        "EXAMPLE": _one("example", "示例"),
        "VETO": _one("veto", "否决"),
        "ZEROED": _one("zero", "计零分|得零分|零分"),
        "LOWERED": _one("down", "降级|下调"),
        "BARRED": _one("barred from", "不得参加|取消资格"),
        "OUT_OF_RANKING": _one("out of ranking", "不参加排名|不参与排名"),
        "MARK": _one("mark", "认定"),
        "FLOOR": _one("floor", "下限"),
        "BONUS": _one("bonus", "加分"),
        "DEDUCTION": _one("deduction", "扣分"),
        "BONUSES": _one("bonuses", "加分合计"),
        "DEDUCTIONS": _one("deductions", "扣分合计"),
        "CAP": _one("cap", "上下限"),
        "RESCALE_TO_BEST": _one("rescale to best", "最高分折算"),
        "OR_KEEP": _one("or keep", "否则保留"),
        "UNBOUNDED": _one("unbounded", "不设区间"),
        "ADJUSTING": _many(
            ("before", "before adjustments", "先于加减分"), ("after", "after adjustments", "后于加减分")
        ),
        # ── words inside statements ──
        "GIVEN": _one("given", "已知"),
        "DATA_FILE": _one("data", "数据"),
        "EXPECT": _one("expect", "应得"),
        "REFUSED": _one("error", "报错"),
        "FOR": _one("for", "年度"),
        "NONE": _one("none", "无"),
        "TO": _one("to", "到|至|为"),
        "PLACES": _one("places|place", "位"),
        "ON": _one("on", "区间"),
        "PUBLISHED": _one("published", "公布"),
        "RANKED_ON": _one("ranked on", "按"),
        "RANKED": _one("ranked", "排名"),
        "BOTH_ENDS": _one("from both ends", "兼排倒数"),
        "WITH": _one("with", "代入"),
        "WITHIN": _one("within", "范围"),
        "REFERENCE": _one("reference", "参照"),
        "ALIAS": _one("alias", "别名"),
        "IN": _one("in", "单位|列入"),
        "YES_NO": _one("yes/no", "是否"),
        "LEVEL": _one("level", "等级"),
        "RATINGS": _one("ratings", "评分"),
        "EVENTS": _one("events", "事项"),
        "FROM": _one("from", "来源"),
        "RANGE": _one("range", "范围"),
        "BASIS": _one("basis", "口径"),
        "EVIDENCE": _one("evidence", "佐证"),
        "OR_NOT_COUNTED": _one("or not counted", "否则不计"),
        "ROW_FIELD": _one("field", "字段"),
        "DATED": _one("date", "日期"),
        "TEXTED": _one("text", "文字"),
        "REGION": _one("region", "地区"),
        "NO_ROWS": _one("no rows mean", "没有行表示|无行表示"),
        "REASON": _one("reason", "理由"),
        "REQUIRED": _one("required", "必填"),
        "COUNTS_AS": _one("counts as|count as", "视为"),
        "CODE": _one("code", "代码"),
        "MEANS": _one("means", "表示"),
        "KIND": _one("kind", "类型"),
        "LAG": _one("lag", "滞后"),
        "PUBLISHED_TO": _one("published to", "精确到"),
        "WHEN": _one("when", "当"),
        "ITEM_WORD": _one("item", "第"),
        "ITEM_END": _one("item", "项"),
        "UP_TO": _one("up to|at most", "至多"),
        "WEIGHT": _one("weight", "权重"),
        "OR_ELSE": _one("otherwise", "否则"),
        "OTHERWISE": _one("otherwise", "其余"),
        "EACH": _one("each", "每"),
        "POINTS": _one("points|point", "分"),
        "PP": _one("pp|percentage points|percentage point", "百分点|个百分点"),
        "PLAIN": _one("number", "数值"),
        "AND": _one("and", "且|并且"),
        "OR": _one("or", "或|或者"),
        "NOT": _one("not", "非"),
        "SINCE": _one("from", "自|由"),
        "IN_YEAR": _many(
            ("this year", "in this year", "在本年度|在本年"), ("last year", "in last year", "在上年度|在上年")
        ),
        "OWN_REGION": _one("own region", "本地区"),
        "KEY_TOTAL": _one("key total", "重点指标得分"),
        "KEY_INDICATOR": _one("key indicator", "重点指标"),
        "RATE": _one("rate", "得分率"),
        "IT": _one("it", "本项"),
        "ITS_DIRECTION": _one("its direction", "本项方向"),
        "INF": _one("inf", "无穷"),
        # ── choices ──
        "STAGE": _many(
            ("part", "part", "分项"),
            ("indicator", "indicator", "指标"),
            ("category", "category", "一级指标"),
            ("total", "total", "总分"),
        ),
        "MODE": _many(
            ("half-up", "half-up", "四舍五入"),
            ("half-away", "half-away", "绝对值四舍五入"),
            ("half-even", "half-even", "四舍六入五成双"),
            ("up", "up", "进位"),
            ("down", "down", "舍去"),
            ("truncate", "truncate", "截断"),
        ),
        "READ_VALUE": _many(
            ("rounded", "rounded", "修约值"), ("full", "full", "原值"), ("rescaled", "rescaled", "折算值")
        ),
        "POLICY_KEY": _many(
            ("missing", "missing", "缺失"),
            ("withheld", "withheld", "保密"),
            ("not yet available", "not yet available|pending", "尚未公布"),
            ("not applicable", "not applicable", "不适用"),
            ("undefined", "undefined", "无意义"),
            ("zero base", "zero base", "零基数"),
            ("all equal", "all equal", "全部相等"),
            ("ties", "ties", "并列"),
        ),
        "POLICY_VALUE": _many(
            ("error", "error", "报错"),
            ("not computed", "not computed", "不计算"),
            ("zero", "zero", "零分"),
            ("full", "full", "满分"),
            ("half", "half", "半分"),
            ("undefined", "undefined", "无意义"),
            ("rescale in category", "rescale in category", "本级分摊|分值并入 同一级指标"),
            ("rescale over all", "rescale over all", "全部分摊"),
            ("min", "min", "取高"),
            ("max", "max", "取低"),
            ("mean", "mean", "平均"),
            ("dense", "dense", "连续"),
        ),
        "AT_LEAST": _one("at least", "不低于|至少"),
        "COVERED_OF": _many(("children", "of children", "直接下级"), ("leaves", "of leaves", "末级项目")),
        "COVERED_BY": _many(("count", "by count", "按项数"), ("weight", "by weight", "按权重")),
        "COVERED_EXEMPT": _many(
            ("left out", "not applicable left out", "不适用不计入"),
            ("counted", "not applicable counted", "不适用计入"),
        ),
        "IN_FIELDS": _many(
            ("in", "in statistics", "计入统计"), ("outside", "outside statistics", "不计入统计")
        ),
        "PEERS": _many(
            ("peer mean", "peer mean", "平均得分率"), ("peer lowest", "peer lowest", "最低得分率")
        ),
        "AT_LINE": _many(
            ("in", "ties in", "同分同进|线上同分同等"), ("out", "ties out", "同分不进|线上同分不入")
        ),
        "COUNTED_ITEMS": _one("of", "项"),
        "IN_ORDER": _one("in order", "按先后"),
        "CHOSEN_BY": _one("by", "按"),
        "REGIONS": _one("regions|units|unit", "个"),
        "MARKED": _one("marked", "已认定"),
        "EVERY_MARK": _one("every mark", "全部认定|各项认定"),
        "FIELD": _many(("group", "group", "同组"), ("all", "all", "全部")),
        "EVERYWHERE": _many(("all", "all", "全部"), ("city", "city", "全市")),
        "METHOD": _many(
            ("sum", "sum", "求和"),
            ("mean", "mean", "平均"),
            ("geometric", "geometric", "几何平均"),
            ("harmonic", "harmonic", "调和平均"),
            ("min", "min", "取低"),
            ("max", "max", "取高"),
        ),
        # The state of a value, as an attribute names it; `IS` is the same before an operand.
        "STATUS": _STATUSES,
        "CLAIMED_STATUS": _STATUSES,
        "IS": _many(
            ("not reported", "unreported|not reported", "未报"),
            ("withheld", "withheld", "保密"),
            ("not yet available", "pending|not yet available", "尚未公布"),
            ("not applicable", "not applicable", "不适用"),
            ("undefined", "undefined", "无意义"),
            ("absent", "absent", "缺值"),
        ),
        # By what the rows of a table are found.
        "TABLE_KEY": _many(
            ("indicator", "by indicator", "按指标|按 指标"),
            ("group", "by group", "按组别|按 组别"),
            ("year", "by year", "按年度|按 年度"),
        ),
        "SIZES_FROM": _many(
            ("points", "points from table", "分值取自表|分值 取自 表"),
            ("weight", "weights from table", "权重取自表|权重 取自 表"),
        ),
        "BY_YEAR": _many(
            ("points", "points by year", "分值按年度|分值 按年度"),
            ("weight", "weight by year", "权重按年度|权重 按年度"),
        ),
        "BY_GROUP": _many(("points", "points by group", "分值按组别|分值 按组别")),
        "IN_FORCE": _one("in force", "施行"),
        # What a file says of its time, and what it changes of an earlier one.
        "VALID": _one("valid", "有效"),
        "SUCCEEDS": _one("succeeds", "承继"),
        "AMENDS": _one("amends", "修订"),
        "CHANGE": _one("change", "修改"),
        "REPLACE": _one("replace", "替换"),
        "ADD": _one("add", "增加"),
        "REMOVE": _one("remove", "删除"),
        "RENUMBER": _one("renumber", "改号"),
        "RETARGET": _one("retarget", "调整目标"),
        "SIZED": _one("points", "分值"),
        "NAMED": _one("title", "名称"),
        "AFTER": _one("after", "后于"),
        "BEFORE": _one("before", "先于"),
        "FIRST": _many(("highest", "highest first", "从高到低"), ("lowest", "lowest first", "从低到高")),
        "DIRECTION": _many(
            ("higher", "higher is better", "越高越好"), ("lower", "lower is better", "越低越好")
        ),
        "ANSWER": _many(("yes", "yes", "是"), ("no", "no", "否")),
        "KIND_NAME": _many(
            ("growth", "growth", "增速"),
            ("share", "share", "比重"),
            ("count", "count", "计数"),
            ("number", "number", "数值"),
        ),
        # `score` read of a node; unlike `SCORE` it begins no statement (see the grammar).
        "QUANTIFIER": _many(("any", "any", "任一"), ("all", "all", "全部")),
        "COUNTED": _many(
            ("at least", "at least", "至少"), ("at most", "at most", "至多"), ("exactly", "exactly", "恰有")
        ),
        "SCORE_READ": _one("score", "得分"),
        # `rank` read of a node; unlike `RANK` it begins no statement.
        "RANK_READ": _one("rank", "名次"),
        "BOTTOM_READ": _one("rank from the bottom|rank from bottom", "倒数名次|倒数位次"),
    }
)
"""The meanings of every keyword terminal, by the name of the terminal in the grammar."""

STATEMENT_TERMINALS = frozenset(
    {
        "AUTHORITY",
        "TOTAL",
        "ROUND",
        "RESULT",
        "CARRY",
        "COMPARE",
        "POLICIES",
        "RANK",
        "UNRANKED",
        "ORDER",
        "GROUP",
        "CLASS",
        "DEPARTMENT",
        "INPUT",
        "LET",
        "METHOD_WORD",
        "TABLE",
        "DEFAULT",
        "MEASURE",
        "SIZES_FROM",
        "IN_FORCE",
        "TARGETS",
        "BY",
        "CITE",
        "APPLIES",
        "EXCLUDES",
        "ASSUME",
        "LEFT_OUT",
        "ALLOW",
        "COVERAGE",
        "ESTIMATE",
        "JOIN",
        "SCORE",
        "PART",
        "INDICATOR",
        "CATEGORY",
        "GRADE",
        "LIMIT",
        "VETO",
        "MARK",
        "EXAMPLE",
        "FLOOR",
        "BONUS",
        "DEDUCTION",
        "BONUSES",
        "DEDUCTIONS",
        "CAP",
        "RESCALE_TO_BEST",
        "REGION",
        "VALID",
        "CHANGE",
        "REPLACE",
        "ADD",
        "REMOVE",
        "RENUMBER",
        "RETARGET",
    }
)
"""The terminals that begin a statement, at which reading resumes after a mistake."""

HUMAN_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "DOTTED": Text(en="a name", zh="名称"),
        "NAME": Text(en="a name", zh="名称"),
        "NUMBER": Text(en="a number", zh="数字"),
        "ITEM": Text(en="a number", zh="编号"),
        "STRING": Text(en="a text in quotation marks", zh="引号中的文字"),
        "UNIT": Text(en="a unit", zh="计量单位"),
        "RELATION": Text(en="a comparison such as `>=`", zh="比较符号（如 `>=`）"),
        "STAGE": Text(
            en="`part`, `indicator`, `category` or `total`", zh="`分项`、`指标`、`一级指标` 或 `总分`"
        ),
        "MODE": Text(en="a rounding mode such as `half-up`", zh="修约方式（如 `四舍五入`）"),
        "AT_LINE": Text(en="`ties in` or `ties out`", zh="`同分同进` 或 `同分不进`"),
        "READ_VALUE": Text(en="`rounded`, `full` or `rescaled`", zh="`修约值`、`原值` 或 `折算值`"),
        "ADJUSTING": Text(
            en="`before adjustments` or `after adjustments`", zh="`先于加减分` 或 `后于加减分`"
        ),
        "POLICY_KEY": Text(en="what a policy is for, such as `missing`", zh="约定的事项（如 `缺失`）"),
        "POLICY_VALUE": Text(en="a policy such as `error`", zh="处理方式（如 `报错`）"),
        "COVERED_OF": Text(en="`of children` or `of leaves`", zh="`直接下级` 或 `末级项目`"),
        "COVERED_BY": Text(en="`by count` or `by weight`", zh="`按项数` 或 `按权重`"),
        "COVERED_EXEMPT": Text(
            en="`not applicable left out` or `not applicable counted`", zh="`不适用不计入` 或 `不适用计入`"
        ),
        "IN_FIELDS": Text(en="`in statistics` or `outside statistics`", zh="`计入统计` 或 `不计入统计`"),
        "PEERS": Text(en="`peer mean` or `peer lowest`", zh="`平均得分率` 或 `最低得分率`"),
        "FIELD": Text(en="`group` or `all`", zh="`同组` 或 `全部`"),
        "MARKED": Text(en="`marked` and a mark", zh="`已认定` 与认定名称"),
        "EVERYWHERE": Text(en="a group", zh="组别"),
        "METHOD": Text(en="a way to join such as `sum`", zh="合成方式（如 `求和`）"),
        "TABLE_KEY": Text(en="`by indicator`, `by group` or `by year`", zh="`按指标`、`按组别` 或 `按年度`"),
        "SIZES_FROM": Text(en="`points from table`", zh="`分值取自表`"),
        "BY_YEAR": Text(en="`points by year`", zh="`分值按年度`"),
        "BY_GROUP": Text(en="`points by group`", zh="`分值按组别`"),
        "FIRST": Text(en="`highest first` or `lowest first`", zh="`从高到低` 或 `从低到高`"),
        "DIRECTION": Text(en="`higher is better` or `lower is better`", zh="`越高越好` 或 `越低越好`"),
        "STATUS": Text(en="a state such as `missing`", zh="数据状态（如 `缺失`）"),
        "CLAIMED_STATUS": Text(en="a state such as `not applicable`", zh="数据状态（如 `不适用`）"),
        "IS": Text(en="a state such as `unreported`", zh="数据状态（如 `未报`）"),
        "ANSWER": Text(en="`yes` or `no`", zh="`是` 或 `否`"),
        "KIND_NAME": Text(en="`growth`, `share`, `count` or `number`", zh="`增速`、`比重`、`计数` 或 `数值`"),
        "QUANTIFIER": Text(en="`any` or `all`", zh="`任一` 或 `全部`"),
        "COUNTED": Text(en="`at least`, `at most` or `exactly`", zh="`至少`、`至多` 或 `恰有`"),
        "ROUND_NEXT": Text(en="another level to round", zh="另一修约层级"),
        "GRADE_NEXT": Text(en="another grade", zh="另一等次"),
        "PART_OF": Text(en="a part such as `.level`", zh="分项（如 `.level`）"),
        "INCLUDED": Text(en="`(incl)`", zh="`（含）`"),
        "EXCLUDED": Text(en="`(excl)`", zh="`（不含）`"),
        "$END": Text(en="the end of the file", zh="文件结尾"),
        "DATE_VALUE": Text(en="a date such as `2018-12-31`", zh="日期（如 `2018-12-31`）"),
        "IN_YEAR": Text(en="`in this year` or `in last year`", zh="`在本年度` 或 `在上年度`"),
        "DOT": Text.same("`.`"),
        "KEY_MARK": Text.same("`※`"),
        "INFINITY": Text.same("`∞`"),
        "LBRACE": Text.same("`{`"),
        "RBRACE": Text.same("`}`"),
        "LPAR": Text.same("`(`"),
        "RPAR": Text.same("`)`"),
        "LSQB": Text.same("`[`"),
        "RSQB": Text.same("`]`"),
        "COMMA": Text(en="`,`", zh="`，` 或 `、`"),
        "SEMICOLON": Text(en="`;`", zh="`；`"),
        "COLON": Text(en="`:`", zh="`：`"),
        "EQUALS": Text.same("`=`"),
        "PLUS": Text.same("`+`"),
        "MINUS": Text.same("`-`"),
        "STAR": Text.same("`*`"),
        "SLASH": Text.same("`/`"),
        "CARET": Text.same("`^`"),
        "ARROW": Text.same("`->`"),
        "PERCENT": Text.same("`%`"),
        "PERMILLE": Text.same("`‰`"),
    }
)
"""What terminals are called in messages, where that is not their one spelling."""


def human_name(terminal: str) -> Text:
    """What a terminal is called in a message: never the name that the grammar uses."""
    named = HUMAN_NAMES.get(terminal)
    if named is not None:
        return named
    first = WORDS[terminal][0]
    return Text(en=f"`{first.en[0]}`", zh=f"`{first.zh[0]}`")


def spelling(terminal: str, name: str, lang: Lang) -> str:
    """The printed spelling of a meaning.

    >>> spelling("MODE", "half-up", "zh")
    '四舍五入'
    """
    return _meanings(terminal)[name].in_(lang)


def meaning_of(terminal: str, text: str) -> str:
    """The word that the tree keeps for a spelling, blanks of any width.

    >>> meaning_of("POLICY_VALUE", "分值并入  同一级指标")
    'rescale in category'
    """
    return _names(terminal)[" ".join(text.split())]


def terminal_pattern(terminal: str) -> str:
    r"""The regular expression of a keyword terminal in the grammar.

    An English spelling ends where no letter, digit or `_` follows; a Chinese one where no letter follows, since
    officials type `总分100分`.

    >>> terminal_pattern("KEY_TOTAL")
    '(?:key[ \\t]+total)(?!\\w)|(?:重点指标得分)(?![^\\W\\d])'
    """
    english = [word for meaning in WORDS[terminal] for word in meaning.en]
    chinese = [word for meaning in WORDS[terminal] for word in meaning.zh]
    return rf"(?:{_alternatives(english)})(?!\w)|(?:{_alternatives(chinese)})(?![^\W\d])"


def _alternatives(spellings: list[str]) -> str:
    ordered = sorted(set(spellings), key=lambda word: (-len(word), word))
    return "|".join(word.replace(" ", r"[ \t]+").replace("/", r"[ \t]*\/[ \t]*") for word in ordered)


@cache
def _meanings(terminal: str) -> Mapping[str, Meaning]:
    return {meaning.name: meaning for meaning in WORDS[terminal]}


@cache
def _names(terminal: str) -> Mapping[str, str]:
    return {word: meaning.name for meaning in WORDS[terminal] for word in (*meaning.en, *meaning.zh)}
