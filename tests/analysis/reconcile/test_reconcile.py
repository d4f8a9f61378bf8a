"""A published table is held against rules and data: equal figures, roundings of inputs, and planted errors with their names."""

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest

import assessment
from assessment.analysis.reconcile.compare import Reconciliation
from assessment.report.csv_table import csv_text
from assessment.report.view import view
from assessment.ruleset import RuleSet

ROOT = Path(__file__).parents[3]
LIAOCHENG = ROOT / "rules" / "liaocheng" / "2018.assess"
LIAOCHENG_DATA = ROOT / "examples" / "liaocheng-2018.csv"
HDI = ROOT / "rules" / "undp" / "hdi-2021.assess"
HDI_DATA = ROOT / "examples" / "hdi-2021.csv"

RULES = """
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 10 points
    round indicator half-up to 2 places; total half-up to 1 place
    carry full
    compare rounded
    policies { missing: error; undefined: zero; ties: min; not applicable: rescale in category }
    rank within all; order total
    department sti "Science"
    input firms "Firms" in 亿元 { from sti; range >= 0 PLACES }
    input staff "Staff" in 亿元 { from sti; range >= 0 }
    category one "One" {
        indicator 1 "Firms" 6 points { by sti; cite "Annex" item 1; score = attain(firms, target: 9 亿元) }
        indicator 2 "Staff" 4 points { by sti; cite "Annex" item 2; score = attain(staff, target: 9 亿元) }
    }
    grade "good" >= 6 points; "other" otherwise
}
"""
# Scores: firms x 6/9, staff x 4/9.
#   A: 7 and 7: 4.666… → 4.67, 3.111… → 3.11; total 7.777… → 7.8
#   B: 4 and 8: 2.666… → 2.67, 3.555… → 3.56; total 6.222… → 6.2
#   C: 8 and 2: 5.333… → 5.33, 0.888… → 0.89; total 6.222… → 6.2
DATA = {
    "A": {"firms": 7, "staff": 7},
    "B": {"firms": 4, "staff": 8},
    "C": {"firms": 8, "staff": 2},
}
PUBLISHED = {
    "A": {"indicator 1": "4.67", "indicator 2": "3.11", "total": "7.8", "rank": 1, "grade": "good"},
    "B": {"indicator 1": "2.67", "indicator 2": "3.56", "total": "6.2", "rank": 2, "grade": "good"},
    "C": {"indicator 1": "5.33", "indicator 2": "0.89", "total": "6.2", "rank": 2, "grade": "good"},
}


def rules(places: str = "", **replaced: str) -> RuleSet:
    text = RULES.replace("PLACES", places)
    for old, new in replaced.items():
        text = text.replace(old.replace("_", " "), new)
    return assessment.load(text)


def table(**changes: object) -> dict[str, dict[str, object]]:
    """The published table with other figures: `B_total="6.3"`."""
    found = {region: dict(row) for region, row in PUBLISHED.items()}
    for key, value in changes.items():
        region, _, figure = key.partition("_")
        found[region][figure.replace("_", " ")] = value
    return found


def held(published: object, *, places: str = "", data: object = DATA, **options: object) -> Reconciliation:
    ruleset = rules(places)
    return assessment.reconcile(ruleset, assessment.read_data(data, ruleset), published, **options)  # type: ignore[arg-type]


def names(found: Reconciliation) -> list[tuple[str, int]]:
    return [(cause.kind, len(cause.explains)) for cause in found.causes]


def status(found: Reconciliation, region: str, figure: str) -> str:
    (one,) = (j for j in found.judgements if j.published.region == region and j.published.figure.id == figure)
    return one.status


def test_a_table_that_is_right_is_equal_in_every_figure() -> None:
    found = held(PUBLISHED)
    assert len(found.judgements) == 15
    assert {one.status for one in found.judgements} == {"equal"}
    assert found.holds
    assert found.causes == ()


def test_decimals_that_are_left_out_at_the_end_do_not_count() -> None:
    assert held(table(A_total="7.80")).holds


def test_indicators_cut_off_in_place_of_rounded_are_found_as_a_rounding_mode() -> None:
    # 4.666 → 4.66, 2.666 → 2.66, 3.555 → 3.55, 0.888 → 0.88; the others end in 1 and 3 and stay.
    found = held(
        table(A_indicator_1="4.66", B_indicator_1="2.66", B_indicator_2="3.55", C_indicator_2="0.88")
    )
    assert names(found) == [("rounding mode", 4)]
    assert "indicators rounded" in found.causes[0].text.en
    assert found.causes[0].against == 0
    assert not found.holds


