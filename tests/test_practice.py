"""The worked figures of the practice catalogue that belong to score maps, each from rule text to exact score.

Every test writes a small rule file with the clause in it, gives data, and compares exact fractions. The numbers in names
and comments are those of the catalogue's sections: 2.1 to 2.16 and 2.24 (methods), 7 (figures to test against).

Figures that other parts show:

- 2.2 and 2.3, trimmed, frozen and winsorised bounds, 2.8, growth of a zero or negative base, percentage points against
  percent, average growth, contributions: `tests/test_practice_measures.py`;
- 2.10, the order turned by bonuses (Yuxi 94.5 against 94.0), caps by kind: `tests/conformance` (bonuses and deductions);
- 2.13 and 2.14, points of what does not apply (13.16, 14.67, 15.56 points): `tests/test_liaocheng.py`, `tests/compiler`;
- 2.16, rescaling to the best: `tests/conformance/joins`;
- 2.17 to 2.19, quotas, ties, roundings: `tests/compiler`, `tests/number`, `tests/conformance/rounding`;
- 2.23, final marks over several years (89.75): `tests/conformance` (periods).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

import assessment
from assessment.core.absence import Absence
from assessment.result import RegionResult, Result
from assessment.ruleset import RuleSet

HEAD = """考核 practice 年度 2018 “计分办法” {{
    依据 “办法”
    总分 {points} 分
    修约 无
    比较 原值
    约定 {{ 缺失：报错；无意义：不计算；零基数：无意义；全部相等：满分；并列：取高；不适用：本级分摊 }}
    名次 范围 全部；先后 总分
    部门 office “主管部门”
{inputs}
    一级指标 all_ “指标” {{
{indicators}
    }}
    等次 完成 >= 0 分
}}
"""
INDICATOR = """        指标 {number} “指标 {number}” {points} 分 {{
            责任 office
            出处 “办法” 第 {number} 项
            计分 = {score}
        }}"""


def rules(inputs: str, *scores: str, points: int | str = 10) -> RuleSet:
    """A rule file with one indicator for each score, each of so many points (`20 分 至多 24` has a ceiling)."""
    size = str(points).split()[0]
    text = HEAD.format(
        points=int(size) * len(scores),
        inputs="\n".join(f"    {line.strip()}" for line in inputs.strip().splitlines()),
        indicators="\n".join(
            INDICATOR.format(number=number, points=points, score=score)
            for number, score in enumerate(scores, start=1)
        ),
    )
    return assessment.load(text)


def scored(found: RuleSet, table: Mapping[Any, Any]) -> Result:
    data = table if all(isinstance(key, int) for key in table) else {2018: table}
    return found.evaluate(assessment.read_data(data, found))


def exact(inputs: str, score: str, table: Mapping[Any, Any], *, points: int | str = 10) -> dict[str, Any]:
    """The exact total of each region of 2018; the status where there is none."""
    result = scored(rules(inputs, score, points=points), table)
    return {one.region: _value(one) for one in result}


def _value(one: RegionResult) -> Any:
    return one.status.value if isinstance(one.status, Absence) else one.exact


def column(name: str, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Regions called by what they show, each with one value."""
    return {region: {name: value} for region, value in values.items()}


def places(value: Fraction, digits: int = 2) -> str:
    """A published figure of the catalogue."""
    return f"{float(value):.{digits}f}"


# ── 2.1 targets ──────────────────────────────────────────────────────────────────────────────────────────────────────

INVESTED = "数据 投资 “当年投资额” 单位 亿元 { 来源 office；范围 >= 0 }"


def test_2_1_proportional_and_capped():
    found = exact(
        INVESTED, "达标（投资，目标：60 亿元）", column("投资", {"a": 45, "b": 70, "c": 60}), points=50
    )
    assert found == {"a": Fraction("37.5"), "b": 50, "c": 50}


def test_2_1_proportional_both_ways_with_four_points_more_at_most():
    # 单项增加分不超过 4 分: 14 of 10 points are 140 %, 24 of 20 points are 120 %.
    over = column("投资", {"over": 130, "under": 70})
    ten = exact(INVESTED, "达标（投资，目标：100 亿元，封顶：140%）", over, points="10 分 至多 14")
    twenty = exact(INVESTED, "达标（投资，目标：100 亿元，封顶：120%）", over, points="20 分 至多 24")
    assert ten == {"over": 13, "under": 7}
    assert twenty == {"over": 24, "under": 14}
    free = "取小（达标（投资，目标：100 亿元，封顶：不限）*20 分，24 分）"
    assert exact(INVESTED, free, over, points="20 分 至多 24") == twenty


def test_2_1_all_or_nothing():
    water = "数据 用水 “用水总量” 单位 亿立方米 { 来源 office；范围 >= 0 }"
    found = exact(
        water,
        "达到即满分（用水，目标：12 亿立方米，方向：越低越好）",
        column("用水", {"at": 12, "over": "12.01"}),
    )
    assert found == {"at": 10, "over": 0}


RATE = "数据 完成 “完成率” 单位 % { 来源 office；范围 0% 到 1000%；类型 比重 }"
ENERGY = (
    "分档（完成） { >= 100%：40 分；>= 90%：36 分；>= 80%：32 分；>= 70%：28 分；>= 60%：24 分；>= 50%：20 分；其余：0 分 }"
    "+ 每增（完成，起：100%，每：10 百分点，得：3 分，至多：9 分，计法：满一步计一步）"
)


