from decimal import Decimal
from fractions import Fraction

import pytest

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

from assessment.data import grid  # noqa: E402 - after the libraries that may be absent

COLUMNS = {"地区": ["冠县", "茌平"], "研发经费": [0.1, 2.0], "gdp": [10, 20], "出台意见": [True, False]}
MAKERS = {
    "pandas": pandas.DataFrame,
    "polars": polars.DataFrame,
    "lazy": polars.LazyFrame,
    "arrow": pyarrow.table,
    "batch": pyarrow.RecordBatch.from_pydict,
}


@pytest.fixture(params=MAKERS)
def make_frame(request):
    return MAKERS[request.param]


def test_frame_is_read(reading, make_frame) -> None:
    found = reading(make_frame(COLUMNS))
    assert found.value() == Fraction(1, 10)
    assert found.value("gdp", region="茌平县") == 20
    assert found.value("plan") is True


def test_place_is_row_and_column_of_the_frame(reading, make_frame) -> None:
    origin = reading(make_frame(COLUMNS)).observation(region="茌平县").origin
    assert (origin.row, origin.column, origin.file) == (2, "研发经费", None)


def test_float_column_is_noted_once(reading, make_frame) -> None:
    found = reading(make_frame(COLUMNS))
    assert found.notes.count("data-float") == 1
    assert "shortest decimal" in found.observation().remarks[0].en


def test_empty_place_of_a_frame_is_not_reported(reading, make_frame) -> None:
    found = reading(make_frame({**COLUMNS, "研发经费": [0.1, None]}))
    assert found.value(region="茌平县").value == "not reported"


def test_decimals_and_text_of_a_frame_are_exact(reading, make_frame) -> None:
    found = reading(make_frame({"地区": ["冠县"], "研发经费": [Decimal("0.10")], "gdp": ["1,000"]}))
    assert found.value() == Fraction(1, 10)
    assert found.value("gdp") == 1000
    assert "data-float" not in found.notes


def test_short_floats_are_taken_by_their_own_shortest_decimal(reading) -> None:
    import numpy as np

    values = np.array([2.3, 0.1], dtype="float32")
    for frame in (
        pandas.DataFrame({"地区": ["冠县", "茌平"], "研发经费": values}),
        polars.DataFrame({"地区": ["冠县", "茌平"], "研发经费": values}),
        pyarrow.table({"地区": ["冠县", "茌平"], "研发经费": values}),
    ):
        assert reading(frame).value() == Fraction(23, 10)


def test_error_in_a_frame_has_its_place(reading, make_frame) -> None:
    found = reading(make_frame({"地区": ["冠县", "茌平"], "研发经费": ["1", "x"]}))
    assert found.places == ["row 2, column 研发经费"]


def test_formula_in_a_frame_is_refused(reading, make_frame) -> None:
    assert reading(make_frame({"地区": ["冠县"], "研发经费": ["=1+1"]})).codes == ["data-looks-like-formula"]


def test_long_frame_is_read(reading, make_frame) -> None:
    found = reading(make_frame({"region": ["冠县"], "year": [2017], "indicator": ["rd"], "value": [1.5]}))
    assert found.value(period=2017) == Fraction(3, 2)


def test_regions_in_the_index_are_read(reading) -> None:
    frame = pandas.DataFrame({"rd": [1, 2]}, index=["冠县", "茌平"])
    assert reading(frame).value(region="茌平县") == 2
    frame.index.name = "地区"
    assert reading(frame).value(region="茌平县") == 2


def test_index_left_by_a_selection_is_ignored(reading) -> None:
    frame = pandas.DataFrame(COLUMNS)
    assert reading(frame[frame["gdp"] > 10]).data.regions == ("茌平县",)


def test_year_as_a_date_is_read(reading) -> None:
    frame = pandas.DataFrame({"地区": ["冠县"], "年份": pandas.to_datetime(["2017-12-31"]), "rd": [1]})
    assert reading(frame).value(period=2017) == 1


def test_infinity_is_not_a_number(reading, make_frame) -> None:
    assert reading(make_frame({"地区": ["冠县"], "rd": [float("inf")]})).codes == ["data-not-a-number"]


@pytest.mark.parametrize("rows", [0, 1])
def test_frame_without_rows_or_columns_is_an_error(reading, rows) -> None:
    assert reading(pandas.DataFrame(index=range(rows))).codes == ["data-empty"]


def test_two_columns_of_one_name_are_an_error(reading) -> None:
    frame = pandas.DataFrame([["冠县", 1, 2]], columns=["地区", "rd", "rd"])
    assert reading(frame).codes == ["data-duplicate-column"]


def test_too_large_frame_is_refused_before_it_is_copied(reading, monkeypatch) -> None:
    monkeypatch.setattr("assessment.data.frames.MOST_CELLS", 5)
    assert grid.MOST_CELLS > 5
    assert reading(pandas.DataFrame(COLUMNS)).codes == ["data-too-large"]
