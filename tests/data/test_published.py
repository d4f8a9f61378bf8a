"""Published tables are read by their headings; what is not understood is an error with its place, never a guess."""

from fractions import Fraction
from pathlib import Path

import pytest

import assessment
from assessment.errors import DataError

ROOT = Path(__file__).parents[2]
RULES = """
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 10 points
    round indicator half-up to 2 places; total half-up to 1 place
    compare rounded
    policies { missing: error; undefined: zero; ties: min }
    rank within group; order total
    department sti "Science"
    group county "Counties" { 东阿县 alias 东阿; 冠县 }
    group zone "Zones" { 开发区 }
    input firms "Firms" in 家 { from sti; range >= 0 }
    indicator 1 "Firms and works" 10 points { by sti; cite "Annex" item 1; score = attain(firms, target: 8 家) }
    grade "good" >= 6 points; "other" otherwise
}
"""
DATA = {"东阿县": {"firms": 4}, "冠县": {"firms": 8}, "开发区": {"firms": 2}}


def read(text: str, **options: object):
    rules = assessment.load(RULES)
    return assessment.reconcile(rules, assessment.read_data(DATA, rules), text.encode(), **options)  # type: ignore[arg-type]


def refused(text: str, **options: object) -> list[str]:
    with pytest.raises(DataError) as raised:
        read(text, **options)
    return [one.code for one in raised.value.diagnostics if one.severity.value == "error"]


def figures(text: str, **options: object) -> dict[tuple[str, str], Fraction]:
    return {
        (one.published.region, one.published.figure.id): one.published.value
        for one in read(text, **options).judgements
    }


@pytest.mark.parametrize(
    ("heading", "figure"),
    [
        ("总分", "total"),
        ("得分", "total"),
        ("Total", "total"),
        ("total_published", "total"),
        ("公布的总分", "total"),
        ("2018年总分", "total"),
        ("1", "indicator 1"),
        ("指标1", "indicator 1"),
        ("indicator 1", "indicator 1"),
        ("1 Firms and works（10 分）", "indicator 1"),
        ("Firms and works (10 points)", "indicator 1"),
        ("名次", "rank in group"),
        ("Rank", "rank in group"),
        ("总名次", "rank in all"),
    ],
)
def test_headings_are_known_in_both_languages(heading: str, figure: str) -> None:
    assert list(figures(f"地区,{heading}\n冠县,1\n")) == [("冠县", figure)]


def test_titles_notes_group_rows_and_totals_are_skipped() -> None:
    text = "2018 年度得分公布,,\n地区,总分,等次\nCounties,,\n东阿,5.0,other\n冠县,10.0,good\n合计,15.0,\n注：按办法第 3 条,,\n"
    found = read(text)
    assert [one.published.region for one in found.judgements] == ["东阿县", "冠县", "东阿县", "冠县"]
    assert found.holds


def test_a_row_of_whole_numbers_is_no_row_of_headings() -> None:
    found = figures("地区,1,名次\n冠县,1,1\n东阿县,1,1\n")
    assert [figure for _, figure in found] == ["indicator 1", "indicator 1", "rank in group", "rank in group"]


def test_ranks_are_read_as_they_are_written() -> None:
    found = figures("地区,名次\n冠县,第1名\n东阿县,并列 2\n")
    assert list(found.values()) == [1, 2]


def test_empty_cells_are_counted_as_not_published() -> None:
    found = read("地区,总分\n冠县,10.0\n东阿县,\n开发区,\n")
    assert (len(found.judgements), found.unpublished) == (1, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("地区,总分\n高唐县,5.0\n", "data-unknown-region"),
        ("地区,总分\n东呵县,5.0\n", "data-unknown-region"),
        ("地区,总分\n,5.0\n", "data-unknown-region"),
        ("地区,总分\n冠县,ten\n", "data-not-a-number"),
        ("地区,名次\n冠县,0\n", "data-not-a-number"),
        ("地区,名次\n冠县,1.3\n", "data-not-a-number"),
        ("地区,总分\n冠县,#DIV/0!\n", "data-error-cell"),
        ("地区,等次\n冠县,godd\n", "data-unknown-level"),
        ("地区,总分,总分\n冠县,10,10\n", "data-duplicate-column"),
        ("地区,总分,Total\n冠县,10,10\n", "data-duplicate-column"),
        ("地区,总分\n冠县,10\n冠县,10\n", "data-duplicate-region"),
        ("地区,总分,指标 7\n冠县,10,3\n", "data-unknown-column"),
        ("地区,总分,Firms and work\n冠县,10,3\n", "data-unknown-column"),
        ("地区,2017年总分\n冠县,10\n", "data-missing-period"),
        ("年度,地区,总分\n2017,冠县,10\n", "data-missing-period"),
        ("a,b\n1,2\n", "data-missing-column"),
        ("x,总分\n1,2\n", "data-no-region-column"),
        ("地区,总分\n", "data-empty"),
        ("\n", "data-empty"),
    ],
)
def test_what_a_user_does_wrong_is_told(text: str, code: str) -> None:
    assert code in refused(text)


def test_a_region_of_the_rules_that_has_no_data_is_told_so() -> None:
    rules = assessment.load(RULES.replace("missing: error", "missing: zero"))
    data = assessment.read_data({"冠县": {"firms": 8}}, rules)
    with pytest.raises(DataError, match="the data have nothing of it"):
        assessment.reconcile(rules, data, "地区,总分\n东阿县,5\n".encode())


def test_a_column_is_taken_for_the_figure_that_is_named() -> None:
    found = figures("地区,得分A\n冠县,10\n", columns={"得分A": "indicator 1"})
    assert list(found) == [("冠县", "indicator 1")]
    assert refused("地区,得分A\n冠县,10\n", columns={"得分A": "indicator 9"}) == [
        "data-unknown-column",
        "data-missing-column",
    ]
    assert "data-unknown-column" in refused("地区,总分\n冠县,10\n", columns={"得分B": "total"})


def test_a_frame_and_a_mapping_are_read_like_a_file() -> None:
    rules = assessment.load(RULES)
    data = assessment.read_data(DATA, rules)
    frame = rules.evaluate(data).to_pandas()
    assert assessment.reconcile(rules, data, frame).holds
    assert assessment.reconcile(rules, data, {"冠县": {"total": "10.0", "rank": 1}}).holds
    assert not assessment.reconcile(rules, data, {"冠县": {"total": 9}}).holds


def test_every_language_of_a_finding_says_the_place() -> None:
    with pytest.raises(DataError) as raised:
        read("地区,总分\n冠县,ten\n")
    (one,) = [found for found in raised.value.diagnostics if found.code == "data-not-a-number"]
    assert one.help is not None
    assert "总分" in one.labels[0].place.text("zh")  # type: ignore[union-attr]