def energy(counting: str) -> str:
    return ENERGY.replace("计法：满一步计一步", f"计法：{counting}")


def test_7_energy_steps_down_and_steps_up():
    rates = {"1.00": 100, "0.99": 99, "0.90": 90, "0.55": 55, "0.49": 49, "1.15": 115, "1.50": 150}
    found = exact(RATE, energy("满一步计一步"), column("完成", rates), points="40 分 至多 49")
    assert found == {"1.00": 40, "0.99": 36, "0.90": 36, "0.55": 20, "0.49": 0, "1.15": 43, "1.50": 49}


def test_2_1_every_ten_percent_has_three_readings_and_no_default():
    at_115 = column("完成", {"a": 115})
    readings = {"按比例": "44.5", "满一步计一步": "43", "不足一步按一步": "46"}
    for counting, points in readings.items():
        found = exact(RATE, energy(counting), at_115, points="40 分 至多 49")
        assert found == {"a": Fraction(points)}
    unsaid = ENERGY.replace("，计法：满一步计一步", "")
    with pytest.raises(assessment.RulesError, match="missing-argument"):
        rules(RATE, unsaid, points="40 分 至多 49")


def test_7_missing_the_target_is_the_lowest_grade_whatever_the_points():
    text = HEAD.format(
        points=40,
        inputs=f"    {RATE}",
        indicators=INDICATOR.format(number=1, points="40 分 至多 49", score=energy("满一步计一步")),
    ).replace(
        "    等次 完成 >= 0 分\n",
        "    等次 完成 >= 1 分；未完成 其余\n    限制 当 完成 < 100%：等次 至多 未完成\n",
    )
    result = scored(assessment.load(text), column("完成", {"a": 99, "b": 100}))
    assert (result["a"].exact, result["a"].grade) == (36, "未完成")
    assert (result["b"].exact, result["b"].grade) == (40, "完成")


def test_2_1_bands_of_over_fulfilment_closed_on_the_left():
    over = "数据 超额 “超额完成比例” 单位 % { 来源 office；范围 -100% 到 1000%；类型 增速 }"
    bands = (
        "分档（超额） { < 10%：0 分；10（含）至 20（不含）%：1 分；20（含）至 30（不含）%：2 分；30（含）至 40（不含）%：3 分；"
        "40（含）至 50（不含）%：4 分；>= 50%：5 分 }"
    )
    found = exact(
        over, bands, column("超额", {"9.9": "9.9", "10": 10, "19.9": "19.9", "20": 20, "80": 80}), points=5
    )
    assert found == {"9.9": 0, "10": 1, "19.9": 1, "20": 2, "80": 5}


FIRMS = "数据 企业 “企业数” 单位 家 { 来源 office；范围 >= 0 }\n数据 目标数 “目标数” 单位 家 { 来源 office；范围 > 0 }"


def test_2_1_a_cliff_with_an_extra_that_nothing_caps():
    # 完成得满分，90% 以上得 60% 分，90% 以下不得分；每超 1 件加 0.1 分.
    score = (
        "分档（企业/目标数） { >= 1：100%；>= 0.9：60%；其余：0% }*10 分"
        "+ 每增（企业，起：目标数，每：1 家，得：0.1 分，至多：不限）"
    )
    table = {
        region: {"企业": done, "目标数": 100}
        for region, done in {"100": 100, "90": 90, "89": 89, "130": 130}.items()
    }
    # The loophole is said before there are data: without a ceiling the file is refused.
    with pytest.raises(assessment.RulesError, match="score-exceeds-points"):
        rules(FIRMS, score)
    capped = score.replace("不限", "3 分")
    assert exact(FIRMS, capped, table, points="10 分 至多 13") == {"100": 10, "90": 6, "89": 0, "130": 13}


AIR = "数据 浓度 “PM2.5 浓度” 单位 微克/立方米 { 来源 office；范围 >= 0 }"


def test_2_1_points_for_each_unit_that_is_lacking_until_none_are_left():
    # 每差 1 微克/立方米扣 0.5 分，扣完为止.
    score = (
        "加减分（浓度，基数：35 微克/立方米，基本分：10 分，减分步长：1 微克/立方米，每步减：0.5 分，"
        "减分计法：{}，不低于：0 分，方向：越低越好）"
    )
    table = column("浓度", {"30": 30, "35": 35, "37.5": "37.5", "55": 55, "56": 56})
    line = {"30": 10, "35": 10, "37.5": Fraction("8.75"), "55": 0, "56": 0}
    assert exact(AIR, score.format("按比例"), table) == line
    assert exact(AIR, score.format("满一步计一步"), table) == line | {"37.5": 9}
    assert exact(AIR, score.format("不足一步按一步"), table) == line | {"37.5": Fraction("8.5")}


def test_2_1_days_below_the_target():
    # 每低于目标值 1 天扣 0.2 分，低 35 天为 0: 7 points.
    days = "数据 优良 “优良天数” 单位 天 { 来源 office；范围 >= 0；类型 计数 }"
    score = "加减分（优良，基数：250 天，基本分：7 分，减分步长：1 天，每步减：0.2 分，减分计法：满一步计一步，减分至多：7 分）"
    table = column("优良", {"250": 250, "249": 249, "216": 216, "215": 215, "100": 100})
    found = exact(days, score, table, points=7)
    assert found == {"250": 7, "249": Fraction("6.8"), "216": Fraction("0.2"), "215": 0, "100": 0}


