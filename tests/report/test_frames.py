"""A result as data frames: decimals and exact text, no float."""

from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa

from assessment.result import Result


def test_pandas_frame_holds_decimals(liaocheng: Result) -> None:
    frame = liaocheng.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    row = frame.set_index("region").loc["临清市"]
    assert (row["total"], row["rank"], row["grade"]) == (Decimal("90.00"), Decimal(3), "优秀")
    assert set(frame.dtypes.astype(str)) == {"object"}


def test_polars_frame_has_decimal_columns(liaocheng: Result) -> None:
    frame = liaocheng.to_polars()
    assert frame.schema["total"] == pl.Decimal(38, 2)
    assert frame["indicator 1"].null_count() == 10
    assert not any(kind.is_float() for kind in frame.dtypes)


def test_arrow_table_has_decimal_columns_and_exact_text(liaocheng: Result) -> None:
    table = liaocheng.to_arrow()
    assert table.schema.field("total").type == pa.decimal128(38, 2)
    assert table.column("exact")[0].as_py().count("/") == 1


def test_irrational_total_is_given_by_its_ends(index_result: Result) -> None:
    frame = index_result.to_pandas()
    assert frame["exact"][0].startswith("[0.")
    assert frame["total"][0] == Decimal("0.577")


def test_scores_without_rounding_are_exact_text(index_result: Result) -> None:
    assert index_result.to_polars()["category x"].to_list() == ["1/3", "0.5"]
