"""The words that data use: for absences, yes and no, totals, footnotes and the columns that are not inputs.

Closed tables. Words are compared in their folded form (`folded`), so each stands here once, in lower case, without
blanks and in half width.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assessment.core.absence import Absence

_BLANKS = re.compile(r"\s+")
_LOOSE = re.compile(r"[_\-.·•]+")


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """The form in which words and names are compared: compatibility characters, case and blanks do not count.

    >>> folded(" Ｒ＆Ｄ  Share ")
    'r&dshare'
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def loose(text: str) -> str:
    """A wider form of a name in which underscores, hyphens and dots do not count either.

    >>> loose("life_expectancy") == loose("Life expectancy")
    True
    """
    return _LOOSE.sub("", folded(text))


def invisible(text: str) -> str | None:
    r"""The first character that cannot be seen and does not belong in a name, as its code point.

    >>> invisible("东阿县\u200b")
    'U+200B'
    """
    for character in text:
        if unicodedata.category(character) in ("Cf", "Cc", "Co", "Cs") and character not in "\t\r\n":
            return f"U+{ord(character):04X}"
    return None


def folds_more_than_width(text: str) -> bool:
    """Whether a name has compatibility characters other than full-width forms, such as the radicals of a PDF."""
    return any(
        unicodedata.normalize("NFKC", character) != character
        for character in text
        if not ("\uff00" <= character <= "\uffef" or character.isspace())
    )


ABSENCES: dict[str, Absence] = {
    **dict.fromkeys(
        ("", "/", "\\", "无数据", "未报", "未报送", "未填报", "缺", "缺失", "notreported", "missing"),
        Absence.NOT_REPORTED,
    ),
    **dict.fromkeys(("不适用", "不考核", "n/a", "notapplicable"), Absence.NOT_APPLICABLE),
    **dict.fromkeys(("保密", "涉密", "withheld", "confidential"), Absence.WITHHELD),
    **dict.fromkeys(
        ("待发布", "待公布", "未公布", "尚未公布", "尚未发布", "notyetavailable", "pending"),
        Absence.NOT_YET_AVAILABLE,
    ),
}
"""Words for absences; zero is not among them, nor is 无, which may mean zero."""

_DASHES_OR_DOTS = re.compile(r"[-‐‑‒–—―─━]{1,8}|\.{2,12}")


def absence_of(text: str) -> Absence | None:
    """The absence that a text stands for; none where it is something else.

    >>> absence_of("——").label.zh, absence_of("N/A").label.zh
    ('未报', '不适用')
    """
    if len(text) > 40:
        return None
    word = folded(text)
    if _DASHES_OR_DOTS.fullmatch(word):
        return Absence.NOT_REPORTED
    return ABSENCES.get(word)


NOTHING = frozenset({"无", "没有", "none", "nil"})
"""Words for nothing: no in a yes or no, no events in a list of events, and no number at all."""

YES = frozenset({"是", "有", "yes", "y", "true", "1", "√", "✓", "✔"})
NO = frozenset({"否", "no", "n", "false", "0", "×", "✗", "✘"}) | NOTHING

ERROR_VALUES = frozenset(
    {"#div/0!", "#n/a", "#name?", "#null!", "#num!", "#ref!", "#value!", "#spill!", "#calc!", "#getting_data"}
)

TOTALS = frozenset(
    {"合计", "总计", "小计", "共计", "全市", "全市合计", "全市总计", "全省", "全县", "全国", "平均", "平均值"}
    | {"均值", "全市平均", "中位数", "total", "grandtotal", "subtotal", "sum", "average", "mean", "median"}
)
"""What stands in place of a region where a row sums others up."""

_FOOTNOTE = re.compile(
    r"(?:注|备注|说明|附注|资料来源|数据来源|来源|填报人|填表人|审核人|负责人|制表|联系人|填报日期|填表日期|制表日期|日期|填报单位|填报时间|notes?|sources?)"
    r"(?:[：:.、\d（(]|$)|[#*※]|注[一二三四五六七八九十]",
    re.IGNORECASE,
)


def is_footnote(text: str) -> bool:
    """Whether a row that begins so is a note, a comment or a signature rather than data."""
    return _FOOTNOTE.match(unicodedata.normalize("NFKC", text.strip())) is not None


_LABEL = re.compile(r"虚构|示例|假设数据|illustrative|invented|fictitious", re.IGNORECASE)
_LABEL_LEAD = re.compile(r"^\s*(?:#+|(?:注|说明|备注|附注|notes?)\s*[：:])?\s*", re.IGNORECASE)


def label_in(text: str) -> str | None:
    """What a row says of the data as a whole, where it calls them illustrative or invented.

    >>> label_in("# illustrative, invented")
    'illustrative, invented'
    """
    if not _LABEL.search(text):
        return None
    return _LABEL_LEAD.sub("", text).strip()


REGION_HEADINGS = frozenset(
    {
        "地区",
        "区县",
        "县区",
        "县(市、区)",
        "县(市,区)",
        "县市区",
        "县(市)区",
        "市县",
        "单位",
        "单位名称",
        "地区名称",
    }
    | {"行政区", "行政区划", "区域", "名称", "城市", "市", "县", "国家", "考核对象", "被考核单位", "考核单位"}
    | {
        "region",
        "regions",
        "area",
        "name",
        "county",
        "district",
        "city",
        "country",
        "municipality",
        "province",
    }
    | {"regionname", "countryname", "entity"}
)
PERIOD_HEADINGS = frozenset({"年份", "年度", "年", "期间", "时期", "period", "year", "years"})
INDICATOR_HEADINGS = frozenset(
    {"指标", "指标名称", "数据项", "项目", "indicator", "input", "variable", "item", "series", "measure"}
)
VALUE_HEADINGS = frozenset(
    {"数值", "值", "数据", "指标值", "实际值", "完成值", "取值", "value", "values", "amount"}
)
LEVEL_HEADINGS = frozenset({"等级", "级别", "层级", "level", "grade"})
"""Headings of the levels of events, one a row."""
RATING_HEADINGS = frozenset({"评分", "得分", "分数", "打分", "score", "rating"}) | VALUE_HEADINGS
"""Headings of the scores of raters, one a row."""
UNIT_HEADINGS = frozenset({"单位", "计量单位", "unit", "units"})
ASIDE_HEADINGS = frozenset(
    {
        "备注",
        "注",
        "说明",
        "序号",
        "编号",
        "代码",
        "行政区划代码",
        "来源",
        "数据来源",
        "填报单位",
        "责任单位",
        "联系人",
    }
    | {
        "note",
        "notes",
        "remark",
        "remarks",
        "comment",
        "comments",
        "source",
        "id",
        "no",
        "no.",
        "#",
        "code",
        "iso",
    }
    | {"iso2", "iso3", "iso_code", "index", "rank", "排名", "位次", "得分"}
)
"""Headings of columns that are not data of the rules, however near they come to the name of an input."""