STANDARD_MET = "数据 达标率 “达标率” 单位 % { 来源 office；范围 0% 到 100%；类型 比重 }"


@pytest.mark.parametrize(
    "score",
    ["取大（达标率*70 分-63 分，0 分）", "折线（达标率） { 90%：0 分；100%：7 分 }"],
    ids=["formula", "curve"],
)
def test_7_a_straight_line(score):
    # 得分 = 70 × 实际达标率 − 63，低于 90% 为 0.
    table = column("达标率", {"1.00": 100, "0.97": 97, "0.90": 90, "0.89": 89, "0": 0})
    found = exact(STANDARD_MET, score, table, points=7)
    assert found == {"1.00": 7, "0.97": Fraction("4.9"), "0.90": 0, "0.89": 0, "0": 0}


def test_2_1_keep_eighty_percent_and_cap_the_bonus_or_the_total():
    # 持平得基本分值的 80%，每超 5% 加 1 分，加分最高不超过基本分值的 50%; W = 10.
    score = (
        "加减分（投资，基数：投资[-1]，基本分：8 分，加分步长：5%，每步加：1 分，加分计法：满一步计一步，{}）"
    )
    now = {"even": 100, "+12%": 112, "+60%": 160, "-10%": 90}
    table = {2017: column("投资", dict.fromkeys(now, 100)), 2018: column("投资", now)}
    bonus = exact(INVESTED, score.format("加分至多：5 分"), table, points="10 分 至多 13")
    assert bonus == {"even": 8, "+12%": 10, "+60%": 13, "-10%": 8}
    total = exact(INVESTED, score.format("不高于：15 分"), table, points="10 分 至多 15")
    assert total == {"even": 8, "+12%": 10, "+60%": 15, "-10%": 8}


def test_2_1_unequal_steps_on_the_two_sides():
    # 每超出基数 3 亿元加 0.5 分，10 分封顶；每低于基数 2 亿元减 0.5 分; 5 points at the basis of 100.
    score = (
        "加减分（投资，基数：100 亿元，基本分：5 分，加分步长：3 亿元，每步加：0.5 分，加分计法：满一步计一步，不高于：10 分，"
        "减分步长：2 亿元，每步减：0.5 分，减分计法：满一步计一步，不低于：0 分）"
    )
    table = column(
        "投资", {"100": 100, "103": 103, "107": 107, "130": 130, "133": 133, "97": 97, "80": 80, "70": 70}
    )
    assert exact(INVESTED, score, table) == {
        "100": 5,
        "103": Fraction("5.5"),
        "107": 6,
        "130": 10,
        "133": 10,
        "97": Fraction("4.5"),
        "80": 0,
        "70": 0,
    }


def test_2_1_one_percent_lower_is_of_the_target_or_in_percentage_points():
    # 每低 1% 扣 0.5 分: target 80 %, actual 76 %; of the target that is 5 %, in points 4.
    score = "加减分（达标率，基数：80%，基本分：10 分，减分步长：{}，每步减：0.5 分，减分计法：满一步计一步，不低于：0 分）"
    table = column("达标率", {"a": 76})
    assert exact(STANDARD_MET, score.format("1%"), table) == {"a": Fraction("7.5")}
    assert exact(STANDARD_MET, score.format("1 百分点"), table) == {"a": 8}


def test_7_a_decision_table():
    # 年度完成且累计达标 60；年度未完成但累计达标 55；年度完成累计未达 40；都未 0.
    inputs = "数据 年度完成 “年度完成” 是否 { 来源 office }\n数据 累计达标 “累计达标” 是否 { 来源 office }"
    score = "判定 { 年度完成 且 累计达标：60 分；累计达标：55 分；年度完成：40 分；其余：0 分 }"
    table = {
        f"{year}{total}": {"年度完成": bool(year), "累计达标": bool(total)}
        for year in (0, 1)
        for total in (0, 1)
    }
    assert exact(inputs, score, table, points=60) == {"11": 60, "01": 55, "10": 40, "00": 0}


def test_2_1_two_dimensions_of_two_measures():
    inputs = f"{RATE}\n数据 累计 “累计完成率” 单位 % {{ 来源 office；范围 0% 到 1000%；类型 比重 }}"
    score = (
        "判定 { 完成 >= 100% 且 累计 >= 100%：100%；完成 < 100% 且 累计 >= 100%：90%；"
        "完成 >= 100% 且 累计 < 100%：60%；完成 < 100% 且 累计 < 100%：0% }"
    )
    table = {
        "both": {"完成": 100, "累计": 100},
        "overall": {"完成": "99.9", "累计": 100},
        "year": {"完成": 100, "累计": "99.9"},
        "none": {"完成": 99, "累计": 99},
    }
    assert exact(inputs, score, table) == {"both": 10, "overall": 9, "year": 6, "none": 0}


def test_2_1_a_target_of_zero_is_an_error_and_never_a_score():
    with pytest.raises(assessment.RulesError, match="constant-zero-divisor"):
        rules(INVESTED, "达标（投资，目标：0 亿元）")
    given = f"{INVESTED}\n数据 任务 “任务” 单位 亿元 {{ 来源 office；范围 >= 0 }}"
    table = {"a": {"投资": 5, "任务": 0}}
    assert exact(given, "达标（投资，目标：任务）", table) == {"a": "undefined"}


