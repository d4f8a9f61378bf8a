"""What must hold for any data: written out and read back they are the same, however they are arranged."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

REGIONS = ("东昌府区", "茌平县", "冠县", "高新区")
UNITS = {"rd": ("亿元", "万元", 10_000), "gdp": ("亿元", "元", 10**8), "people": ("万人", "人", 10_000)}
NAMES = ("rd", "gdp", "people", "firms", "share", "plan", "grade", "awards")
few = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

amounts = st.decimals(min_value=0, max_value=10**6, places=3).map(str)
positive = st.decimals(min_value=Decimal("0.001"), max_value=10**6, places=3).map(str)
absent = st.sampled_from(["—", "不适用", "保密", "待发布", ""])
values = {
    "rd": amounts | absent,
    "gdp": positive | absent,
    "people": amounts | absent,
    "firms": st.integers(0, 10**6).map(str) | absent,
    "share": st.decimals(min_value=0, max_value=100, places=2).map(lambda value: f"{value}%") | absent,
    "plan": st.sampled_from(["是", "否"]) | absent,
    "grade": st.sampled_from(["好", "较好", "一般"]) | absent,
    "awards": st.lists(st.sampled_from(["国家级", "省级"]), max_size=3).map(
        lambda rows: "; ".join(rows) or "无"
    ),
}
tables = st.fixed_dictionaries(
    {(name, year, region): values[name] for name in NAMES for year in (2017, 2018) for region in REGIONS}
)


def as_csv(rows) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def wide(table, names=NAMES, regions=REGIONS, heads=None):
    yield ["地区", "年份", *(heads or names)]
    for region in regions:
        for year in (2017, 2018):
            yield [region, str(year), *(table[name, year, region] for name in names)]


def by_years(table):
    yield ["地区", *(f"{year}年{name}" for name in NAMES for year in (2017, 2018))]
    for region in REGIONS:
        yield [region, *(table[name, year, region] for name in NAMES for year in (2017, 2018))]


def long(table):
    yield ["地区", "年份", "指标", "数值"]
    for (name, year, region), text in table.items():
        yield [region, str(year), name, text]


def as_mapping(table):
    return {
        year: {region: {name: table[name, year, region] for name in NAMES} for region in REGIONS}
        for year in (2017, 2018)
    }


def as_workbook(rows) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def meanings(found):
    assert found.errors == []
    return {key: one.value for key, one in found.data.observations.items()}


@few
@given(table=tables)
def test_every_arrangement_of_the_same_data_means_the_same(reading, table) -> None:
    first = meanings(reading(as_csv(wide(table))))
    assert len(first) == len(table)
    assert meanings(reading(as_csv(by_years(table)))) == first
    assert meanings(reading(as_csv(long(table)))) == first
    assert meanings(reading(as_mapping(table))) == first


@settings(few, max_examples=10)
@given(table=tables)
def test_workbook_means_the_same_as_text(reading, table) -> None:
    assert meanings(reading(as_workbook(wide(table)))) == meanings(reading(as_csv(wide(table))))


@few
@given(table=tables, names=st.permutations(NAMES), regions=st.permutations(REGIONS))
def test_order_of_rows_and_columns_changes_nothing(reading, table, names, regions) -> None:
    found = reading(as_csv(wide(table, names, regions)))
    assert meanings(found) == meanings(reading(as_csv(wide(table))))
    assert found.data.regions == tuple(regions)


@few
@given(table=tables)
def test_unit_of_the_data_changes_nothing(reading, table) -> None:
    scaled = dict(table)
    for (name, year, region), text in table.items():
        if name in UNITS and text[:1].isdigit():
            scaled[name, year, region] = str(Decimal(text) * UNITS[name][2])
    heads = [f"{name}（{UNITS[name][1]}）" if name in UNITS else name for name in NAMES]
    first = meanings(reading(as_csv(wide(table))))
    assert meanings(reading(as_csv(wide(scaled, heads=heads)))) == first
    units = {name: unit for name, (_, unit, _) in UNITS.items()}
    assert meanings(reading(as_csv(wide(scaled)), units=units)) == first


@few
@given(table=tables)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_encoding_changes_nothing(reading, encoding, table) -> None:
    text = as_csv(wide(table))
    assert meanings(reading(text.encode(encoding))) == meanings(reading(text))


@few
@given(value=st.just(0.0) | st.floats(min_value=1e-40, max_value=1e15))
def test_float_is_the_decimal_that_is_shown(reading, value) -> None:
    assert reading({"冠县": {"rd": value}}).value() == reading({"冠县": {"rd": repr(value)}}).value()


@given(text=st.text(max_size=60))
def test_any_text_in_a_cell_is_read_or_reported_once(cell, text) -> None:
    found = cell("rd", text)
    assert len(found.errors) <= 1


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_reported(reading, content) -> None:
    found = reading(content)
    assert (found.data is None) == bool(found.errors)


@given(
    rows=st.lists(
        st.lists(
            st.sampled_from(
                [
                    "地区",
                    "冠县",
                    "rd",
                    "gdp",
                    "1",
                    "x",
                    "",
                    "单位：万元",
                    "合计",
                    "2018",
                    "指标",
                    "数值",
                    "注：",
                    "万元",
                    "%",
                ]
            ),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_any_arrangement_of_familiar_cells_is_read_or_reported(reading, rows) -> None:
    found = reading(as_csv(rows) + "\n")
    assert (found.data is None) == bool(found.errors)
