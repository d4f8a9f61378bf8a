"""Rules that differ from year to year: items in force in some years only, points, weights and totals by year."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import assessment
import assessment.pipeline
from assessment.cli.main import main
from assessment.diagnostics.model import Source
from assessment.errors import DataError, RulesError, UsageError
from assessment.semantics import check as check_module
from assessment.semantics.by_year import depends_on_year, of_year
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules

HEAD = """assessment example for 2019 "Example" {
    authority "Document 1"
    round none
    policies { missing: error; ties: min }
    rank within all
    department office "Office"
    input a in yuan { from office; range >= 0 }
    input b in yuan { from office; range >= 0 }
"""


def item(number, size, name, *, more="", target=10):
    return f"""
    indicator {number} "No. {number}" {size} {{
        by office
        cite "Annex" item 1
        {more}
        score = attain({name}, target: {target} yuan)
    }}
"""


def scored(text, year, a=5, b=2):
    rules = assessment.load(text)
    row = {"甲": {"a": a, "b": b}}
    return rules.evaluate(assessment.read_data({year: row}, rules, period=year), period=year)["甲"]


POINTS = (
    HEAD
    + "total points by year { 2018: 10; 2019: 15; 2020: 12 }"
    + item(1, "points by year { 2018: 10; 2019: 9; 2020: 12 }", "a")
    + item(2, "6 points", "b", more="in force from 2019 to 2019")
    + "}"
)


# a attains 5/10, b attains 2/10: 2018 10 × 1/2; 2019 9 × 1/2 + 6 × 1/5; 2020 12 × 1/2.
@pytest.mark.parametrize(("year", "total"), [(2018, "5"), (2019, "5.7"), (2020, "6")])
def test_points_and_total_by_year(year, total):
    assert scored(POINTS, year).total == Decimal(total)


def test_many_years_in_one_run_each_by_its_own_tree():
    rules = assessment.load(POINTS)
    data = assessment.read_data(
        {year: {"甲": {"a": 5, "b": 2}, "乙": {"a": 4, "b": 10}} for year in (2018, 2019, 2020)}, rules
    )
    run = rules.evaluate(data, periods="all")
    assert [run[year]["甲"].total for year in run.periods] == [5, Decimal("5.7"), 6]
    # 乙: 10 × 2/5; 9 × 2/5 + 6; 12 × 2/5.
    assert [run[year]["乙"].total for year in run.periods] == [4, Decimal("9.6"), Decimal("4.8")]
    assert [run[year]["乙"].rank for year in run.periods] == [2, 1, 2]


def test_what_is_not_in_force_needs_no_data():
    rules = assessment.load(POINTS)
    data = assessment.read_data({2018: {"甲": {"a": 5}}}, rules, period=2018)
    assert rules.evaluate(data, period=2018)["甲"].total == 5
    with pytest.raises(DataError):
        assessment.read_data({2019: {"甲": {"a": 5}}}, rules, period=2019)


def test_a_year_that_no_size_states_is_refused_with_the_years_that_are_stated():
    rules = assessment.load(POINTS)
    data = assessment.read_data({year: {"甲": {"a": 5, "b": 2}} for year in (2019, 2021)}, rules)
    with pytest.raises(DataError) as raised:
        rules.evaluate(data, period=2021)
    assert [one.code for one in raised.value.diagnostics] == ["no-size-for-year"] * 2
    assert "2018, 2019, 2020" in str(raised.value)


def test_weights_by_year():
    text = HEAD.replace("round none\n", "") + (
        "    result index on 0 to 1, published half-up to 3 places, ranked on full\n"
        + item(1, "weight by year { 2018: 1; 2019: 3 }", "a")
        + item(2, "weight 1", "b")
        + "}"
    )
    text = text.replace("    rank within all\n", "")
    # (1/2 + 1/5) / 2 = 7/20; (3 × 1/2 + 1/5) / 4 = 17/40.
    assert scored(text, 2018).exact == Fraction(7, 20)
    assert scored(text, 2019).exact == Fraction(17, 40)


def test_points_close_in_every_year_and_the_finding_names_the_year():
    with pytest.raises(RulesError) as raised:
        assessment.load(POINTS.replace("2019: 9", "2019: 8"))
    (found,) = raised.value.diagnostics
    assert found.code == "points-not-total"
    assert "in 2019" in found.message_text.en
    assert "2019 年" in found.message_text.zh


# ── what is said of items that are not in force ──────────────────────────────────────────────────────────────────────


def test_an_item_that_is_not_in_force_says_so_in_both_languages():
    with pytest.raises(UsageError) as raised:
        scored(POINTS, 2020).indicator(2)
    assert raised.value.en == "indicator 2 is not in force in 2020: it is from 2019 to 2019"
    assert raised.value.zh == "指标 2 在 2020 年不施行：施行年度为 2019 至 2019 年"
    with pytest.raises(UsageError, match="there is no indicator `7`; there are 1"):
        scored(POINTS, 2020).indicator(7)


def test_the_command_line_says_so_too(tmp_path, capsys):
    rules, data = tmp_path / "a.assess", tmp_path / "a.csv"
    rules.write_text(POINTS, encoding="utf-8")
    data.write_text("region,a,b\n甲,5,2\n", encoding="utf-8")
    asked = [str(rules), str(data), "--region", "甲", "--indicator", "2"]
    assert main(["explain", *asked, "--period", "2020", "--lang", "en"]) != 0
    assert "indicator 2 is not in force in 2020: it is from 2019 to 2019" in capsys.readouterr().err
    assert main(["explain", *asked, "--period", "2019", "--lang", "en"]) == 0
    assert "6 points" in capsys.readouterr().out


CATEGORY = (
    HEAD
    + "    total 10 points\n    category old 10 points { in force to 2018\n"
    + item(1, "10 points", "a", more="in force to 2020")
    + "}\n    category new 10 points { in force from 2019\n"
    + item(1, "4 points", "a")
    + item(2, "6 points", "b")
    + "}\n}"
)


def test_a_category_takes_what_is_in_it_along_and_numbers_may_be_given_again():
    # 10 × 1/2 by the old tree; 4 × 1/2 + 6 × 1/5 by the new one.
    assert scored(CATEGORY, 2018).total == 5
    assert scored(CATEGORY, 2019).total == Decimal("3.2")
    assert scored(CATEGORY, 2019).indicator(1).exact == 2
    with pytest.raises(UsageError) as raised:
        scored(CATEGORY, 2018).indicator(2)
    assert raised.value.en == "indicator 2 is not in force in 2018: it is from 2019"
    with pytest.raises(UsageError) as raised:
        scored(CATEGORY, 2019).category("old")
    assert raised.value.en == "category `old` is not in force in 2019: it is up to 2018"


def test_a_rule_set_shows_one_year_and_gives_the_others():
    rules = assessment.load(POINTS)
    assert (rules.points, [one.points for one in rules.indicators]) == (15, [9, 6])
    assert (rules.of_year(2020).points, [one.points for one in rules.of_year(2020).indicators]) == (12, [12])
    assert "2020" in rules.of_year(2020)._repr_html_()
    with pytest.raises(DataError):
        rules.of_year(2021)
    plain = assessment.load(HEAD + "total 10 points" + item(1, "10 points", "a") + "}")
    assert plain.of_year(1999) is plain


def test_a_file_without_a_year_shows_the_last_that_it_states_in_full():
    rules = assessment.load(POINTS.replace(" for 2019", ""))
    assert (rules.period, rules.points) == (None, 12)


# ── each kind of item, and what stands beside them ───────────────────────────────────────────────────────────────────


def test_a_part_in_force():
    text = (
        HEAD
        + """    total 10 points
    indicator 1 "One" 10 points {
        by office
        cite "Annex" item 1
        part level points by year { 2018: 10; 2019: 6 } { score = attain(a, target: 10 yuan) }
        part growth 4 points {
            in force from 2019 to 2019
            score = attain(b, target: 10 yuan)
        }
    }
}"""
    )
    # 10 × 1/2; 6 × 1/2 + 4 × 1/5.
    assert scored(text, 2018).total == 5
    assert scored(text, 2019).total == Decimal("3.8")


ADJUSTED = (
    HEAD
    + """    total 10 points up to 20 points
    cap after adjustments
    compare full after adjustments
    input c in points { from office; range 0 to 9 points }
    bonus fame "Fame" up to 3 points { in force from 2019; score = c }
    deduction fault "Fault" up to 2 points { in force to 2019; score = c }