# ── 2.2 efficacy, 2.3 min–max ────────────────────────────────────────────────────────────────────────────────────────


def test_7_efficacy_goes_below_sixty_unless_it_is_clamped():
    found = exact(
        INVESTED.replace("范围 >= 0", "范围 0 到 12"),
        "功效系数（投资，底分：60%，不允许值：6 亿元，满意值：12 亿元，限幅：不限）",
        column("投资", {"a": "5.81"}),
        points=100,
    )
    # 60 + 40 × (5.81 − 6) / (12 − 6)
    assert found == {"a": 60 + 40 * Fraction("-0.19") / 6}
    assert places(found["a"]) == "58.73"
    clamped = exact(
        INVESTED,
        "功效系数（投资，底分：60%，不允许值：6 亿元，满意值：12 亿元，限幅：两端）",
        column("投资", {"a": "5.81"}),
        points=100,
    )
    assert clamped == {"a": 60}


COUNTS = (38, 21, 17, 14, 12, 12, 9, 7, 6, 4)
COUNTY = "数据 高企 “高新技术企业数” 单位 家 { 来源 office；范围 >= 0 }"


def test_2_2_one_giant_squeezes_the_others():
    table = {f"r{place}": {"高企": count} for place, count in enumerate(COUNTS)}
    found = exact(COUNTY, "功效系数（高企，范围：全部，底分：60%）", table, points=100)
    assert (found["r0"], found["r1"], found["r9"]) == (100, 80, 60)
    assert sum(value <= 80 for value in found.values()) == 9


def test_2_2_the_exponential_form_runs_from_sixty_to_a_hundred():
    table = {f"r{place}": {"高企": count} for place, count in enumerate(COUNTS)}
    found = exact(COUNTY, "指数功效（高企，范围：全部，底分：60%）", table, points=100)
    assert (found["r0"], found["r9"]) == (100, 60)
    # 100 × 0.6 ^ 0.5 is the root of 6000, 77.4596…; no rational number equals it.
    low, high = map(Fraction, found["r1"])
    assert low**2 < 6000 < high**2


def test_2_2_another_city_turns_the_order_of_two():
    two = "数据 a “a” 单位 家 { 来源 office；范围 >= 0 }\n数据 b “b” 单位 家 { 来源 office；范围 >= 0 }"
    found = rules(
        two, "功效系数（a，范围：全部，底分：60%）", "功效系数（b，范围：全部，底分：60%）", points=50
    )
    abc = {"A": {"a": 10, "b": 5}, "B": {"a": 6, "b": 8}, "C": {"a": 2, "b": 2}}
    first = scored(found, abc | {"D": {"a": 3, "b": 20}})
    second = scored(found, abc | {"D": {"a": 40, "b": 3}})
    assert [places(first[name].exact, 1) for name in "AB"] == ["83.3", "76.7"]
    assert [places(second[name].exact, 1) for name in "AB"] == ["74.2", "82.1"]


def test_2_2_where_all_are_equal_the_file_says_what_they_get():
    table = {name: {"高企": 5} for name in "ab"}
    for word, points in {"满分": 100, "零分": 0, "半分": 50}.items():
        text = HEAD.replace("全部相等：满分", f"全部相等：{word}").format(
            points=100,
            inputs=f"    {COUNTY}",
            indicators=INDICATOR.format(
                number=1, points=100, score="功效系数（高企，范围：全部，底分：60%）"
            ),
        )
        result = scored(assessment.load(text), table)
        assert [one.exact for one in result] == [points, points]


def test_2_3_the_lowest_of_a_tight_race_gets_nothing():
    table = column("高企", {"a": 12, "b": 11, "c": 10})
    assert exact(COUNTY, "极差（高企，范围：全部）", table) == {"a": 10, "b": 5, "c": 0}


# ── 2.4 standards ────────────────────────────────────────────────────────────────────────────────────────────────────

INDEX = """assessment practice.index for 2018 "Index" {
    authority "Standards table"
    result index on 0 to 100
    round none
    compare full
    policies { missing: error; undefined: not computed; ties: min }
    rank within all; order total
    department office "Office"
    input rd "R&D / GDP" in % { from office; range >= 0% }
    input patents "Patents per 10,000" in 件/万人 { from office; range >= 0 }
    input gap "Income gap" in number { from office; range > 0 }
    input jobless "Jobless rate" in % { from office; range >= 0% }
    category input_ "Input" weight 60 {
        indicator 1 "R&D" weight 50 { by office; cite "a" item 1; score = standard(rd, standard: 2.5%, cap: 100%) }
        indicator 2 "Patents" weight 50 {
            by office
            cite "a" item 2
            score = standard(patents, standard: 8 件/万人, cap: 100%)
        }
    }
    category society "Society" weight 40 {
        indicator 3 "Fairness" weight 100 {
            by office
            cite "a" item 3
            part gap_ weight 50 = standard(gap, standard: 2.1, cap: 100%, better: lower)
            part work weight 50 = interval(jobless, from: 3%, to: 6%, fall: own, low: 1%, high: 10%)
        }
    }
}
"""


