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


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "３",
        "第3名",
        "并列3",
        "并列第 3 名",
        "3=",
        "=3",
        "T-3",
        "T3",
        "3rd",
        "3（并列）",
        "3 (tie)",
        "3.0",
    ],
)
def test_a_place_is_read_in_the_ways_in_which_it_is_written(text: str) -> None:
    assert figures(f"地区,名次\n冠县,{text}\n") == {("冠县", "rank in group"): 3}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5.00", "5"),
        ("５．００", "5"),
        ("5.0 分", "5"),
        ("5 points", "5"),
        ("+5", "5"),
        ("−5", "-5"),
        ('"1,005.5"', "2011/2"),
        ("≈5.1", "51/10"),
        ("约5.1分", "51/10"),
        ("272/27", "272/27"),
        ("-1/3", "-1/3"),
        ("50/10 分", "5"),
        ("5e-1", "1/2"),
    ],
)
def test_a_score_is_read_in_the_ways_in_which_it_is_written(text: str, value: str) -> None:
    assert figures(f"地区,总分\n冠县,{text}\n") == {("冠县", "total"): Fraction(value)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("85%", "data-unit-mismatch"),
        ("8.5‰", "data-unit-mismatch"),
        ("5 名", "data-unit-mismatch"),
        ("5 家", "data-unit-mismatch"),
        ("5 万元", "data-unit-mismatch"),
        ('"8,5"', "data-not-a-number"),
        ('"1,23.5"', "data-not-a-number"),
        ("8.5*", "data-not-a-number"),
        ("8.5.1", "data-not-a-number"),
        ("1/0", "data-not-a-number"),
        ("1/2/3", "data-not-a-number"),
        (f"1/{'9' * 400}", "data-not-a-number"),
        ("9" * 80, "data-not-a-number"),
        ("[5, 4]", "data-not-a-number"),
        ("5 或 6", "data-not-a-number"),
    ],
)
def test_what_is_no_score_in_points_is_refused(text: str, code: str) -> None:
    assert refused(f"地区,总分\n冠县,{text}\n") == [code]


def test_a_heading_in_percent_over_points_is_refused_once() -> None:
    assert refused("地区,总分（%）\n冠县,85\n东阿县,50\n") == ["data-unit-mismatch"] * 2


def test_percent_is_read_as_an_index_between_0_and_1() -> None:
    rules = assessment.load(ROOT / "rules" / "undp" / "hdi-2021.assess")
    data = assessment.read_data(ROOT / "examples" / "hdi-2021.csv", rules)
    for text in (b"country,hdi\nNorway,96.1%\n", b"country,hdi (%)\nNorway,96.1\n"):
        (one,) = assessment.reconcile(rules, data, text).judgements
        assert (one.published.value, one.published.places, one.status) == (Fraction("0.961"), 3, "equal")


def test_a_dot_between_digits_counts() -> None:
    # 1.2 is not 12, and neither is indicator 1.
    assert refused("地区,总分,1.2\n冠县,5,3\n") == ["data-unknown-column"]


# ── what is alike in many places is told once ────────────────────────────────────────────────────────────────────────


def told(text: str, **options: object) -> list[str]:
    with pytest.raises(DataError) as raised:
        read(text, **options)
    return [one.in_("en") for one in raised.value.diagnostics if one.severity.value == "error"]


def test_a_table_of_other_regions_has_one_finding_that_says_so() -> None:
    rows = "".join(f"City {place},{place}.0,{place}\n" for place in range(1, 192))
    with pytest.raises(DataError) as raised:
        read(f"地区,总分,名次\n{rows}")
    (one,) = raised.value.diagnostics
    assert one.code == "published-other-scheme"
    assert one.in_("en").endswith("none of its 191 regions is known")
    assert [note.en for note in one.notes] == [
        "the table has `City 1`, `City 2`, `City 3`, `City 4`, `City 5`, …",
        "the data have `东阿县`, `冠县`, `开发区`",
    ]


def test_a_table_of_other_indicators_has_one_finding_that_says_so() -> None:
    heads = ",".join(f"{place} Item {place}" for place in range(2, 9))
    text = f"地区,总分,{heads}\n冠县,10,{','.join('1' * 7)}\n"
    assert refused(text) == ["published-other-scheme"]
    (message,) = told(text)
    assert "7 of its 8 columns of figures are unknown" in message


def test_a_few_unknown_regions_are_told_one_by_one_and_more_together() -> None:
    known = "冠县,10.0\n东阿县,5.0\n"
    three = "".join(f"City {place},1\n" for place in range(3))
    assert refused(f"地区,总分\n{known}{three}") == ["data-unknown-region"] * 3
    (message,) = told(f"地区,总分\n{known}{three}City 3,1\n")
    assert message.startswith("4 rows name regions that were not assessed: `City 0`, `City 1`")
    assert message.endswith("(rows 4, 5, 6, 7)")


