"""The closed table of diagnostic codes: each with its severity and a title in both languages.

One table per layer that reports them, sorted by name. A code is kebab-case, names the flaw and reads after
"allow". It is never renamed and never used again for something else; to add one, add one line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from assessment.diagnostics.bilingual import Text

__all__ = ["CODES", "TABLES", "Code", "Severity"]


class Severity(Enum):
    """How grave a finding is."""

    ERROR = "error"  # the rules or the data have no meaning
    WARNING = "warning"  # they probably do not mean what they say
    NOTE = "note"  # nothing is wrong, but the reader should know

    @property
    def title(self) -> Text:
        """The word for it that stands before a message."""
        return _SEVERITY_TITLES[self]


_SEVERITY_TITLES = {
    Severity.ERROR: Text(en="error", zh="错误"),
    Severity.WARNING: Text(en="warning", zh="警告"),
    Severity.NOTE: Text(en="note", zh="提示"),
}


@frozen(kw_only=True)
class Code:
    """A kind of finding: its name, how grave it is, and what it is called."""

    name: str
    severity: Severity
    title: Text


def _error(name: str, en: str, zh: str) -> Code:
    return Code(name=name, severity=Severity.ERROR, title=Text(en=en, zh=zh))


def _warning(name: str, en: str, zh: str) -> Code:
    return Code(name=name, severity=Severity.WARNING, title=Text(en=en, zh=zh))


def _note(name: str, en: str, zh: str) -> Code:
    return Code(name=name, severity=Severity.NOTE, title=Text(en=en, zh=zh))


_SYNTAX = (
    _error("bidi-character", "invisible or direction-changing character", "含不可见或改变书写方向的字符"),
    _error("empty-file", "empty rule file", "规则文件为空"),
    _error("file-too-large", "rule file too large", "规则文件过大"),
    _error("file-unreadable", "unreadable rule file", "规则文件无法读取"),
    _error("line-too-long", "line too long", "行过长"),
    _error("nesting-too-deep", "nesting too deep", "嵌套层数过多"),
    _error("not-text", "not a text file", "不是文本文件"),
    _error("number-too-large", "number with too many digits", "数字位数过多"),
    _error("syntax-error", "syntax error", "语法错误"),
    _error("unclosed-brace", "bracket without its counterpart", "括号不配对"),
    _error("unclosed-string", "text without closing quotation mark", "引号未闭合"),
    _error("unexpected-character", "character with no meaning here", "此处不应出现的字符"),
    _error("unknown-word", "word that rules do not have", "规则语言中没有的词"),
    _error("wrong-key-mark", "another sign in place of ※", "重点指标符号有误"),
)

_RULES = (
    _warning("allow-without-effect", "permission that silences nothing", "准许没有作用"),
    _error("argument-kind", "argument of the wrong kind", "参数种类不符"),
    _error("band-both-closed", "edge that belongs to two bands", "分档端点重复归属"),
    _error("band-gap", "gap between bands", "分档之间有空档"),
    _error("band-order", "bands out of order", "分档次序颠倒"),
    _error("band-overlap", "bands that overlap", "分档重叠"),
    _error("band-uncovered", "values that no band covers", "分档未覆盖全部取值"),
    _error("band-unreachable", "band that no value reaches", "永远不会命中的分档"),
    _error("cannot-be-allowed", "finding that cannot be allowed", "不能准许的提示"),
    _error("cap-below-points", "cap below the points", "上限低于分值"),
    _warning("cap-out-of-reach", "cap that nothing reaches", "永远达不到的上限"),
    _warning("carry-not-stated", "rescaled score that may go on or not", "未写明结转原值还是折算值"),
    _warning("code-in-range", "code that could be a value", "代码与可能的数值相同"),
    _warning("condition-decided", "condition that always or never holds", "恒成立或永不成立的条件"),
    _error("constant-zero-divisor", "division by zero", "除数恒为零"),
    _error("count-out-of-range", "count rule that cannot be otherwise", "计数条件不起作用"),
    _error("coverage-impossible", "coverage that cannot be", "不可能的覆盖率"),
    _error("cycle", "definitions that need each other", "循环定义"),
    _warning("division-by-zero-possible", "divisor that may be zero", "除数可能为零"),
    _error("duplicate-name", "name given twice", "名称重复"),
    _error("duplicate-statement", "statement made twice", "语句重复"),
    _error(
        "earlier-score-by-year", "earlier score under rules that differ by year", "规则逐年不同而引用往年得分"
    ),
    _error("empty-group", "group without regions", "组别中没有地区"),
    _warning("example-without-expectation", "example that expects nothing", "示例没有应得结果"),
    _error("floor-above-cap", "floor above the cap", "下限高于上限"),
    _note("full-marks-out-of-reach", "full marks that nothing reaches", "永远达不到的满分"),
    _error("grade-order", "grades out of order", "等次次序颠倒"),
    _error("grade-uncovered", "scores that no grade covers", "等次未覆盖全部得分"),
    _note("irrational-compared", "irrational values compared without a place", "无理数比较未写明位数"),
    _error("judged-without-range", "judged value without a range", "评定值未规定范围"),
    _error("kind-mismatch", "values of different kinds", "数值种类不一致"),
    _error("lag-out-of-range", "lag that is none", "滞后年数不当"),
    _warning("limit-may-be-open", "limit on a score that may be left out", "限制所依据的得分可能不计"),
    _error("measure-not-scored", "measure in place of a score", "应为得分而写成数据"),
    _error("method-too-large", "method that leads to too many calls", "方法引出的调用过多"),
    _error("missing-argument", "missing argument", "缺少参数"),
    _error("missing-statement", "missing statement", "缺少必需的语句"),
    _warning("name-not-normalised", "name with compatibility characters", "名称含兼容字符"),
    _error("no-adjustment-cap", "bonus or deduction without a cap", "加分或扣分没有上限"),
    _error("no-all-equal-policy", "no rule for equal values everywhere", "未约定全部相等时的处理"),
    _warning("no-authority", "rules without their document", "规则未注明依据文件"),
    _error("no-cap-order", "cap before or after bonuses not stated", "未约定上下限与加减分的先后"),
    _warning("no-clause", "indicator without a clause", "指标未注明出处"),
    _error("no-direction", "measure without the direction that a score asks for", "未写明数据的方向"),
    _note("no-document-number", "document without its number", "依据文件未写文号"),
    _error("no-empty-field-rule", "no rule for peers that are not there", "未约定无同类可参照时的处理"),
    _error(
        "no-estimate-field-rule",
        "no rule whether statistics count an estimate",
        "未说明估算值是否计入统计",
    ),
    _error("no-measure", "indicator without the measure that a default asks for", "未写明取自哪项数据"),
    _error("no-missing-policy", "no rule for missing data", "未约定数据缺失时的处理"),
    _error("no-not-applicable-policy", "no rule for what does not apply", "未约定不适用时的处理"),
    _warning("no-owner", "indicator without a department", "指标未注明责任部门"),
    _error("no-rounding", "no rounding rule", "未约定修约规则"),
    _error("no-rows-meaning", "rows without a word on what none mean", "未约定没有行的含义"),
    _error(
        "no-rule-without-earlier",
        "no rule for regions without an earlier grade or place",
        "未写明没有往年等次或名次时如何处理",
    ),
    _error("no-size-for-group", "points by group that lack a group", "按组别的分值缺少组别"),
    _error("no-size-for-year", "size by year that lacks a year", "按年度的分值缺少年度"),
    _warning("no-supplier", "input that nobody supplies", "数据未注明来源部门"),
    _error("no-table-entry", "table without an entry that is needed", "表中缺少所需的一行"),
    _error("no-tie-rule", "no rule for ties", "未约定并列时的处理"),
    _error("no-undefined-policy", "no rule for what is undefined", "未约定无意义时的处理"),
    _error("no-zero-base-policy", "no rule for a base of zero", "未约定基数为零时的处理"),
    _warning("peer-group-of-one", "peers within a group of one", "组内仅一个地区，没有同类"),
    _error(
        "percent-for-percentage-points", "percent in place of percentage points", "应为百分点而写成百分比"
    ),
    _error("percent-without-kind", "percent of nothing", "百分比所指不明"),
    _error(
        "percentage-points-for-percent", "percentage points in place of percent", "应为百分比而写成百分点"
    ),
    _error("points-by-group", "points by group where one figure is needed", "需要唯一分值处分值因组别而异"),
    _error("points-not-category", "points that do not add up in a category", "一级指标分值之和不符"),
    _error("points-not-parts", "points that do not add up in an indicator", "分项分值之和不符"),
    _error("points-not-total", "points that do not add up to the total", "分值之和不等于总分"),
    _error("policy-mismatch", "policy with a value that does not fit", "约定的处理方式不当"),
    _warning("policy-never-acts", "policy that can never act", "永远不起作用的约定"),
    _warning("quota-for-nobody", "quota that gives a group nothing", "名额为零的组别"),
    _error("quota-not-rounded", "quota without a rounding of its own", "名额取整方式不当"),
    _error("quota-out-of-range", "quota that is none", "名额不当"),
    _error("range-empty", "range without values", "范围内没有取值"),
    _error("reading-not-stated", "score read without saying which value", "未写明引用修约值还是原值"),
    _error("recursive-method", "method that calls itself", "方法调用自身"),
    _error("repeats-unstated", "events that may count twice", "未约定重复事项如何计"),
    _error("row-key-optional", "events told apart by what they may lack", "判重字段可以缺失"),
    _error("score-below-floor", "score that can fall below its floor", "得分可能低于下限"),
    _error("score-exceeds-points", "score that can exceed its points", "得分可能超过分值"),
    _error("size-mismatch", "points in place of weights, or the reverse", "分值与权重混用"),
    _warning("small-group", "group of very few regions", "组内地区过少"),
    _error("statement-not-here", "statement in the wrong place", "语句位置不当"),
    _error("step-without-size", "step without a size", "步长缺失或为零"),
    _error("table-points-exceed", "table that gives more than the points", "计分表超出分值"),
    _error("target-missing", "missing target", "缺少目标值"),
    _error("target-unknown", "target for what is not declared", "目标所指未声明"),
    _error("too-many-arguments", "too many arguments", "参数过多"),
    _error("unit-mismatch", "units that do not fit", "单位不一致"),
    _error("unknown-code", "unknown code of a finding", "未知的提示代码"),
    _error("unknown-department", "unknown department", "未声明的部门"),
    _error("unknown-group", "unknown group", "未声明的组别"),
    _error("unknown-indicator", "unknown indicator", "未声明的指标"),
    _error("unknown-method", "unknown method", "未知的计分方法"),
    _error("unknown-name", "unknown name", "未声明的名称"),
    _error("unknown-parameter", "unknown parameter", "未知的参数"),
    _error("unknown-region", "unknown region", "未声明的地区"),
    _error("unknown-table-key", "key of a table that names nothing", "表中所列名称未声明"),
    _error("unknown-unit", "unknown unit", "未知的单位"),
    _error("unscored-indicator", "indicator without a score", "指标没有计分方法"),
    _warning("unused-default", "default score that scores nothing", "未被使用的默认计分"),
    _warning("unused-direction", "direction that the score does not ask for", "计分未用到所写的方向"),
    _warning("unused-exchange", "exchange of what the tree does not read", "总分未用到的代入"),
    _warning("unused-input", "input that nothing uses", "未被使用的数据项"),
    _warning("unused-measure", "measure that no score reads", "未被计分引用的数据"),
    _warning("unused-method", "method that nothing calls", "未被调用的方法"),
    _warning("unused-parameter", "parameter that a method does not use", "方法未用到的参数"),
    _warning("unused-table", "table that nothing reads", "未被使用的表"),
    _warning("unused-table-row", "row of a table that its indicator does not read", "表中未被使用的行"),
    _error("veto-raises-grade", "veto that could raise a grade", "否决可能使等次上升"),
    _error("veto-without-effect", "veto without effect", "否决没有后果"),
    _error("weight-missing", "missing weight", "缺少权重"),
    _error("weights-not-whole", "shares that do not add up to 100 %", "各权重合计不为 100%"),
    _warning("window-outside-year", "dates that leave out the assessed year", "日期范围不含考核年度"),
)

_AMENDMENTS = (
    _error("amendment-ambiguous", "amendment of one of several", "修订对象不唯一"),
    _error("amendment-exists", "addition of what is there", "增加的内容已存在"),
    _error("amendment-input-form", "input of another form", "数据项的类型或单位改变"),
    _error("amendment-misplaced", "amendment of nothing", "没有修订对象"),
    _error("amendment-twice", "two amendments of one thing", "同一内容重复修订"),
    _error("amendment-unmatched", "amendment of what is not there", "修订对象不存在"),
    _error("amendment-unnamed", "replacement of what has no name", "替换对象没有名称"),
    _error("amendment-value-differs", "old value that is another one", "原值与所修订文件不符"),
    _error("amends-another", "amendment of another assessment", "修订了另一考核的文件"),
    _error("amends-broken", "amended file with errors", "所修订的文件有错误"),
    _error("amends-cycle", "files that amend each other", "循环修订"),
    _error("amends-later", "amendment older than what it amends", "修订早于所修订的文件"),
    _error("amends-no-place", "amendment without a place", "修订文本没有所在目录"),
    _error("amends-unreadable", "amended file that cannot be read", "所修订的文件无法读取"),
    _error("period-not-valid", "year outside the validity", "年度不在有效期内"),
    _error("succession-unclear", "unclear succession", "承继关系不明"),
)

_DATA = (
    _error("data-duplicate-cell", "value given twice", "同一数值重复给出"),
    _error("data-duplicate-column", "input with two columns", "数据列重复"),
    _error("data-duplicate-region", "region given twice", "地区重复"),
    _warning("data-duplicate-row", "row given twice", "行重复"),
    _error("data-empty", "no data", "没有数据"),
    _error("data-encoding", "unknown text encoding", "文本编码无法识别"),
    _note("data-encoding-tried", "text read in an encoding other than UTF-8", "文本按其他编码读取"),
    _error("data-error-cell", "cell that holds an error", "单元格为错误值"),
    _note("data-float", "number taken from a binary float", "数值取自二进制浮点数"),
    _error("data-formula-without-value", "formula without a stored value", "公式没有缓存结果"),
    _error(
        "data-invisible-character", "invisible character in a name of the data", "数据中的名称含不可见字符"
    ),
    _error("data-looks-like-formula", "text that looks like a formula", "文本形似公式"),
    _error("data-merged-cell", "merged cells of values", "数值单元格合并"),
    _error("data-merged-header", "merged header cells", "表头单元格合并"),
    _error("data-missing", "missing value", "数值缺失"),
    _error("data-missing-column", "missing column", "缺少数据列"),
    _error("data-missing-field", "row without what it must have", "行缺少必填内容"),
    _error("data-missing-period", "year without data", "缺少年度数据"),
    _error("data-missing-region", "region without data", "地区没有数据"),
    _note("data-name-folded", "name in the data with compatibility characters", "数据中的名称含兼容字符"),
    _error("data-no-period", "no period stated", "未注明年度"),
    _error("data-no-region-column", "no column of regions", "没有地区列"),
    _error("data-not-a-count", "count that is not a whole number", "计数不是整数"),
    _error("data-not-a-date", "not a day", "不是日期"),
    _error("data-not-a-number", "not a number", "不是数字"),
    _error("data-not-yes-or-no", "neither yes nor no", "既非是也非否"),
    _error("data-out-of-range", "value out of range", "数值超出范围"),
    _error("data-percent-ambiguous", "percent that can be read in two ways", "百分比有两种读法"),
    _note("data-region-left-out", "region of the rules that the data do not have", "数据未涉及的地区"),
    _note("data-row-not-counted", "row that does not count", "不计的行"),
    _error("data-rows-needed", "rows in a single cell", "应逐行给出"),
    _note("data-skipped-column", "column that was skipped", "跳过的列"),
    _note("data-skipped-row", "row that was skipped", "跳过的行"),
    _note("data-skipped-sheet", "sheet that was skipped", "跳过的工作表"),
    _error("data-too-large", "too much data", "数据过大"),
    _error("data-unit-mismatch", "unit that does not fit the input", "单位与数据项不符"),
    _error("data-unknown-column", "unknown column", "未知的数据列"),
    _error("data-unknown-level", "unknown level", "未声明的等级"),
    _error("data-unknown-period", "unknown period", "未知的年度"),
    _error("data-unknown-region", "unknown region in the data", "数据中有未声明的地区"),
    _error("data-unknown-sheet", "unknown sheet", "未知的工作表"),
    _error("data-unknown-unit", "unknown unit in the data", "数据中有未知的单位"),
    _error("data-unreadable", "unreadable file", "文件无法读取"),
    _error("data-unsafe-file", "file that is not safe to open", "文件不宜打开"),
)

_PUBLISHED = (_error("published-other-scheme", "published table of another scheme", "公布表不属于该办法"),)

_EVALUATION = (
    _error("no-entry-for-year", "year of which a table or target says nothing", "表或目标未规定该年度"),
    _error("result-outside-scale", "result outside its scale", "结果超出区间"),
    _error("undefined-score", "score without a value", "得分无意义"),
)

_EXAMPLES = (
    _error("example-failed", "example that comes out otherwise", "示例结果不符"),
    _error("example-file-unplaced", "data file beside rules that are no file", "无从查找示例的数据文件"),
    _error("example-lacks-data", "example without the data it needs", "示例缺少所需数据"),
    _error("example-other-rules", "year whose rules stand in another file", "年度的规则在另一文件中"),
    _warning("not-reached", "rule that no example reaches", "没有示例触及的规则"),
)

TABLES: Mapping[str, tuple[Code, ...]] = MappingProxyType(
    {
        "syntax": _SYNTAX,
        "amendments": _AMENDMENTS,
        "rules": _RULES,
        "data": _DATA,
        "published": _PUBLISHED,
        "evaluation": _EVALUATION,
        "examples": _EXAMPLES,
    }
)
"""The codes of each layer, sorted by name."""

CODES: Mapping[str, Code] = MappingProxyType(
    {code.name: code for table in TABLES.values() for code in table},
)
"""Every declared code by its name."""
