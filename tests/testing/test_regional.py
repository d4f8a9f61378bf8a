"""Drawn data can be read, keep to ranges and units, and lie on the edges of the rules."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import assessment
from assessment.core.absence import Absence
from assessment.testing import data_for, tables_for

RULES = assessment.load("""assessment t for 2018 "T" {
    total 12 points
    round none
    rank none
    policies { missing: zero; withheld: full; undefined: zero }
    group g { A; B }
    group h { C }
    input share "Share" in % { range 0% to 100% }
    input firms "Firms" in 家 { range 0 to 40 }
    input verdict "Verdict" level good, poor
    input panel "Panel" ratings 0 to 10
    input decided "Decided" yes/no
    indicator 1 "Bands" 4 points = bands(share) { >= 50%: 4 points; otherwise: 0 points }
    indicator 2 "Change" 4 points = attain(change(firms), target: 7 家)
    indicator 3 "Rest" 4 points {
        part a 1 points = levels(verdict) { good: 1 points; poor: 0 points }
        part b 2 points = ratings(panel)
        part c 1 points = checklist { decided: 1 points }
    }
}""")
QUICK = settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)


@QUICK
@given(data=data_for(RULES))
def test_drawn_data_are_evaluated(data):
    assert len(RULES.evaluate(data)) == 3


@QUICK
@given(table=tables_for(RULES))
def test_values_keep_to_ranges_and_forms(table):
    assert set(table) == {2017, 2018}
    for rows in table.values():
        assert list(rows) == ["A", "B", "C"]
        for row in rows.values():
            firms = row["firms"]
            assert isinstance(firms, Absence) or (0 <= firms <= 40 and firms.denominator == 1)
            assert isinstance(row["share"], Absence) or 0 <= row["share"] <= 100


@pytest.mark.parametrize(
    "wanted", [Fraction(50), Fraction("49.999"), Fraction(0), Fraction(100), Absence.WITHHELD]
)
def test_edges_what_is_beside_them_and_absences_are_drawn(wanted):
    table = find(
        tables_for(RULES),
        lambda table: table[2018]["A"]["share"] == wanted,
        settings=settings(max_examples=2000, database=None),
    )
    assert table[2018]["A"]["share"] == wanted


def test_changes_are_drawn_on_their_edge():
    def met(table):
        now, before = table[2018]["B"]["firms"], table[2017]["B"]["firms"]
        return not isinstance(now, Absence) and not isinstance(before, Absence) and now - before == 7

    assert met(find(tables_for(RULES), met, settings=settings(max_examples=5000, database=None)))


def test_absences_without_a_policy_and_those_unwanted_are_not_drawn():
    @QUICK
    @given(tables_for(RULES), tables_for(RULES, absent=False))
    def drawn(table, full):
        found = {
            value for rows in table.values() for row in rows.values() for value in map(_status, row.values())
        }
        assert found <= {None, Absence.NOT_REPORTED, Absence.WITHHELD}
        values = [value for rows in full.values() for row in rows.values() for value in row.values()]
        assert not [value for value in values if isinstance(value, Absence)]

    drawn()


def _status(value):
    return value if isinstance(value, Absence) else None


@QUICK
@given(data=st.data())
def test_regions_can_be_named(data):
    table = data.draw(tables_for(RULES, regions=("A", "C")))
    assert list(table[2018]) == ["A", "C"]


IN_ROWS = assessment.load("""assessment rows for 2018 {
    total 8 points
    round none
    rank none
    policies { missing: error; undefined: zero; zero base: undefined }
    input awards events level national, provincial {
        field sort level science, teaching required; field day date required; field late yes/no;
        evidence paper or not counted; no rows mean none
    }
    input panel ratings 0 to 100 { field home region; field weight in number required; no rows mean not reported }
    input rd in 万元 { range >= 0 }
    input gdp in 亿元 { range > 0 }
    indicator 1 2 points = every(count(awards, once: paper), each: 1, gain: 1 points, most: 2 points, counting: line)
    indicator 2 2 points { policies { missing: zero } score = ratings(panel, where: home != own region, weight: weight) }
    let share = rd / gdp in %
    indicator 3 2 points = bands(change(share)) { >= 0.2 pp: 2 points; otherwise: 0 points }
    indicator 4 2 points { policies { missing: zero } score = attain(rd, target: 10 万元) }
}""")


@QUICK
@given(data=data_for(IN_ROWS))
def test_rows_with_their_fields_are_read_and_evaluated(data):
    assert len(IN_ROWS.evaluate(data)) == 5


@pytest.mark.parametrize(
    "wanted",
    [
        lambda row: len(row["awards"]) > 1 and row["awards"][0].get("paper") == row["awards"][1].get("paper"),
        lambda row: any("paper" not in one for one in row["awards"]),
        lambda row: any(one["day"] == "2017-12-31" for one in row["awards"]),
        lambda row: row["panel"] is Absence.NOT_REPORTED,
        lambda row: isinstance(row["panel"], list) and any(one.get("home") == "A" for one in row["panel"]),
    ],
    ids=["one document twice", "no document", "the last day of the year before", "absent", "the own region"],
)
def test_rows_hold_what_decides(wanted):
    found = find(
        tables_for(IN_ROWS),
        lambda table: wanted(table[2018]["A"]),
        settings=settings(max_examples=3000, database=None, phases=[Phase.generate]),
    )
    assert wanted(found[2018]["A"])


def test_changes_of_a_ratio_are_drawn_on_their_edge():
    def met(table):
        (now, before) = (table[year]["B"] for year in (2018, 2017))
        # 万元 per 亿元 is 1/10000: two tenths of a point are 20 万元/亿元.
        return now["rd"] / now["gdp"] - before["rd"] / before["gdp"] == 20

    settings_ = settings(max_examples=3000, database=None, phases=[Phase.generate])
    assert met(find(tables_for(IN_ROWS), met, settings=settings_))


def test_absences_are_drawn_where_every_formula_that_reads_the_input_has_a_policy():
    @QUICK
    @given(tables_for(IN_ROWS))
    def drawn(table):
        for row in table[2018].values():
            # Indicator 4 has a policy for what is missing, and indicator 3, which reads both, has none.
            assert isinstance(row["rd"], Fraction)
            assert isinstance(row["gdp"], Fraction)
            assert isinstance(row["panel"], list) or row["panel"] is Absence.NOT_REPORTED

    drawn()