def test_7_an_index_with_standards_and_a_cap_in_three_levels():
    found = assessment.load(INDEX)
    table = {
        "a": {"rd": "2.3", "patents": 10, "gap": "2.8", "jobless": "4.5"},
        "b": {"rd": 5, "patents": 4, "gap": 2, "jobless": 7},
    }
    result = scored(found, table)
    # a: input (2.3/2.5 + 1)/2 = 0.96, society (2.1/2.8 + 1)/2 = 0.875: 0.6 × 0.96 + 0.4 × 0.875 = 0.926
    # b: input (1 + 0.5)/2 = 0.75, society (1 + 0.75)/2 = 0.875: 0.45 + 0.35 = 0.8
    assert [one.exact for one in result] == [Fraction("92.6"), 80]


def test_2_4_an_index_without_a_cap():
    # 全省 187.08 %: far above the standard, and not cut.
    bounded = INVESTED.replace("范围 >= 0", "范围 0 到 200")
    score = "标准值（投资，标准：100 亿元，封顶：不限）"
    found = exact(bounded, score, column("投资", {"a": "187.08"}), points="100 分 至多 200")
    assert found == {"a": Fraction("187.08")}
    with pytest.raises(assessment.RulesError, match="missing-argument"):
        rules(INVESTED, "标准值（投资，标准：100 亿元）")


def test_2_4_the_best_zone_and_its_limits():
    jobless = "数据 失业率 “失业率” 单位 % { 来源 office；范围 0% 到 100%；类型 比重 }"
    table = column(
        "失业率", {"1": 1, "2": 2, "3": 3, "4.5": "4.5", "6": 6, "7": 7, "8": 8, "10": 10, "12": 12}
    )
    limits = "，下限：1%，上限：10%"
    # Below the zone over 2 points, above it over 4; or over 4 on both sides; or by ratio.
    own = {"1": 0, "2": 5, "3": 10, "4.5": 10, "6": 10, "7": Fraction("7.5"), "8": 5, "10": 0, "12": 0}
    score = "适度值（失业率，起：3%，止：6%，递减：{}）"
    assert exact(jobless, score.format("各侧" + limits), table) == own
    longer = exact(jobless, score.format("长侧" + limits), table)
    assert longer == own | {"1": 5, "2": Fraction("7.5")}
    by_ratio = exact(jobless, score.format("比率"), table)
    assert by_ratio == {
        "1": Fraction(10, 3),
        "2": Fraction(20, 3),
        "3": 10,
        "4.5": 10,
        "6": 10,
        "7": Fraction(60, 7),
        "8": Fraction("7.5"),
        "10": 6,
        "12": 5,
    }


# ── 2.5 against the mean ─────────────────────────────────────────────────────────────────────────────────────────────


def test_2_5_five_percent_is_of_the_mean_or_percentage_points():
    # 达到全区平均值得基本分，每增减 5% 相应加减 0.5 分; the mean of 38 and 42 is 40.
    score = "比均值（达标率，均值：均值（达标率，范围：全部），基本分：6 分，每：{}，增减：0.5 分，计法：按比例，不低于：0 分，不高于：10 分）"
    table = column("达标率", {"a": 42, "b": 38})
    assert exact(STANDARD_MET, score.format("5%"), table) == {"a": Fraction("6.5"), "b": Fraction("5.5")}
    assert exact(STANDARD_MET, score.format("5 百分点"), table) == {
        "a": Fraction("6.2"),
        "b": Fraction("5.8"),
    }


def test_2_5_progressive_tiers():
    # 得分 = 基础分 + x1×(基础分/20) + x2×(基础分/40) + x3×(基础分/60); basis 10 points.
    growth = "数据 增速 “增速” 单位 % { 来源 office；类型 增速 }"
    score = (
        "累进（增速，基数：8%，基本分：10 分，每：1 百分点，反向：{}，不高于：20 分，不低于：0 分） "
        "{{ 0（含）至 10（含）百分点：10 分/20；10（不含）至 20（含）百分点：10 分/40；> 20 百分点：10 分/60 }}"
    )
    table = column("增速", {"0": 8, "+10": 18, "+25": 33, "-25": -17, "-10": -2, "+1000": 1008})
    found = exact(growth, score.format("对称扣分"), table, points="10 分 至多 20")
    # 10 + 5 + 2.5 + 5/6; mirrored 10 − 8.33.
    assert found == {
        "0": 10,
        "+10": 15,
        "+25": 10 + Fraction(25, 3),
        "-25": Fraction(5, 3),
        "-10": 5,
        "+1000": 20,
    }
    assert places(found["+25"]) == "18.33"
    kind = exact(growth, score.format("不扣分").replace("，不低于：0 分", ""), table, points="10 分 至多 20")
    assert (kind["+25"], kind["-25"]) == (found["+25"], 10)


# ── 2.6 bands, 2.7 ranks ─────────────────────────────────────────────────────────────────────────────────────────────


def test_2_6_bands_closed_below():
    score = "分档（达标率） { >= 15%：3 分；>= 10%：2 分；>= 5%：1 分；其余：0 分 }"
    table = column("达标率", {"4.9": "4.9", "5": 5, "9.9": "9.9", "10": 10, "15": 15, "100": 100})
    found = exact(STANDARD_MET, score, table, points=3)
    assert found == {"4.9": 0, "5": 1, "9.9": 1, "10": 2, "15": 3, "100": 3}