"""
    + item(1, "10 points", "a")
    + "}"
)


# 10 × 1/2 = 5; a bonus of at most 3 from 2019 on, a deduction of at most 2 up to 2019; c is 4.
@pytest.mark.parametrize(("year", "total"), [(2018, 3), (2019, 6), (2020, 8)])
def test_bonus_and_deduction_in_force(year, total):
    rules = assessment.load(ADJUSTED)
    data = assessment.read_data({year: {"甲": {"a": 5, "b": 0, "c": 4}}}, rules, period=year)
    assert rules.evaluate(data, period=year)["甲"].total == total


def test_the_tree_taken_again_is_that_of_the_year():
    text = POINTS.replace(
        "total points by year",
        'result again "Again" = total with { a: b }, published full, unranked\n    total points by year',
    )
    # a becomes b, 2: 2018 10 × 1/5; 2019 9 × 1/5 + 6 × 1/5; 2020 12 × 1/5.
    for year, total in ((2018, 2), (2019, 3), (2020, Fraction(12, 5))):
        assert scored(text, year).results["again"].exact == total


def test_results_made_from_scores_are_those_of_the_year():
    text = POINTS.replace(
        "total points by year",
        'result share "Share" = indicator 1 rate in % unbounded, published full, unranked\n'
        '    result half "Half" = total / 2 on 0 to 15 points, published full, unranked\n    total points by year',
    )
    for year, half in ((2018, "2.5"), (2019, "2.85"), (2020, "3")):
        results = scored(text, year).results
        assert results["half"].exact == Fraction(half)
        assert results["share"].exact == Fraction(1, 2)


TABLE = (
    HEAD
    + """    total points by year { 2018: 9; 2019: 15; 2020: 15 }
    table sizes by indicator { 1: 9 points; 2: 6 points; 3: 6 points }
    table goals by indicator { 1: 10 yuan; 2: 4 yuan; 3: 8 yuan }
    points from table sizes