def test_a_total_of_rounded_indicators_is_found_as_what_is_carried() -> None:
    # 2.66666 + 3.58222 = 6.24888 → 6.2, but 2.67 + 3.58 = 6.25 → 6.3
    data = {**DATA, "B": {"firms": 4, "staff": "8.06"}}
    found = held(table(B_indicator_2="3.58", B_total="6.3", C_rank=3), data=data)
    assert names(found) == [("carry", 2)]  # with the rank of C, which falls behind
    assert found.causes[0].text.en.startswith("rounded scores added up")


def test_ranks_taken_on_full_scores_are_found() -> None:
    # C: 8 and 2.01 makes 5.3333 + 0.8933 = 6.2266 → 6.2, above B's 6.2222 → 6.2. By the rules both are second.
    data = {**DATA, "C": {"firms": 8, "staff": "2.01"}}
    found = held(table(B_rank=3), data=data)
    assert names(found) == [("compare", 1)]
    assert "full scores" in found.causes[0].text.en


def test_another_tie_rule_is_found() -> None:
    found = held(table(B_rank=3, C_rank=3))
    assert names(found)[0] == ("ties", 2)
    assert "`max`" in found.causes[0].text.en or "lower" in found.causes[0].text.en


def test_a_wrong_figure_is_named_with_what_it_looks_like() -> None:
    found = held(table(A_indicator_1="4.76"))
    assert names(found) == [("wrong figure", 1)]
    assert [text.en for text in found.causes[0].hints][:1] == ["two digits are exchanged"]


def test_figures_that_follow_from_a_wrong_one_are_told_with_it() -> None:
    # Indicator 1 of B is published one point too high, and so is its total: 7.222 → 7.2; it stays second, but alone.
    found = held(table(B_indicator_1="3.67", B_total="7.2", C_rank=3))
    (cause,) = found.causes
    assert cause.kind == "wrong figure"
    told = {found.judgements[at].published.figure.id for at in cause.follows}
    assert told == {"total", "rank in all"}


def test_an_error_of_the_whole_table_and_a_wrong_figure_are_told_apart() -> None:
    found = held(
        table(A_indicator_1="4.66", B_indicator_1="2.66", B_indicator_2="3.55", C_indicator_2="8.88")
    )
    assert names(found) == [("rounding mode", 3), ("wrong figure", 1)]


# ── rounding of the inputs ───────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_taken_as_rounded_unless_it_is_said() -> None:
    assert status(held(table(A_indicator_1="4.70")), "A", "indicator 1") == "contradicted"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        # firms of A is 7 to 0 places: from 6.5, included, to 7.5, not included; the score from 4.333… to below 5.
        ("4.33", "consistent"),  # 6.5 itself gives 4.3333 → 4.33
        ("4.32", "contradicted"),
        ("4.70", "consistent"),  # 7.05
        ("4.99", "consistent"),  # 7.48
        ("5.00", "consistent"),  # from 7.4925 on: 4.995 → 5.00
        ("5.01", "contradicted"),
    ],
)
def test_a_figure_within_the_rounding_of_an_input_is_consistent(figure: str, expected: str) -> None:
    found = held(table(A_indicator_1=figure), places="; published to 0 places")
    assert status(found, "A", "indicator 1") == expected


def test_inputs_that_give_the_figure_are_told_and_give_it() -> None:
    found = held(table(A_indicator_1="4.70"), places="; published to 0 places")
    (one,) = found.of("consistent")
    value = one.inputs["firms", 2018, "A"]
    assert Fraction("6.5") <= value < Fraction("7.5")
    assert Fraction("4.695") <= value * 6 / 9 < Fraction("4.705")


def test_decimals_are_taken_from_the_data_when_asked() -> None:
    # 7.0 stands for 6.95 to 7.05, and so in one column do 4 and 8: 4.6333… to below 4.7.
    data = {**DATA, "A": {"firms": "7.0", "staff": 7}}
    inside = held(table(A_indicator_1="4.64"), data=data, input_places="from-data")
    outside = held(table(A_indicator_1="4.71"), data=data, input_places="from-data")
    assert status(inside, "A", "indicator 1") == "consistent"
    assert status(outside, "A", "indicator 1") == "contradicted"