def test_7_each_next_place_earns_five_percent_less():
    table = {f"r{place:02}": {"高企": 100 - place} for place in range(1, 11)}
    found = exact(COUNTY, "位次（高企，范围：全部，首位：100%，每降一位：5%，并列：取高）", table, points=100)
    assert [found[f"r{place:02}"] for place in range(1, 11)] == [100, 95, 90, 85, 80, 75, 70, 65, 60, 55]
    many = {f"r{place:02}": {"高企": 100 - place} for place in range(1, 22)}
    assert exact(COUNTY, "位次（高企，范围：全部，首位：100%，每降一位：5%，并列：取高）", many)["r21"] == 0


def test_2_7_a_gap_of_a_hundredth_costs_a_place():
    table = column("投资", {"a": "60.01", "b": 60})
    found = exact(
        INVESTED, "位次（投资，范围：全部，首位：100%，每降一位：5%，并列：取高）", table, points=100
    )
    assert found == {"a": 100, "b": 95}


GDP = "数据 增速 “GDP 增速” 单位 % { 来源 office；类型 增速 }"
RANKED = "位次（增速，范围：全部，首位：100%，每降一位：5%，并列：取高）"


def test_7_a_gate_of_eight_percent_and_then_places():
    # GDP 完成 8% 得 4 分，未完成 0，超过 8% 的按争先进位得到 6 分.
    table = column("增速", {"a": "9.2", "b": "8.6", "c": 8, "d": "7.9"})
    # Either six points go by place, or two points beyond the four do.
    six = f"判定 {{ 增速 > 8%：{RANKED}*6 分；增速 >= 8%：4 分；其余：0 分 }}"
    two = f"判定 {{ 增速 > 8%：4 分+{RANKED}*2 分；增速 >= 8%：4 分；其余：0 分 }}"
    assert exact(GDP, six, table, points=6) == {"a": 6, "b": Fraction("5.7"), "c": 4, "d": 0}
    assert exact(GDP, two, table, points=6) == {"a": 6, "b": Fraction("5.9"), "c": 4, "d": 0}


def test_2_7_equal_values_share_as_the_file_says():
    table = column("高企", {"a": 9, "b": 7, "c": 7, "d": 4})
    expected = {"取高": (95, 85), "取低": (90, 85), "平均": (Fraction("92.5"), 85), "连续": (95, 90)}
    for ties, (tied, last) in expected.items():
        score = f"位次（高企，范围：全部，首位：100%，每降一位：5%，并列：{ties}）"
        assert exact(COUNTY, score, table, points=100) == {"a": 100, "b": tied, "c": tied, "d": last}


# ── 2.8 growth, 2.9 places against last year ─────────────────────────────────────────────────────────────────────────


def test_2_8_a_level_that_rose_instead_of_falling_earns_nothing():
    # PM2.5 不降反升计 0 分.
    score = "判定 { 浓度 > 浓度[-1]：0%；其余：达标（浓度，目标：35 微克/立方米，方向：越低越好） }"
    now = {"rose": 30, "even": 40, "fell": 35}
    before = {"rose": 29, "even": 40, "fell": 50}
    table = {2017: column("浓度", before), 2018: column("浓度", now)}
    assert exact(AIR, score, table) == {"rose": 0, "even": Fraction("8.75"), "fell": 10}


def test_2_8_growth_of_growth():
    # 以上年增幅为基数，增幅每提高 0.1 个百分点加 0.1 分，10 分封顶，扣分不超过 5 分; eight points at last year's growth.
    score = (
        "加减分（增速，基数：增速[-1]，基本分：8 分，加分步长：0.1 百分点，每步加：0.1 分，加分计法：满一步计一步，不高于：10 分，"
        "减分步长：0.1 百分点，每步减：0.1 分，减分计法：满一步计一步，减分至多：5 分）"
    )
    now = {"same": 8, "+0.25": "8.25", "+3": 11, "-1": 7, "-9": -1}
    table = {2017: column("增速", dict.fromkeys(now, 8)), 2018: column("增速", now)}
    assert exact(GDP, score, table) == {
        "same": 8,
        "+0.25": Fraction("8.2"),
        "+3": 10,
        "-1": 7,
        "-9": 3,
    }


def test_2_8_a_static_and_a_dynamic_index_blended():
    two = "数据 静态 “静态指数” 单位 数值 { 来源 office；范围 0 到 100 }\n数据 动态 “动态指数” 单位 数值 { 来源 office；范围 0 到 100 }"
    score = "加权 { 直接得分（静态）：40%；直接得分（动态）：60% }"
    assert exact(two, score, {"a": {"静态": 90, "动态": 70}}, points=100) == {"a": 78}


PLACES = f"{COUNTY}\n数据 上年位次 “上年公布位次” 单位 位 {{ 来源 office；范围 >= 1 }}"


