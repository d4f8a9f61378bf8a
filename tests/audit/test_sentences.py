"""Each kind of step reads as a sentence that can be checked with a calculator."""

from fractions import Fraction

import pytest

import assessment
from assessment.audit.fields import field_texts
from assessment.audit.lines import heading, limit_note, redistribution
from assessment.audit.record import Amount, Breakdown, Line, Step
from assessment.audit.sentences import input_text, policy_text, sentence
from assessment.core.types import POINTS, RATE, Type
from assessment.diagnostics.bilingual import Text
from assessment.result import Result


def line_of(breakdown: Breakdown, path: str) -> Line:
    return next(line for line in breakdown.root.walk() if line.id == path)


def step_of(line: Line, kind: str, place: int = 0) -> Step:
    return [step for step in line.steps if step.kind == kind][place]


@pytest.fixture
def a(mini: Result) -> Breakdown:
    return mini["A"].breakdown


@pytest.fixture
def c(mini: Result) -> Breakdown:
    return mini["C"].breakdown


def test_measure_reads_from_its_formula_to_its_result(a: Breakdown) -> None:
    step = step_of(line_of(a, "indicator 1.level"), "measure")
    assert sentence(step, "en") == "R&D share = R&D spending ÷ Output = 10.5 亿元 ÷ 500 亿元 = 2.1%"


def test_measure_of_another_year_says_so(a: Breakdown) -> None:
    step = step_of(line_of(a, "indicator 1.growth"), "measure", 1)
    assert sentence(step, "zh", period=2018) == (
        "R&D share（2017 年） = R&D spending（2017 年） ÷ Output（2017 年） = 10 亿元 ÷ 500 亿元 = 2%"
    )


def test_measure_without_an_operand_says_what_is_absent(c: Breakdown) -> None:
    step = step_of(line_of(c, "indicator 1.level"), "measure")
    assert sentence(step, "zh") == "R&D share = R&D spending ÷ Output = 未报 ÷ 100 亿元 → 未报"


def test_method_says_its_own_sentence_with_the_names_of_measures(a: Breakdown) -> None:
    line = line_of(a, "indicator 1.level")
    found = sentence(step_of(line, "method"), "en", line=line)
    assert found.startswith("attain: R&D share (2.1%) is 100% of the target 2.1%")


def test_method_with_an_absent_operand_names_it_alone(c: Breakdown) -> None:
    line = line_of(c, "indicator 1.level")
    assert sentence(step_of(line, "method"), "zh", line=line) == "达标：R&D share 未报，结果未报"


def test_policy_is_said_in_the_words_of_the_file(c: Breakdown) -> None:
    assert (
        sentence(step_of(line_of(c, "indicator 1.level"), "policy"), "zh")
        == "按规则“缺失：零分”，得分率取 0%"
    )


def test_points_are_rate_times_points_possible(a: Breakdown) -> None:
    step = step_of(line_of(a, "indicator 1.growth"), "points")
    assert sentence(step, "zh") == "得分 = 得分率 50% × 可得 2 分 = 1 分"


def test_sum_names_every_term(a: Breakdown) -> None:
    assert (
        sentence(step_of(line_of(a, "indicator 1"), "join"), "zh") == "合计：level 4 分 + growth 1 分 = 5 分"
    )


def test_sum_names_what_does_not_count(c: Breakdown) -> None:
    found = sentence(step_of(line_of(c, "category one"), "join"), "zh")
    assert found == "合计：Research 0 分 = 0 分（Steps 不适用，不计入）"


def test_rounding_shows_the_digits_and_the_exact_value(mini: Result) -> None:
    # B: 1.5 % of a target of 2.1 % is 5/7 of 4 points, 20/7 = 2.857142…
    line = line_of(mini["B"].breakdown, "indicator 1")
    found = sentence(step_of(line, "rounding"), "zh", line=line)
    assert found == "四舍五入，保留 2 位小数：2.85714…（精确值 20/7） → 2.86 分"


def test_grade_names_the_threshold(a: Breakdown) -> None:
    assert a.grading is not None
    assert sentence(a.grading, "zh") == "总分 9 分（≥ 6 分），等次为good"


def test_limit_that_holds_is_quoted(a: Breakdown) -> None:
    found = sentence(a.limits[0], "en")
    assert found == "“limit when fraud: grade at most fair” holds: no grade above fair; the grade is fair"
    assert (
        sentence(a.limits[0], "zh") == "符合“限制 当 fraud：等次 至多 fair”，等次不高于fair；最终等次为fair"
    )


def test_limit_that_lowers_the_grade_is_noted(a: Breakdown) -> None:
    assert limit_note(a, "zh") == "按得分应为good，因限制条件降为fair"


def test_region_without_limits_has_no_note(c: Breakdown) -> None:
    assert limit_note(c, "zh") is None


def test_points_that_moved_are_explained_with_the_calculation(c: Breakdown) -> None:
    category, line = line_of(c, "category one"), line_of(c, "indicator 1")
    assert redistribution(line, category, "zh") == (
        "可得分值由 6 分变为 10 分 × 6 ÷ 6 = 10 分；指标 2（4 分，不适用）的分值由其余项目按比例分摊"
    )


def test_line_that_gave_its_points_away_says_so(c: Breakdown) -> None:
    category, line = line_of(c, "category one"), line_of(c, "indicator 2")
    assert redistribution(line, category, "zh") == "本项不适用，4 分由同级其他项目按分值分摊"


def test_points_that_did_not_move_need_no_word(a: Breakdown) -> None:
    assert redistribution(line_of(a, "indicator 1"), line_of(a, "category one"), "en") is None