def test_cells_of_a_column_that_are_wrong_alike_are_told_together() -> None:
    regions = [f"R{place}" for place in range(9)]
    open_rules = assessment.load(
        RULES.replace('    group county "Counties" { 东阿县 alias 东阿; 冠县 }\n', "")
        .replace('    group zone "Zones" { 开发区 }\n', "")
        .replace("within group", "within all")
    )
    data = assessment.read_data({region: {"firms": 4} for region in regions}, open_rules)
    rows = "".join(f"{region},ten\n" for region in regions)
    with pytest.raises(DataError) as raised:
        assessment.reconcile(open_rules, data, f"地区,总分\n{rows}".encode())
    (one,) = raised.value.diagnostics
    assert one.code == "data-not-a-number"
    assert "in 9 cells of the column (rows 2, 3, 4, 5, 6, …)" in one.in_("en")


def test_rows_that_repeat_regions_are_told_together_when_they_are_many() -> None:
    again = "冠县,10.0\n" * 5
    (message,) = told(f"地区,总分\n{again}")
    assert message == "4 rows repeat regions: `冠县` (rows 3, 4, 5, 6)"


def test_columns_of_inputs_are_passed_over_and_other_columns_are_named_once() -> None:
    remarks = read("地区,总分,firms,备注1,备注2,备注3,备注4\n冠县,10.0,8,a,b,c,d\n").remarks
    (one,) = remarks
    assert one.in_("en").startswith("4 columns are no figures of the rules and were skipped: `备注1`")


def test_a_column_of_data_under_the_title_of_an_indicator_is_no_score() -> None:
    # The input has the title of its indicator; the unit tells the two apart.
    rules = assessment.load(RULES.replace('"Firms and works"', '"Firms"'))
    data = assessment.read_data(DATA, rules)
    found = assessment.reconcile(rules, data, "地区,总分,Firms（家）\n冠县,10.0,8\n".encode())
    assert [one.published.figure.id for one in found.judgements] == ["total"]
    with pytest.raises(DataError) as raised:
        assessment.reconcile(rules, data, "地区,总分（万元）\n冠县,10.0\n".encode())
    assert [one.code for one in raised.value.diagnostics] == ["data-unit-mismatch"]


# ── years ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_title_or_a_sheet_of_another_year_is_told() -> None:
    assert refused("2017年度得分公布,\n地区,总分\n冠县,10\n") == ["data-missing-period"]
    assert read("2018年度得分公布（2019年1月）,\n地区,总分\n冠县,10.0\n").holds
    rules = assessment.load(RULES)
    data = assessment.read_data(DATA, rules)
    assert assessment.reconcile(rules, data, {2018: {"冠县": {"total": 10}}}).holds
    with pytest.raises(DataError, match="2017"):
        assessment.reconcile(rules, data, {2017: {"冠县": {"total": 10}}})
    both = {2017: {"冠县": {"total": 3}}, 2018: {"冠县": {"total": 10}}}
    assert assessment.reconcile(rules, data, both).holds


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def workbook(rows: list[list[object]], *merged: str, formats: dict[str, str] | None = None) -> bytes:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def of_workbook(*arguments: object, **options: object) -> list[tuple[str, str, str]]:
    rules = assessment.load(RULES)
    found = assessment.reconcile(rules, assessment.read_data(DATA, rules), workbook(*arguments, **options))  # type: ignore[arg-type]
    return [(one.published.region, one.published.figure.id, one.status) for one in found.judgements]


def test_headings_in_two_rows_that_merged_cells_hold_together_are_read() -> None:
    rows: list[list[object]] = [
        ["得分表", None, None, None],
        ["地区", "分项得分", None, "名次"],
        [None, "1 Firms and works", "总分", None],
        ["冠县", 10, 10, 1],
    ]
    assert of_workbook(rows, "A1:D1", "A2:A3", "B2:C2", "D2:D3") == [
        ("冠县", "indicator 1", "equal"),
        ("冠县", "total", "equal"),
        ("冠县", "rank in group", "equal"),
    ]


def test_one_heading_over_two_columns_is_refused() -> None:
    rows: list[list[object]] = [["地区", "总分", None], ["冠县", 10, 1]]
    with pytest.raises(DataError) as raised:
        of_workbook(rows, "B1:C1")
    assert [one.code for one in raised.value.diagnostics] == ["data-merged-header"]


def test_a_percent_cell_of_points_is_refused() -> None:
    with pytest.raises(DataError) as raised:
        of_workbook([["地区", "总分"], ["冠县", 0.85]], formats={"B2": "0.00%"})
    assert [one.code for one in raised.value.diagnostics] == ["data-unit-mismatch"]


def test_a_page_of_the_web_is_told() -> None:
    assert refused("<html><table>\n<tr><td>地区</td></tr></table></html>") == ["data-unreadable"]


def test_what_is_json_but_no_result_is_told(tmp_path: Path) -> None:
    rules = assessment.load(RULES)
    data = assessment.read_data(DATA, rules)
    for text in ('{"冠县": 1}', "{", '{"form": "assessment.breakdown/1"}', "{" * 100_000):
        with pytest.raises(DataError) as raised:
            assessment.reconcile(rules, data, text)
        assert [one.code for one in raised.value.diagnostics] == ["data-unreadable"]
    with pytest.raises(DataError, match="there is no file"):
        assessment.reconcile(rules, data, tmp_path / "none.json")


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