def test_2_9_places_gained_against_the_published_ranking():
    score = (
        "进退位（名次（高企，范围：全部，并列：取高），原位次：上年位次，基本分：5 分，每进一位：1 分，每退一位：0.5 分，"
        "不高于：8 分，不低于：0 分，原未排名：4 分）"
    )
    table = {
        "a": {"高企": 30, "上年位次": 7},  # 7 → 1: 5 + 6, at most 8
        "b": {"高企": 20, "上年位次": 4},  # 4 → 2: 5 + 2
        "c": {"高企": 10, "上年位次": 3},  # 3 → 3: 5
        "d": {"高企": 5, "上年位次": 1},  # 1 → 4: 5 − 1.5
        "e": {"高企": 4, "上年位次": "不适用"},  # not ranked last year
    }
    assert exact(PLACES, score, table) == {"a": 8, "b": 7, "c": 5, "d": Fraction("3.5"), "e": 4}


def test_2_9_the_first_three_earn_if_three_gates_hold():
    inputs = f"{COUNTY}\n" + "\n".join(
        f"数据 增{name} “增速{name}” 单位 % {{ 来源 office；类型 增速 }}" for name in ("甲", "乙", "丙")
    )
    place = "名次（高企，范围：全部，并列：取高）"
    score = (
        f"判定 {{ 增甲 <= 0% 或 增乙 <= 0% 或 增丙 <= 0%：0 分；{place} = 1：0.5 分；{place} = 2：0.3 分；"
        f"{place} = 3：0.1 分；其余：0 分 }}"
    )
    gates = dict.fromkeys(("增甲", "增乙", "增丙"), "1%")
    table = {
        "a": gates | {"高企": 9},
        "b": gates | {"高企": 8, "增丙": "0%"},
        "c": gates | {"高企": 7},
        "d": gates | {"高企": 6},
    }
    found = exact(inputs, score, table, points=1)
    assert found == {"a": Fraction("0.5"), "b": 0, "c": Fraction("0.1"), "d": 0}


def test_2_9_a_change_of_class_as_the_trigger():
    inputs = (
        "数据 档次 “档次” 等级 A, B, C { 来源 office }\n数据 原档次 “上年档次” 等级 A, B, C { 来源 office }"
    )
    score = "判定 { 原档次 = C 且 档次 = B：5 分；档次 = A：10 分；其余：0 分 }"
    table = {
        "jump": {"档次": "B", "原档次": "C"},
        "stay": {"档次": "B", "原档次": "B"},
        "best": {"档次": "A", "原档次": "A"},
    }
    assert exact(inputs, score, table) == {"jump": 5, "stay": 0, "best": 10}


# ── 2.12 judgement ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_2_12_a_checklist():
    # 成立机构 1 分、每次会议纪要 1 分最多 2 分; 规划、计划、政策每项 2 分.
    inputs = "\n".join(
        [
            "数据 机构 “成立机构” 是否 { 来源 office }",
            "数据 会议 “会议纪要” 单位 次 { 来源 office；范围 >= 0；类型 计数 }",
        ]
        + [f"数据 有{name} “有{name}” 是否 {{ 来源 office }}" for name in ("规划", "计划", "政策")]
    )
    score = "清单 { 机构：1 分；每 会议：1 分 至多 2 分；有规划：2 分；有计划：2 分；有政策：2 分 }"
    table = {
        "all": {"机构": True, "会议": 5, "有规划": True, "有计划": True, "有政策": True},
        "some": {"机构": True, "会议": 1, "有规划": False, "有计划": True, "有政策": False},
    }
    assert exact(inputs, score, table, points=9) == {"all": 9, "some": 4}


def test_2_12_raters_with_weights():
    # 园区占 70%、乡镇占 30%.
    inputs = "数据 园区 “园区评分” 评分 0 到 100 { 来源 office }\n数据 乡镇 “乡镇评分” 评分 0 到 100 { 来源 office }"
    table = {"a": {"园区": (92, 88), "乡镇": (70, 90)}}
    # 0.7 × 90 + 0.3 × 80
    assert exact(inputs, "加权 { 评分（园区）：70%；评分（乡镇）：30% }", table, points=100) == {"a": 87}


ANSWERS = "\n".join(
    f"数据 {way}{word} “{way}{word}” 单位 人 {{ 来源 office；范围 >= 0；类型 计数 }}"
    for way in ("电话", "问卷")
    for word in ("满意", "基本满意", "不满意", "不了解")
)
SURVEY = "问卷 {{ {0}满意：100%；{0}基本满意：75%；{0}不满意：55% }}"


def test_7_survey_answers_that_do_not_know_leave_the_denominator():
    inputs = "\n".join(line for line in ANSWERS.splitlines() if "电话" in line)
    inputs = inputs.replace("数据 电话不了解", "数据 不了解")
    row = {"电话满意": 300, "电话基本满意": 150, "电话不满意": 50}
    heard = [f"{line}" for line in inputs.splitlines() if "不了解" not in line]
    found = exact("\n".join(heard), SURVEY.format("电话"), {"a": row}, points=100)
    # (300 + 112.5 + 27.5) / 500, and not / 600
    assert found == {"a": 88}
    counted = SURVEY.format("电话").replace(" }", "；不了解：0% }")
    other = exact(inputs, counted, {"a": row | {"不了解": 100}}, points=100)
    assert places(other["a"], 1) == "73.3"