def test_geometric_mean_shows_its_root(index: Result) -> None:
    root = index["M"].breakdown.root
    assert sentence(step_of(root, "join"), "en", line=root) == "geometric mean: (X 80% × Y 80%)^(1/2) = 0.8"


def test_weighted_mean_shows_its_weights(index: Result) -> None:
    line = line_of(index["N"].breakdown, "category y")
    assert (
        sentence(step_of(line, "join"), "en", line=line) == "weighted mean: (P 40% × 2 + Q 70% × 1) ÷ 3 = 50%"
    )


def test_join_that_is_blocked_names_the_cause(index: Result) -> None:
    root = index["D"].breakdown.root
    assert sentence(step_of(root, "join"), "zh", line=root) == "几何平均：未报（Y 未报）"


def test_input_tells_its_cell_and_what_it_held(liaocheng: Result) -> None:
    line = line_of(liaocheng["东昌府区"].breakdown, "indicator 2.水平")
    spending = step_of(line, "measure").ingredients[0]
    assert input_text(spending, "zh") == (
        "全社会R&D经费支出（2018 年）：13.92 亿元，取自 liaocheng-2018.csv，第 26 行，列 全社会R&D经费支出（万元），"
        "原文“139200”（单位 万元）；换算：139200 万元 = 13.92 亿元"
    )


def test_input_that_the_data_never_mention_says_so(c: Breakdown) -> None:
    spending = step_of(line_of(c, "indicator 1.level"), "measure").ingredients[0]
    assert input_text(spending, "en") == "R&D spending (2018): not reported, the data do not mention it"


def test_field_names_every_region_and_what_is_left_out(liaocheng: Result) -> None:
    line = line_of(liaocheng["东昌府区"].breakdown, "indicator 4")
    mean = next(step for step in line.steps if step.name == "mean")
    (found,) = field_texts(mean.fields, "zh")
    assert found.startswith("全部 8 个地区：东昌府区 ≈3.80952 万元/人、")
    assert "；不计入 开发区 不适用、高新区 未报；均值 ≈5.15125 万元/人" in found


def test_field_of_a_rank_goes_from_the_highest(liaocheng: Result) -> None:
    line = line_of(liaocheng["莘县"].breakdown, "indicator 8")
    (found,) = field_texts(step_of(line, "method").fields, "zh")
    assert found.startswith("同组 8 个地区：东昌府区 3.02 亿元、")
    assert found.endswith("莘县 0.26 亿元；第 8 名")


def test_ratings_tell_which_were_left_out(liaocheng: Result) -> None:
    line = line_of(liaocheng["东昌府区"].breakdown, "indicator 11.评议")
    (found,) = field_texts(step_of(line, "method").fields, "zh")
    assert found == "计入 3 项：95、94、93；不计入 92、96；均值 94"


def test_heading_has_number_mark_and_title(a: Breakdown, index: Result) -> None:
    assert heading(line_of(a, "indicator 1"), "zh") == "指标 1 ※ Research"
    assert heading(line_of(index["N"].breakdown, "indicator p"), "en") == "P"


def test_unknown_policy_stays_as_written() -> None:
    assert policy_text("不适用 zone → 满分", "en") == "不适用 zone → 满分"


def ceiling(value: Fraction, type_: Type) -> Step:
    return Step(
        id="indicator 1/2",
        kind="ceiling",
        name="ceiling",
        title=Text(en="held to the ceiling", zh="封顶"),
        formula="",
        ingredients=(),
        result=Amount(value=value, type=type_),
        period=2018,
    )


def test_ceiling_says_what_the_rate_counts_as() -> None:
    step = ceiling(Fraction(1), RATE)
    assert sentence(step, "zh") == "封顶：得分率按 100% 计"
    assert sentence(step, "en") == "held to the ceiling: the rate counts as 100%"


def test_ceiling_of_a_sum_says_what_the_score_counts_as() -> None:
    step = ceiling(Fraction(12), POINTS)
    assert sentence(step, "zh") == "封顶：得分按 12 分 计"
    assert sentence(step, "en") == "held to the ceiling: the score counts as 12 points"


EARLIER = """assessment t.earlier for 2018 {{
    authority "doc 1"
    total 100 points
    round none
    compare full before adjustments
    policies {{ missing: zero; ties: min }}
    rank none
    input rate "Rate" in % {{ range 0% to 100% }}
    indicator 1 "Level" 100 points = judged(rate)
    bonus rise "Rise" up to 10 points = {score}
    cap before adjustments
}}
"""


@pytest.mark.parametrize(
    ("score", "en", "zh"),
    [
        (
            "larger(indicator 1 - indicator 1[-1], 0 points)",
            "the largest of 5 points, 0 points is 5 points (indicator 1 Level 55 points; indicator 1 Level (2017) 50 points)",
            "5 分、0 分取大，为 5 分（指标 1 Level 55 分；指标 1 Level（2017 年） 50 分）",
        ),
        (
            "smaller(indicator 1[-1], 7 points)",
            "the smallest of indicator 1 Level (2017) (50 points), 7 points is 7 points",
            "指标 1 Level（2017 年）（50 分）、7 分取小，为 7 分",
        ),
    ],
)
def test_score_of_another_year_that_a_call_reads_is_told(score: str, en: str, zh: str) -> None:
    # Nothing else of the breakdown of 2018 shows the score of 2017.
    rules = assessment.load(EARLIER.format(score=score))
    data = {2017: {"A": {"rate": "50%"}}, 2018: {"A": {"rate": "55%"}}}
    line = rules.evaluate(assessment.read_data(data, rules))["A"].lines["bonus rise"]
    step = step_of(line, "method")
    assert en in sentence(step, "en", period=2018)
    assert zh in sentence(step, "zh", period=2018)
