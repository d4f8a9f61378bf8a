"""What changed in meaning is told, what did not is not, in both languages."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import assessment
from assessment.analysis.change import Change
from assessment.analysis.difference import Difference

ROOT = Path(__file__).parents[2]
RULES = """
assessment parks for 2018 "Parks" {
    authority "Notice 1"
    total 20 points
    round total half-up to 1 places
    compare rounded
    policies { missing: error; undefined: zero; not applicable: rescale in category; ties: min }
    rank within all; order total
    group county "Counties" { Ash; Beech alias Beechton }
    group zone "Zones" { Elder }
    department sti "Science"
    department ndrc "Reform"
    input rd "R&D" in 亿元 { from sti; range >= 0 }
    input gdp "GDP" in 亿元 { from sti; range > 0 }
    input firms "Firms" in 家 { from sti; range >= 0 }
    let rd_share "R&D share" = rd / gdp in %
    target county rd_share { 2018: 2.3% }
    target zone rd_share { 2018: 3% }
    category one "One" {
        indicator 1 "Level" 12 points {
            by sti
            cite "Annex" item 1
            score = attain(rd_share, target: 2.3%)
        }
        indicator 2 ※ "Firms" 8 points {
            by sti
            cite "Annex" item 2
            score = bands(firms) { >= 20 家: 8 points; >= 10 家: 5 points; otherwise: 0 points }
        }
    }
    grade "good" >= 12 points
    grade "other" otherwise
    limit when any indicator rate < 20%: grade at most "other"
}
"""


def between(*replacements: tuple[str, str], old: str = RULES) -> Difference:
    """The difference that changes of the text make."""
    text = old
    for before, after in replacements:
        assert before in text, before
        text = text.replace(before, after)
    return assessment.diff(old, text)


def said(found: Sequence[Change]) -> list[str]:
    return [one.in_("en") for one in found]


def test_a_file_is_the_same_as_itself() -> None:
    found = between()
    assert not found
    assert found.same_meaning


@pytest.mark.parametrize("name", ["liaocheng/2018.assess", "undp/hdi-2021.assess"])
def test_the_language_of_a_file_changes_nothing(name: str) -> None:
    path = ROOT / "rules" / name
    for lang in ("zh", "en"):
        assert assessment.diff(path, assessment.format_rules(path, lang=lang)).changes == ()


def test_the_two_spellings_of_the_shipped_rules_are_one_meaning() -> None:
    folder = ROOT / "rules" / "liaocheng"
    assert assessment.diff(folder / "2018.assess", folder / "2018.en.assess").changes == ()


def test_order_of_statements_and_comments_change_nothing() -> None:
    line = '    department ndrc "Reform"\n'
    assert between((line, ""), ("    group county", f"// a comment\n{line}    group county")).changes == ()


def test_another_unit_for_the_same_amount_changes_nothing() -> None:
    assert between((">= 10 家: 5 points", ">= 0.001 万家: 5 points")).changes == ()


def test_a_measure_that_only_gives_a_name_changes_no_score() -> None:
    found = between(
        ("    category one", '    let many "Firms" = firms\n    category one'),
        ("bands(firms)", "bands(many)"),
    )
    assert [(one.action, one.effect) for one in found.changes] == [("added", "words")]


@pytest.mark.parametrize(
    ("before", "after", "effect", "en", "zh"),
    [
        (
            "target: 2.3%)",
            "target: 2.5%)",
            "scores",
            'indicator 1 "Level": `target` of `attain` from 2.3% to 2.5%',
            "指标 1 “Level”：“达标”的“目标”由 2.3% 改为 2.5%",
        ),
        (
            "target: 2.3%)",
            "target: 2.3%, cap: 80%)",
            "scores",
            'indicator 1 "Level": `cap` of `attain` added: 80%',
            "指标 1 “Level”：“达标”的“封顶”：新增 80%",
        ),
        (
            ">= 10 家: 5",
            ">= 10 家: 4",
            "scores",
            'indicator 2 "Firms": row `>= 10 家` of `bands` from 5 points to 4 points',
            "指标 2 “Firms”：“分档”的“>= 10 家”一档由 5 分 改为 4 分",
        ),
        (
            ">= 10 家: 5",
            ">= 12 家: 5",
            "scores",
            'indicator 2 "Firms": row for 5 points of `bands` from >= 10 家 to >= 12 家',
            "指标 2 “Firms”：“分档”的“5 分”一档由 >= 10 家 改为 >= 12 家",
        ),
        (
            "{ 2018: 3% }",
            "{ 2018: 3.5% }",
            "scores",
            "target of `R&D share` for 2018 (Zones) from 3% to 3.5%",
            "“R&D share”2018 年目标（Zones）由 3% 改为 3.5%",
        ),
        ("missing: error", "missing: zero", "scores", "policy for `missing` from error to zero", "“缺失”的约定由 报错 改为 零分"),
        (
            "half-up to 1 places",
            "half-even to 2 places",
            "scores",
            "rounding of total from half-up to 1 places to half-even to 2 places",
            "总分的修约由 四舍五入 1 位 改为 四舍六入五成双 2 位",
        ),
        ("compare rounded", "compare full", "scores", "what is compared from rounded to full", "比较由 修约值 改为 原值"),
        ('"good" >= 12', '"good" >= 13', "scores", "grade good: threshold from >= 12 points to >= 13 points", "等次 good：门槛由 >= 12 分 改为 >= 13 分"),
        ("{ Elder }", "{ Elder; Fir }", "scores", 'region Fir added: group "Zones"', "地区 Fir：新增 “Zones”"),
        ("{ Elder }", "{ Elder alias Elderton }", "data", "region Elder: other names from none to Elderton", "地区 Elder：别名由 无 改为 Elderton"),
        ("range > 0", "range >= 0.1", "data", 'input gdp "GDP": range from > 0 亿元 to >= 0.1 亿元', "数据 gdp “GDP”：范围由 > 0 亿元 改为 >= 0.1 亿元"),
        ('"Level" 12', '"Level of R&D" 12', "words", 'indicator 1: title from "Level" to "Level of R&D"', "指标 1：名称由 “Level” 改为 “Level of R&D”"),
        ('sti "Science"', 'sti "Science and Technology"', "words", 'department sti "Science and Technology": title from "Science" to "Science and Technology"', "部门 sti “Science and Technology”：名称由 “Science” 改为 “Science and Technology”"),
        ("indicator 2 ※", "indicator 2", "scores", 'indicator 2 "Firms": key indicator ※ from yes to no', "指标 2 “Firms”：重点指标 ※由 是 改为 否"),
    ],
)  # fmt: skip
def test_one_change_is_told_once_in_both_languages(
    before: str, after: str, effect: str, en: str, zh: str
) -> None:
    found = between((before, after)).changes
    assert [(one.effect, one.in_("en"), one.in_("zh")) for one in found] == [(effect, en, zh)]


def test_what_reads_a_changed_measure_is_not_told_again() -> None:
    found = between(('let rd_share "R&D share" = rd / gdp', 'let rd_share "R&D share" = rd / (gdp + 1 亿元)'))
    assert said(found.changes) == [
        'measure rd_share "R&D share": formula from rd / gdp to rd / (gdp + 1 亿元)'
    ]


def test_an_input_in_another_unit_is_told_and_not_the_formulas_that_convert_it() -> None:
    found = between(('"R&D" in 亿元', '"R&D" in 万元'))
    assert said(found.changes) == ['input rd "R&D": unit from 亿元 to 万元']


def test_points_that_move_between_indicators_are_told_for_both() -> None:
    found = between(('"Level" 12 points', '"Level" 10 points'), ('"Firms" 8 points', '"Firms" 10 points'))
    assert said(found.changes)[:2] == [
        'indicator 1 "Level": points from 12 points to 10 points',
        'indicator 2 "Firms": points from 8 points to 10 points',
    ]


def test_a_renamed_input_or_group_is_not_a_change_of_the_formulas() -> None:
    text = RULES.replace("rd / gdp", "research / gdp").replace("input rd ", "input research ")
    text = text.replace("group zone", "group area").replace("target zone", "target area")
    assert said(assessment.diff(RULES, text).changes) == [
        "group renamed from zone to area",
        "input renamed from rd to research",
    ]


def test_a_new_number_is_told_as_such() -> None:
    found = between(("indicator 2 ※", "indicator 5 ※"))
    assert said(found.changes) == ['indicator "Firms" renumbered from 2 to 5']
    assert found.same_meaning


def test_new_and_gone_indicators_are_told_with_what_they_are_worth() -> None:
    found = between(
        ('"Level" 12 points', '"Level" 8 points'),
        (
            "        indicator 2 ※",
            '        indicator 3 "More" 4 points = attain(firms, target: 9 家)\n        indicator 2 ※',
        ),
    )
    assert 'indicator 3 "More" added: 4 points; attain(firms, target: 9 家)' in said(found.changes)


def test_a_limit_that_changed_is_told_before_and_after() -> None:
    found = between(("rate < 20%", "rate < 30%"))
    before, after = (
        f'limit when any indicator rate < {rate}: grade at most "other"' for rate in ("20%", "30%")
    )
    assert said(found.changes) == [f"limit from “{before}” to “{after}”"]


def test_examples_in_the_file_are_words() -> None:
    rules = RULES.replace(
        '    grade "good"',
        '    example "one" { given Ash 2018 { rd 23 亿元; gdp 1000 亿元; firms 20 家 } expect Ash total = 20 points }\n    grade "good"',
    )
    assert assessment.diff(rules, rules).changes == ()
    found = assessment.diff(rules, rules.replace("= 20 points", "= 19 points"))
    assert [(one.topic, one.effect) for one in found.changes] == [("examples", "words")]


STRUCK = RULES.replace(
    "    limit when", '    veto weak "Weak" when indicator 1 rate < 50%: grade = other\n    limit when'
)


def test_vetoes_are_told_in_words() -> None:
    added = assessment.diff(RULES, STRUCK)
    assert said(added.changes) == ['veto weak "Weak" added: grade = other, when indicator 1 rate < 50%']
    assert [one.in_("zh") for one in added.changes] == [
        "一票否决 weak “Weak”：新增 等次 = other，当 指标 1 得分率 < 50%"
    ]
    assert [one.action for one in assessment.diff(STRUCK, RULES).changes] == ["removed"]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "< 50%",
            "< 40%",
            'veto weak "Weak": condition from indicator 1 rate < 50% to indicator 1 rate < 40%',
        ),
        ("grade = other", "out of ranking", 'veto weak "Weak": effect from grade = other to out of ranking'),
        ('"Weak"', '"Feeble"', 'veto weak "Feeble": title from "Weak" to "Feeble"'),
    ],
)
def test_what_changed_in_a_veto_is_told(before: str, after: str, sentence: str) -> None:
    assert said(between((before, after), old=STRUCK).changes) == [sentence]


def test_effects_in_another_order_are_the_same() -> None:
    both = STRUCK.replace("grade = other\n    limit", 'grade = other, barred from "prize"\n    limit')
    again = STRUCK.replace("grade = other\n    limit", 'barred from "prize", grade = other\n    limit')
    assert not [one for one in assessment.diff(both, again).changes if one.effect != "words"]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            ">= 11.5 points",
            ">= 13 points",
            (
                'mark best "Best": what it takes from “mark best "Best" when total >= 11.5 points” '
                'to “mark best "Best" when total >= 13 points”'
            ),
        ),
        ('"Best"', '"The best"', 'mark best "The best": title from "Best" to "The best"'),
    ],
)
def test_what_changed_in_a_mark_is_told(before: str, after: str, sentence: str) -> None:
    marked = RULES.replace(
        '    grade "good"', '    mark best "Best" when total >= 11.5 points\n    grade "good"'
    )
    assert said(between((before, after), old=marked).changes) == [sentence]
    gone = assessment.diff(marked, RULES).changes
    assert said(gone) == ['mark best "Best" removed: “mark best "Best" when total >= 11.5 points”']