def test_places_of_ranks_that_the_rounding_of_inputs_leaves_open_are_consistent() -> None:
    found = held(table(B_rank=3), places="; published to 0 places")
    assert status(found, "B", "rank in all") == "consistent"
    # A is 7.8 and at the least 7.4; no other comes above 6.6: it is first whatever was rounded.
    found = held(table(A_rank=2), places="; published to 0 places")
    assert status(found, "A", "rank in all") == "contradicted"


# ── the shipped rule sets ────────────────────────────────────────────────────────────────────────────────────────────


def own_table(text: str) -> list[list[str]]:
    ruleset = assessment.load(text)
    result = ruleset.evaluate(assessment.read_data(LIAOCHENG_DATA, ruleset))
    return list(csv.reader(io.StringIO(csv_text(view(result, "zh")))))


def liaocheng(rows: list[list[str]], **options: object) -> Reconciliation:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    ruleset = assessment.load(LIAOCHENG)
    data = assessment.read_data(LIAOCHENG_DATA, ruleset)
    return assessment.reconcile(ruleset, data, out.getvalue().encode(), **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def published() -> list[list[str]]:
    return own_table(LIAOCHENG.read_text(encoding="utf-8"))


def test_own_table_of_liaocheng_is_equal(published: list[list[str]]) -> None:
    found = liaocheng(published)
    assert found.holds
    assert len(found.judgements) == len(found.of("equal")) == 180


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("修约 指标 四舍五入 2 位", "修约 指标 舍去 2 位", "rounding mode"),
        ("比较 修约值", "比较 原值", "compare"),
        ("结转 原值", "结转 修约值", "carry"),
        ("不适用：  本级分摊", "不适用：  全部分摊", "redistribution"),
    ],
)
def test_an_error_planted_in_the_whole_table_of_liaocheng_is_named(old: str, new: str, kind: str) -> None:
    text = LIAOCHENG.read_text(encoding="utf-8")
    assert old in text
    found = liaocheng(own_table(text.replace(old, new)))
    (cause,) = found.causes
    assert cause.kind == kind
    assert cause.against == 0
    assert len(cause.explains) == len(found.of("contradicted")) > 0


def test_a_wrong_figure_planted_in_the_table_of_liaocheng_is_named(published: list[list[str]]) -> None:
    rows = [list(row) for row in published]
    at = rows[0].index("总分")
    (row,) = (row for row in rows if "阳谷县" in row)
    assert row[at] == "85.95"
    row[at] = "85.59"
    (cause,) = liaocheng(rows).causes
    assert cause.kind == "wrong figure"
    assert cause.hints[0].zh == "两位数字颠倒"


def test_the_published_index_of_2021_reconciles_fully() -> None:
    ruleset = assessment.load(HDI)
    data = assessment.read_data(HDI_DATA, ruleset)
    for input_places in ("declared", "from-data"):
        found = assessment.reconcile(ruleset, data, HDI_DATA, input_places=input_places)  # type: ignore[arg-type]
        values = [one for one in found.judgements if one.published.figure.id == "total"]
        assert len(values) == 191
        assert {one.status for one in found.judgements} == {"equal"}
        assert len(found.judgements) == 3 * 191


@pytest.mark.slow
def test_places_of_the_index_taken_on_its_full_values_are_told() -> None:
    # Of the 191 published places 29 would differ: they agree for 85 % only.
    text = HDI.read_text(encoding="utf-8")
    other = assessment.load(text.replace("ranked on rounded", "ranked on full"))
    full = other.evaluate(assessment.read_data(HDI_DATA, other))
    ruleset = assessment.load(HDI)
    data = assessment.read_data(HDI_DATA, ruleset)
    table = {one.region: {"hdi": str(one.total), "rank": one.rank} for one in full if one.rank is not None}
    found = assessment.reconcile(ruleset, data, table)
    (cause,) = found.causes
    assert (cause.kind, len(cause.explains), cause.against) == ("compare", 29, 0)
    assert len(found.judgements) == 2 * 191


def test_a_published_index_that_is_off_by_one_in_the_last_place_is_contradicted_by_so_many_digits() -> None:
    ruleset = assessment.load(HDI)
    data = assessment.read_data(HDI_DATA, ruleset)
    text = "country,hdi\nSwitzerland,0.961\nNorway,0.961\n"
    found = assessment.reconcile(ruleset, data, text.encode(), input_places="from-data")
    assert [one.status for one in found.judgements] == ["contradicted", "equal"]
    assert [cause.kind for cause in found.causes] == ["wrong figure"]