"""
    + item(1, "", "a").replace("10 yuan", "entry(goals)")
    + item(2, "", "b", more="in force from 2019 to 2019").replace("10 yuan", "entry(goals)")
    + item(3, "", "b", more="in force from 2020").replace("10 yuan", "entry(goals)")
    + "}"
)


# 9 × 1/2; 9 × 1/2 + 6 × 2/4; 9 × 1/2 + 6 × 2/8.
@pytest.mark.parametrize(("year", "total"), [(2018, "4.5"), (2019, "7.5"), (2020, "6")])
def test_tables_by_indicator_may_hold_rows_of_what_is_not_in_force(year, total):
    assert scored(TABLE, year).total == Decimal(total)


CHINESE = """考核 例子 年度 2019 “例” {
    依据 “文件一”
    总分 分值按年度 { 2018：10；2019：15；2020：12 }
    修约 无
    约定 { 缺失：报错；并列：取高 }
    名次 全部
    部门 office “统计局”
    数据 a 单位 元 { 来源 office；范围 >= 0 }
    数据 b 单位 元 { 来源 office；范围 >= 0 }
    指标 1 “甲” 分值按年度 { 2018：10；2019：9；2020：12 } {
        责任 office
        出处 “附件” 第 1 项
        计分 = 达标（a，目标：10 元）
    }
    指标 2 “乙” 6 分 {
        施行 自 2019 到 2019
        责任 office
        出处 “附件” 第 1 项
        计分 = 达标（b，目标：10 元）
    }
}
"""


@pytest.mark.parametrize(("year", "total"), [(2018, "5"), (2019, "5.7"), (2020, "6")])
def test_the_same_in_chinese(year, total):
    assert scored(CHINESE, year).total == Decimal(total)
    assert scored(print_rules(parse(Source(name="a", text=POINTS))[0], "zh"), year).total == Decimal(total)


# ── what is refused, and how it is said ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("read", ["indicator 2", "category new"])
def test_what_reads_an_item_that_is_not_in_force_in_every_year_is_told_its_years(read):
    text = (
        HEAD
        + f'    total points by year {{ 2018: 4; 2019: 10 }}\n    result r "R" = {read} in points unbounded, published full, unranked'
        + item(1, "4 points", "a")
        + "    category new 6 points { in force from 2019\n"
        + item(2, "6 points", "b")
        + "}\n}"
    )
    with pytest.raises(RulesError) as raised:
        assessment.load(text)
    (found,) = raised.value.diagnostics
    assert (found.code, found.message_text.en[-9:]) == ("unknown-indicator", "(in 2018)")
    assert found.help.en.startswith("it is in force from 2019: ")
    assert found.help.zh.startswith("其施行年度为 2019 年起：")


def reading_earlier(file, inner, score):
    return (
        HEAD.replace("ties: min", "ties: min; not applicable: zero")
        + f"    total points by year {{ 2018: 10; 2019: 12 }}\n    {file}\n"
        + item(1, "points by year { 2018: 4; 2019: 6 }", "a", more=inner).replace(
            "attain(a, target: 10 yuan)", score
        )
        + item(2, "6 points", "b")
        + "}"
    )


@pytest.mark.parametrize(
    ("file", "inner", "score"),
    [
        (
            'result r "R" = total[-1] in points unbounded, published full, unranked',
            "",
            "attain(a, target: 1 yuan)",
        ),
        ("let before = indicator 2[-1]", "", "attain(a, target: 1 yuan)"),
        ("", "not applicable to all when indicator 2[-1] < 2 points", "attain(a, target: 1 yuan)"),
        ("", "", "attain(indicator 2[-1], target: 6 points)"),
        (
            "grade good >= 6 points; poor otherwise\n    limit when total[-1] < 2 points: grade at most poor",
            "",
            "attain(a, target: 1 yuan)",
        ),
    ],
    ids=["result", "measure", "condition", "formula", "limit"],
)
def test_a_score_of_an_earlier_year_is_refused_wherever_it_is_read(file, inner, score):
    with pytest.raises(RulesError) as raised:
        assessment.load(reading_earlier(file, inner, score))
    assert {one.code for one in raised.value.diagnostics if one.severity.value == "error"} == {
        "earlier-score-by-year"
    }


@pytest.mark.parametrize(
    ("total", "size"), [("10 points", "points by year { }"), ("points by year { }", "10 points")]
)
def test_braces_without_a_year_are_refused(total, size):
    with pytest.raises(RulesError) as raised:
        assessment.load(HEAD + f"    total {total}\n" + item(1, size, "a") + "}")
    assert [one.code for one in raised.value.diagnostics] == ["syntax-error"]


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

YEARS = range(2017, 2024)


@st.composite
def cycles(draw):
    """Three indicators with points for some years, and in force for some; the total of each year that all of them state."""
    items = []
    for number in (1, 2, 3):
        points = draw(st.dictionaries(st.sampled_from(YEARS), st.integers(1, 9), min_size=1))
        plain = draw(st.booleans()) and draw(st.integers(1, 9))
        ends = st.none() | st.sampled_from(YEARS)
        first, last = (None, None) if number == 1 else draw(st.tuples(ends, ends))
        if None not in (first, last) and first > last:
            first, last = last, first
        items.append((number, points, plain, first, last))
    return items


def in_force(first, last, year):
    return (first is None or first <= year) and (last is None or year <= last)


def sizes_in(items, year):
    """The points of the items in a year; None where one in force states none."""
    found = {}
    for number, points, plain, first, last in items:
        if in_force(first, last, year):
            found[number] = plain or points.get(year)
    return None if None in found.values() else found


def by_year(items, totals):
    body = (
        f"    total points by year {{ {'; '.join(f'{year}: {total}' for year, total in totals.items())} }}\n"
    )
    for number, points, plain, first, last in items:
        size = (
            f"{plain} points"
            if plain
            else f"points by year {{ {'; '.join(f'{y}: {p}' for y, p in points.items())} }}"
        )
        span = "" if first is None else f" from {first}"
        span += "" if last is None else f" to {last}"
        body += item(number, size, "a", more=span and f"in force{span}", target=10 * number)
    return HEAD.replace("2019", str(next(iter(totals)))) + body + "}"


def written_in(sizes, year):
    body = f"    total {sum(sizes.values())} points\n"
    for number, points in sizes.items():
        body += item(number, f"{points} points", "a", target=10 * number)
    return HEAD.replace("2019", str(year)) + body + "}"


@settings(max_examples=30)
@given(cycles(), st.fractions(0, 20), st.fractions(0, 20))
def test_a_file_by_year_is_the_file_with_the_values_of_the_year_written_in(items, one, other):
    sizes = {year: sizes_in(items, year) for year in YEARS}
    totals = {year: sum(found.values()) for year, found in sizes.items() if found is not None}
    assume(totals)
    rules = assessment.load(by_year(items, totals))
    table = {"甲": {"a": one, "b": 0}, "乙": {"a": other, "b": 0}}
    for year in range(min(YEARS) - 2, max(YEARS) + 3):
        if year not in totals:
            with pytest.raises(DataError) as raised:
                rules.program_of(year)
            assert {found.code for found in raised.value.diagnostics} == {"no-size-for-year"}
            continue
        plain = assessment.load(written_in(sizes[year], year))
        mine, theirs = (
            x.evaluate(assessment.read_data({year: table}, x, period=year), period=year)
            for x in (rules, plain)
        )
        for name in table:
            assert mine[name].exact == theirs[name].exact
            assert mine[name].rank == theirs[name].rank
            assert [(x.number, x.exact) for x in mine[name].indicators] == [
                (x.number, x.exact) for x in theirs[name].indicators
            ]


@pytest.mark.parametrize("year", [2010, 2015, 2016, 2017, 2018, 2030])
def test_a_sound_file_with_fixed_points_has_a_tree_in_every_year(year):
    text = CATEGORY.replace("in force to 2018", "in force to 2016").replace(
        "in force from 2019", "in force from 2017"
    )
    assert sum(one.points for one in assessment.load(text).of_year(year).indicators) == 10


# ── what it costs ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_without_years_is_checked_once_and_stays_the_same_tree():
    text = HEAD + "total 10 points" + item(1, "10 points", "a") + "}"
    file = parse(Source(name="a", text=text))[0]
    assert not depends_on_year(file)
    assert of_year(file, 2018) == (file, ())
    with mock.patch("assessment.semantics.check._check", wraps=check_module._check) as checked:
        rules = assessment.load(text)
        data = assessment.read_data({year: {"甲": {"a": 5, "b": 2}} for year in (2018, 2019)}, rules)
        run = rules.evaluate(data, periods="all")
    assert checked.call_count == 1
    assert run[2018].outcome.program is run[2019].outcome.program is rules.program


def test_each_year_is_compiled_once_and_only_when_it_is_asked_for():
    rules = assessment.load(POINTS)
    with mock.patch("assessment.pipeline.compile_rules", wraps=assessment.pipeline.compile_rules) as compiled:
        data = assessment.read_data({2018: {"甲": {"a": 5}}}, rules, period=2018)
        for _ in range(2):
            rules.evaluate(data, period=2018)
    assert compiled.call_count == 1


def test_a_kept_rule_set_knows_all_its_years(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESSMENT_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "a.assess"
    path.write_text(POINTS, encoding="utf-8")
    assessment.load(path)
    with mock.patch("assessment.api._compiled", side_effect=AssertionError("parsed again")):
        rules = assessment.load(path)
    data = assessment.read_data({2020: {"甲": {"a": 5}}}, rules, period=2020)
    assert rules.evaluate(data, period=2020)["甲"].total == 6


def test_the_file_of_the_how_to_is_the_one_that_its_example_loads():
    root = Path(__file__).parents[1]
    page = (root / "docs" / "how-to" / "rules-over-years.md").read_text(encoding="utf-8")
    file = (root / "tests" / "data" / "rules-over-years.assess").read_text(encoding="utf-8")
    assert page.split("```assess\n")[1].split("```")[0] == file