def test_7_telephone_and_questionnaire_six_to_four():
    heard = "\n".join(line for line in ANSWERS.splitlines() if "不了解" not in line)
    row = {
        "电话满意": 300,
        "电话基本满意": 150,
        "电话不满意": 50,
        "问卷满意": 20,
        "问卷基本满意": 0,
        "问卷不满意": 20,
    }
    score = f"加权 {{ {SURVEY.format('电话')}：6；{SURVEY.format('问卷')}：4 }}"
    # 0.6 × 88 + 0.4 × 77.5
    assert exact(heard, score, {"a": row}, points=100) == {"a": Fraction("83.8")}
    nobody = dict.fromkeys(row, 0)
    assert exact(heard, score, {"a": nobody}, points=100) == {"a": "undefined"}


def test_2_12_experts_without_the_highest_and_the_lowest():
    inputs = "数据 专家 “专家评分” 评分 0 到 100 { 来源 office }"
    table = {
        "a": {"专家": (95, 90, 88, 85, 60)},
        "few": {"专家": (90, 80)},
        "ties": {"专家": (90, 90, 90, 60)},
    }
    found = exact(inputs, "评分（专家，去掉最高最低：1）", table, points=100)
    # (90 + 88 + 85) / 3; two raters leave none; of three equal highest one is left out.
    assert found == {"a": Fraction(263, 3), "few": "undefined", "ties": 90}


def test_2_12_three_bands_with_judgement_inside_each():
    # 财预〔2020〕10 号: 100–80 %, 80–60 %, 60–0 %.
    inputs = "数据 档次 “完成档次” 等级 达成, 部分, 未达成 { 来源 office }\n数据 评定 “评定分” 单位 points { 来源 office；范围 0 到 10；理由 必填 }"
    score = (
        "直接得分（评定，起：等级（档次） { 达成：8 分；部分：6 分；未达成：0 分 }，"
        "止：等级（档次） { 达成：10 分；部分：8 分；未达成：6 分 }）"
    )
    table = {
        "top": {"档次": "达成", "评定": 10},
        "edge": {"档次": "达成", "评定": 8},
        "mid": {"档次": "部分", "评定": "7.5"},
        "low": {"档次": "未达成", "评定": 0},
        "wrong": {"档次": "部分", "评定": 9},
    }
    found = exact(inputs.replace("；理由 必填", ""), score, table)
    assert found == {"top": 10, "edge": 8, "mid": Fraction("7.5"), "low": 0, "wrong": "undefined"}


def test_2_12_a_level_table_counts_the_highest_only():
    inputs = "数据 表彰 “表彰” 事项 等级 国家级, 省级, 市级 { 来源 office }"
    score = "最高等级（表彰） { 国家级：7 分；省级：5 分；市级：2 分 }"
    table = {"a": {"表彰": ("省级", "国家级", "市级")}, "b": {"表彰": ("市级", "市级")}, "c": {"表彰": ()}}
    assert exact(inputs, score, table, points=7) == {"a": 7, "b": 2, "c": 0}


# ── 2.24 the lower and the higher of two ─────────────────────────────────────────────────────────────────────────────


def test_2_24_the_lower_of_two_part_scores():
    two = f"{STANDARD_MET}\n{AIR}"
    first, second = "达标（达标率，目标：80%）", "达标（浓度，目标：35 微克/立方米，方向：越低越好）"
    table = {"a": {"达标率": 60, "浓度": 35}, "b": {"达标率": 80, "浓度": 70}}
    assert exact(two, f"取小（{first}，{second}）", table) == {"a": Fraction("7.5"), "b": 5}
    assert exact(two, f"取大（{first}，{second}）", table) == {"a": 10, "b": 10}


# ── the handbook's categorical maps ──────────────────────────────────────────────────────────────────────────────────


def test_above_near_and_below_the_mean():
    # Mean 50, margin 20 %: from 40 to 60 is near.
    table = column("投资", {"a": 61, "b": 60, "c": 50, "d": 40, "e": 39})
    score = "高低于均值（投资，均值：均值（投资，范围：全部），幅度：20%，高于：100%，接近：50%，低于：0%）"
    assert exact(INVESTED, score, table) == {"a": 10, "b": 5, "c": 5, "d": 5, "e": 0}


def test_categories_by_percentile_bands():
    # The top 5 % get full marks, the next down to 85 % get 80, to 65 % get 60, to 35 % get 50, the rest less: 20 regions.
    score = (
        "分档（百分等级（高企，范围：全部，相等者计：全数，含本单位：是）） "
        "{ > 95%：100%；> 85%：80%；> 65%：60%；> 35%：50%；> 15%：40%；> 5%：20%；其余：0% }"
    )
    table = {f"r{place:02}": {"高企": 100 - place} for place in range(1, 21)}
    found = exact(COUNTY, score, table, points=100)
    # Place 1 is at 100 %, place 2 at 95 %, place 4 at 85 %, place 20 at 5 %.
    assert [found[f"r{place:02}"] for place in (1, 2, 3, 4, 8, 13, 14, 17, 18, 19, 20)] == [
        100,
        80,
        80,
        60,
        50,
        50,
        40,
        40,
        20,
        20,
        0,
    ]


def test_bounds_of_a_map_may_be_statistics_of_the_field():
    # Against one giant: the median as the good value.
    score = "标杆（高企，起：4 家，止：中位数（高企，范围：全部））"
    table = {f"r{place}": {"高企": count} for place, count in enumerate(COUNTS)}
    # The median of the ten is 12: (7 − 4) / (12 − 4).
    found = exact(COUNTY, score, table, points=100)
    assert (found["r0"], found["r7"], found["r9"]) == (100, Fraction("37.5"), 0)
