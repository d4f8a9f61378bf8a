"""Whatever stands in a published table, it ends in a figure or in a finding; a number is read as it was written."""

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

import assessment
from assessment.data.grid import Cell
from assessment.data.published.cells import read_figure
from assessment.data.published.model import Figure, PublishedFigure
from assessment.diagnostics.model import CellPlace
from assessment.errors import DataError

RULES = assessment.load("""
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 10 points
    round indicator half-up to 2 places; total half-up to 1 place
    compare rounded
    policies { missing: error; undefined: zero; ties: min }
    rank within all; order total
    department sti "Science"
    input firms "Firms" in 家 { from sti; range >= 0 }
    indicator 1 "Firms and works" 10 points { by sti; cite "Annex" item 1; score = attain(firms, target: 8 家) }
    grade "good" >= 6 points; "other" otherwise
}
""")
DATA = assessment.read_data({"A": {"firms": 4}, "B": {"firms": 8}}, RULES)
ROWS = [["region", "total", "rank", "grade"], ["A", "5.0", "2", "other"], ["B", "10.0", "1", "good"]]
WORDS = [
    "",
    "—",
    "total",
    "2017",
    "2018年度",
    "1/0",
    "[2, 1]",
    "3=",
    "%",
    "1,2",
    "region",
    "A",
    "indicator 1",
    "{",
    "<",
    "\u200b",
]

texts = (
    st.text(max_size=12)
    | st.sampled_from(WORDS)
    | st.from_regex(r"[-+≈]?[0-9,./eE%\[\] ]{1,10}", fullmatch=True)
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2), st.integers(0, 3), texts)
@example(1, 1, "9" * 400 + "/7")
@example(0, 1, "")
def test_any_text_in_any_cell_ends_in_judgements_or_findings(row: int, column: int, text: str) -> None:
    rows = [list(one) for one in ROWS]
    rows[row][column] = text
    table: dict[str, dict[str, object]] = {}
    for region, *cells in rows[1:]:
        table[region] = dict(zip(rows[0][1:], cells, strict=True))
    told: list[bool] = []
    try:
        told = [bool(one.shown.zh) for one in assessment.reconcile(RULES, DATA, table).judgements]
    except DataError as refused:
        told = [bool(one.in_("en") and one.in_("zh")) for one in refused.diagnostics]
    assert told
    assert all(told)


def read(text: str) -> PublishedFigure:
    found = read_figure(
        Cell(value=text, text=text), Figure(path="total", unit="points"), "A", CellPlace(file="x.csv")
    )
    assert isinstance(found, PublishedFigure)
    return found


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from(["{}", "{} 分", "{:,}", "≈{}"]))
def test_a_decimal_is_read_with_its_places_however_it_is_dressed(whole: int, places: int, form: str) -> None:
    from decimal import Decimal

    decimal = Decimal(whole).scaleb(-places)
    found = read(form.format(decimal) if "," in form or "e" not in str(decimal).lower() else f"{decimal:f}")
    assert (found.value, found.places) == (Fraction(whole, 10**places), places)
    assert (found.about, found.exact) == (form.startswith("≈"), False)


@given(st.fractions())
def test_a_fraction_is_read_as_itself(value: Fraction) -> None:
    found = read(f"{value.numerator}/{value.denominator}")
    assert (found.value, found.exact) == (value, True)
