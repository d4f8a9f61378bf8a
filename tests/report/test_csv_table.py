"""A result as CSV."""

import csv
import io

from assessment.report.csv_table import csv_text
from assessment.report.view import view
from assessment.result import Result


def rows(result: Result, lang: str = "zh") -> list[dict[str, str]]:
    text = csv_text(view(result, "zh" if lang == "zh" else "en"))
    return list(csv.DictReader(io.StringIO(text)))


def test_every_region_has_a_row_with_its_published_figures(liaocheng: Result) -> None:
    found = {row["地区"]: row for row in rows(liaocheng)}
    assert list(found) == [one.region for one in liaocheng.ranking()]
    assert (found["临清市"]["总分"], found["临清市"]["名次"], found["临清市"]["等次"]) == (
        "90.00",
        "3",
        "优秀",
    )


def test_scores_and_residue_of_a_row_add_up_to_its_total(liaocheng: Result) -> None:
    for row in rows(liaocheng):
        scores = [text for title, text in row.items() if title[:1].isdigit() or title == "修约尾差"]
        hundredths = sum(round(float(text) * 100) for text in scores if text != "不适用")
        assert hundredths == round(float(row["总分"]) * 100)


def test_what_the_data_say_of_themselves_is_in_every_row(liaocheng: Result) -> None:
    assert all("illustrative, invented" in row["数据标注"] for row in rows(liaocheng))


def test_text_that_a_spreadsheet_would_run_is_written_as_text(hostile: Result) -> None:
    names = [row["Region"] for row in rows(hostile, "en")]
    assert names[:5] == ["'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(A1)", "'\tx"]


def test_negative_figure_stays_a_figure(liaocheng: Result) -> None:
    assert {row["地区"]: row["修约尾差"] for row in rows(liaocheng)}["莘县"] == "-0.01"
