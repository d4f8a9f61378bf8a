from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.core.absence import Absence


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.10"), Fraction(1, 10)),
        (0.1, Fraction(1, 10)),
        (7, 7),
        ("1,234", 1234),
        ("12,000 万元", Fraction(6, 5)),
        (None, Absence.NOT_REPORTED),
        (float("nan"), Absence.NOT_REPORTED),
        ("—", Absence.NOT_REPORTED),
        (Absence.WITHHELD, Absence.WITHHELD),
    ],
)
def test_value_of_a_mapping(reading, given, value) -> None:
    assert reading({"冠县": {"rd": given}}).value() == value


def test_periods_may_be_the_outer_keys(reading) -> None:
    found = reading({2017: {"冠县": {"rd": 1}}, "2018": {"冠县": {"rd": 2}}})
    assert found.value(period=2017) == 1
    assert found.value(period=2018) == 2


def test_year_may_stand_in_the_name_of_an_input(reading) -> None:
    assert reading({"冠县": {"rd_2017": 1}}).value(period=2017) == 1


def test_what_is_not_named_was_never_mentioned(reading) -> None:
    found = reading({"冠县": {"rd": 1}, "茌平": {"gdp": 1}})
    assert ("gdp", 2018, "冠县") not in found.data.observations
    assert ("rd", 2018, "茌平县") not in found.data.observations


def test_rows_of_ratings_and_events_may_be_lists(reading) -> None:
    found = reading({"冠县": {"panel": [92, 88.5, "95"], "awards": ("国家级", "省级×2")}})
    assert found.value("panel") == (92, Fraction(177, 2), 95)
    assert found.value("awards") == (0, 1, 1)


def test_empty_list_of_events_is_no_events(reading) -> None:
    assert reading({"冠县": {"awards": []}}).value("awards") == ()


def test_yes_and_no_of_a_mapping(reading) -> None:
    assert reading({"冠县": {"plan": True}}).value("plan") is True
    assert reading({"冠县": {"plan": 0}}).value("plan") is False


@pytest.mark.parametrize(
    "given", [True, [1], object(), {"a": 1}, pytest.param(10**100_000, id="huge"), Decimal("1e999999"), 1j]
)
def test_what_is_no_number_is_refused(reading, given) -> None:
    assert reading({"冠县": {"rd": given}}).codes == ["data-not-a-number"]


def test_value_nested_very_deeply_is_refused(reading) -> None:
    deep: list[object] = []
    for _ in range(10_000):
        deep = [deep]
    assert reading({"冠县": {"panel": deep}}).codes == ["data-not-a-number"]


@pytest.mark.parametrize("given", [{"冠县": 1}, {2017: 3}, {2017: {"冠县": 1}}])
def test_mapping_of_another_shape_is_refused(reading, given) -> None:
    assert reading(given).codes == ["data-unreadable"]


@pytest.mark.parametrize("given", [{}, {"冠县": {}}, {2018: {}}])
def test_mapping_without_values_is_an_error(reading, given) -> None:
    assert len(reading(given).codes) == 1


def test_mistake_in_a_mapping_says_whose_it_is(reading) -> None:
    found = reading({"茌平": {"rd": 1}, "冠县": {"rd": "x"}})
    assert found.places == ["row 2, column rd"]
    assert found.errors[0].labels[0].text.en == "冠县, 2018, rd"


def test_numbers_of_numpy_are_read(reading) -> None:
    numpy = pytest.importorskip("numpy")
    found = reading({"冠县": {"rd": numpy.float64(0.1), "gdp": numpy.int64(5), "plan": numpy.bool_(True)}})
    assert found.value() == Fraction(1, 10)
    assert found.value("gdp") == 5
    assert found.value("plan") is True
