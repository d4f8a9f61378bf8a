"""Whose score moves, by how much, and why: worked by hand, and adding up to the last digit."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

import assessment
from assessment.analysis.json import schema_text
from assessment.analysis.moves import Move, Moves, Order, Split
from assessment.errors import DataError, UsageError

ROOT = Path(__file__).parents[2]

OLD = """
assessment parks for 2018 "Parks" {
    total 10 points
    round total half-up to 1 places
    compare rounded
    policies { missing: error; undefined: zero; ties: min }
    rank within all; order total
    input firms "Firms" in 家 { range >= 0 }
    input plan "Plan" yes/no
    indicator 1 "Firms" 6 points = attain(firms, target: 9 家)
    indicator 2 "Plan" 4 points = checklist { plan: 4 points }
    grade "good" >= 6 points
    grade "other" otherwise
}
"""
NEW = OLD.replace("for 2018", "for 2019").replace("9 家", "12 家")
DATA = {2018: {"A": {"firms": 3, "plan": True}, "B": {"firms": 9, "plan": False}}}
NEXT = {2019: {"A": {"firms": 6, "plan": True}, "B": {"firms": 9, "plan": False}}}


def moved(order: Order = "rules first") -> Moves:
    found = assessment.diff(OLD, NEW, data=DATA, new_data=NEXT, order=order).moves
    assert found is not None
    return found


def columns(split: Split) -> tuple[object, ...]:
    return split.old, split.new, split.rule, split.data


def test_rules_first() -> None:
    # A: 6·3/9 + 4 = 6; new rules on old data 6·3/12 + 4 = 5.5; on new data 6·6/12 + 4 = 7. B: 6; 4.5; 4.5.
    a, b = moved().regions
    assert columns(a.total) == (6, 7, Fraction(-1, 2), Fraction(3, 2))
    assert columns(b.total) == (6, Fraction(9, 2), Fraction(-3, 2), 0)
    assert a.between is not None
    assert a.between.total == Fraction(11, 2)


def test_data_first() -> None:
    # A: old rules on new data 6·6/9 + 4 = 8.
    a, b = moved("data first").regions
    assert columns(a.total) == (6, 7, -1, 2)
    assert columns(b.total) == (6, Fraction(9, 2), Fraction(-3, 2), 0)


def test_the_mean_of_both_orders() -> None:
    a, _ = moved("mean").regions
    assert columns(a.total) == (6, 7, Fraction(-3, 4), Fraction(7, 4))
    assert a.between is None


def test_ranks_grades_and_who_was_passed() -> None:
    # Both are first with 6 points; then A has 7 and B 4.5: nobody was behind before, so nobody is passed.
    a, b = moved().regions
    assert [(x.old.rank, x.new.rank, x.old.grade, x.new.grade) for x in (a, b) if x.old and x.new] == [
        (1, 1, "good", "good"),
        (1, 2, "good", "other"),
    ]
    assert (a.passed, b.passed_by) == ((), ())
    data = {2018: {"A": {"firms": 9, "plan": False}, "B": {"firms": 4, "plan": True}}}
    # Old: A 6, B 6·4/9 + 4 = 6.7; with 4 points for the plan cut to 1 and 9 for the firms: A 9, B 5.
    new = OLD.replace('"Firms" 6 points', '"Firms" 9 points').replace('"Plan" 4 points', '"Plan" 1 points')
    found = assessment.diff(OLD, new.replace("plan: 4 points", "plan: 1 points"), data=data).moves
    assert found is not None
    a, b = found.regions
    assert (a.passed, a.passed_by, b.passed, b.passed_by) == (("B",), (), (), ("A",))


def test_items_and_rounding_add_up_to_the_published_move() -> None:
    data = {2018: {"A": {"firms": 4, "plan": True}}}
    found = assessment.diff(OLD, NEW, data=data, period=2018).moves
    assert found is not None
    (a,) = found.regions
    # 6·4/9 = 8/3 and 6·4/12 = 2; published 6.7 and 6, so rounding adds 1/30 before and nothing after.
    assert [columns(item.split) for item in a.items] == [
        (Fraction(8, 3), 2, Fraction(-2, 3), 0),
        (4, 4, 0, 0),
    ]
    assert columns(a.residue) == (Fraction(1, 30), 0, Fraction(-1, 30), 0)
    assert columns(a.total) == (Fraction(67, 10), 6, Fraction(-7, 10), 0)
    assert all_adds_up(a)


def test_an_input_that_the_old_data_lack_leaves_the_move_without_parts() -> None:
    new = NEW.replace("    input plan", '    input labs "Labs" in 家 { range >= 0 }\n    input plan')
    new = new.replace("checklist { plan: 4 points }", "attain(labs, target: 2 家)")
    after = {2019: {name: {"firms": row["firms"], "labs": 1} for name, row in NEXT[2019].items()}}
    found = assessment.diff(OLD, new, data=DATA, new_data=after).moves
    assert found is not None
    a = found.regions[0]
    assert columns(a.total) == (6, 5, None, None)
    assert len(a.reasons) == 1
    assert a.reasons[0].en.startswith("the new rules on the old data cannot be scored:")
    assert "Labs" in a.reasons[0].en


def test_a_region_in_one_of_the_data_only_is_shown_and_not_guessed() -> None:
    after = {2019: {"A": {"firms": 6, "plan": True}, "C": {"firms": 6, "plan": True}}}
    found = assessment.diff(OLD, NEW, data=DATA, new_data=after).moves
    assert found is not None
    assert [(one.region, one.total.old, one.total.new, one.total.rule) for one in found.regions] == [
        ("A", 6, 7, Fraction(-1, 2)),
        ("C", None, 7, None),
        ("B", 6, None, None),
    ]
    assert [one.en for one in found.regions[1].reasons] == [
        "the old rules on the old data have no such region",
        "the new rules on the old data have no such region",
    ]


def test_a_region_with_another_name_is_the_same_region() -> None:
    folder = ROOT / "tests" / "analysis" / "data"
    found = assessment.diff(
        ROOT / "rules" / "liaocheng" / "2018.assess",
        folder / "2019.assess",
        data=ROOT / "examples" / "liaocheng-2018.csv",
        period=2018,
    ).moves
    assert found is not None
    assert [one.old_region for one in found.regions if one.region == "茌平区"] == ["茌平县"]
    assert all(all_adds_up(one) for one in found.regions)
    assert {type(one.total.move) for one in found.regions} == {Fraction}


def test_one_side_without_any_result_is_an_error() -> None:
    with pytest.raises(DataError):
        assessment.diff(OLD, NEW, data=DATA)  # the new rules are for 2019


def test_years_without_data_are_refused() -> None:
    with pytest.raises(UsageError):
        assessment.diff(OLD, NEW, period=2018)


def test_an_order_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError):
        assessment.diff(OLD, NEW, data=DATA, order="none")  # type: ignore[arg-type]


def test_the_json_form_keeps_its_schema() -> None:
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for order in ("rules first", "data first", "mean"):
        found = assessment.diff(OLD, NEW, data=DATA, new_data=NEXT, order=order)  # type: ignore[arg-type]
        assert list(validator.iter_errors(found.to_json())) == []
    assert list(validator.iter_errors(assessment.diff(OLD, OLD).to_json())) == []
    published = ROOT / "docs" / "reference" / "diff.schema.json"
    assert published.read_text(encoding="utf-8") == schema_text()


def splits(one: Move) -> Iterator[tuple[str, Split]]:
    yield from (("total", one.total), ("exact", one.exact), ("residue", one.residue))
    yield from ((item.path, item.split) for item in one.items)
    if one.rest is not None:
        yield "rest", one.rest


def all_adds_up(one: Move) -> bool:
    """Whether causes make up every move, and in each column the parts the whole."""
    for _, split in splits(one):
        if split.rule is not None and split.data is not None:
            assert isinstance(split.rule, Fraction)
            assert isinstance(split.data, Fraction)
            assert split.rule + split.data == split.move
    if one.rest is None:
        return True
    for column in ("old", "new", "rule", "data"):
        parts = [getattr(split, column) for name, split in splits(one) if name not in ("total", "exact")]
        whole = getattr(one.total, column)
        if whole is not None:
            assert sum(parts, Fraction(0)) == whole
    return True


def test_published_totals_are_those_of_the_results() -> None:
    found = moved()
    rules = assessment.load(OLD)
    result = rules.evaluate(assessment.read_data(DATA, rules))
    assert [
        Decimal(str(float(one.total.old))) for one in found.regions if isinstance(one.total.old, Fraction)
    ] == [one.total for one in result]


TARGETED = (
    OLD.replace("for 2018", "for 2019")
    .replace("    indicator 1", "    target all firms { 2019: 12 家 }\n    indicator 1")
    .replace("target: 9 家", "target: target(firms)")
)


def test_a_trial_counts_the_data_as_those_of_the_year_of_the_rules() -> None:
    # The target is for 2019 alone. A: 6·3/9 + 4 = 6, then 6·3/12 + 4 = 5.5; B: 6, then 6·9/12 = 4.5.
    found = assessment.diff(OLD, TARGETED, data=DATA, trial=True).moves
    assert found is not None
    assert [columns(one.total) for one in found.regions] == [
        (6, Fraction(11, 2), Fraction(-1, 2), 0),
        (6, Fraction(9, 2), Fraction(-3, 2), 0),
    ]
    assert found.same_data
    assert [(one.rules, one.data_year, one.counts_as) for one in found.shifts] == [("new", 2018, 2019)]


def test_a_trial_makes_the_split_that_the_year_of_the_data_forbids() -> None:
    plain = assessment.diff(OLD, TARGETED, data=DATA, new_data=NEXT).moves
    assert plain is not None
    assert [(columns(one.total), len(one.reasons)) for one in plain.regions] == [
        ((6, 7, None, None), 1),
        ((6, Fraction(9, 2), None, None), 1),
    ]
    assert plain.shifts == ()
    # As `test_rules_first`: the rules take 6 to 5.5 and the data 5.5 to 7.
    found = assessment.diff(OLD, TARGETED, data=DATA, new_data=NEXT, trial=True).moves
    assert found is not None
    assert [columns(one.total) for one in found.regions] == [
        (6, 7, Fraction(-1, 2), Fraction(3, 2)),
        (6, Fraction(9, 2), Fraction(-3, 2), 0),
    ]


@pytest.mark.parametrize(
    ("order", "shifts"),
    [
        ("rules first", {("new", 2018, 2019)}),
        ("data first", {("old", 2019, 2018)}),
        ("mean", {("new", 2018, 2019), ("old", 2019, 2018)}),
    ],
)
def test_the_shifts_are_those_of_the_runs_that_are_read(
    order: Order, shifts: set[tuple[str, int, int]]
) -> None:
    found = assessment.diff(OLD, TARGETED, data=DATA, new_data=NEXT, order=order, trial=True).moves
    assert found is not None
    assert {(one.rules, one.data_year, one.counts_as) for one in found.shifts} == shifts


def test_a_trial_of_rules_for_the_year_of_the_data_is_none() -> None:
    new = NEW.replace("for 2019", "for 2018")
    trial = assessment.diff(OLD, new, data=DATA, trial=True)
    assert trial == assessment.diff(OLD, new, data=DATA)


def test_a_trial_needs_data_and_rules_with_a_year() -> None:
    with pytest.raises(UsageError):
        assessment.diff(OLD, NEW, trial=True)
    with pytest.raises(UsageError):
        assessment.diff(OLD, NEW.replace(" for 2019", ""), data=DATA, period=2018, trial=True)


def test_data_without_the_new_year_name_the_trial_as_the_way_out() -> None:
    with pytest.raises(DataError) as error:
        assessment.diff(OLD, NEW, data=DATA)
    (found,) = (one for one in error.value.diagnostics if one.code == "data-missing-period")
    assert "--trial" in found.notes[-1].en
    assert "--trial" in found.notes[-1].zh


HELD = OLD.replace(
    '    grade "other" otherwise\n',
    '    grade "other" otherwise\n    limit when firms < 5 家: grade at most "other"\n',
)


def under(found: Move) -> list[tuple[str, str, bool, bool, str | None]]:
    return [(one.kind, one.name, one.old, one.new, one.cause) for one in found.under]


def test_what_holds_a_region_down_is_told_with_its_cause() -> None:
    # The limit is new and A has 3 firms, then 6; B has 9 and is never under it.
    found = assessment.diff(OLD, HELD, data=DATA).moves
    assert found is not None
    a, b = found.regions
    assert under(a) == [("limit", "other", False, True, "rules")]
    assert under(b) == []
    assert (a.still, b.still) == (False, True)
    # With the limit in both files, the data lift it.
    found = assessment.diff(HELD, HELD, data=DATA, new_data={2018: NEXT[2019]}).moves
    assert found is not None
    assert under(found.regions[0]) == [("limit", "other", True, False, "data")]
    # In the other order too; under the mean nobody can tell.
    for order, cause in (("data first", "data"), ("mean", None)):
        found = assessment.diff(HELD, HELD, data=DATA, new_data={2018: NEXT[2019]}, order=order).moves  # type: ignore[arg-type]
        assert found is not None
        assert under(found.regions[0]) == [("limit", "other", True, False, cause)]


def test_a_quota_that_shuts_a_region_out_is_told() -> None:
    # Both have 6 points or more; with one place and ties out, only the better one is good: A 6 and B 6 before, A 6.7 after.
    new = OLD.replace('grade "good" >= 6 points', 'grade "good" >= 6 points, at most 1 within all (ties out)')
    data = {2018: {"A": {"firms": 4, "plan": True}, "B": {"firms": 9, "plan": False}}}
    found = assessment.diff(OLD, new, data=data).moves
    assert found is not None
    a, b = found.regions
    assert under(a) == []
    assert under(b) == [("quota", "good", False, True, "rules")]
    assert (b.old and b.old.grade, b.new and b.new.grade) == ("good", "other")


def test_further_results_move_too() -> None:
    more = '    result double "Double" = total rounded * 2 on 0 to 20 points, published half-up to 0 places, ranked on rounded within all\n    grade "good"'
    old, new = (text.replace('    grade "good"', more, 1) for text in (OLD, NEW.replace("2019", "2018")))
    found = assessment.diff(old, new, data=DATA).moves
    assert found is not None
    # A: 6 and 5.5 points, twice that is 12 and 11; B: 6 and 4.5, 12 and 9.
    assert [
        (
            one.results[0].title,
            *columns(one.results[0].split),
            one.results[0].old_rank,
            one.results[0].new_rank,
        )
        for one in found.regions
    ] == [("Double", 12, 11, -1, 0, 1, 1), ("Double", 12, 9, -3, 0, 1, 2)]


EVENTS = """
assessment works for 2019 "Works" {
    total 10 points
    round none
    compare full
    policies { missing: error; ties: min }
    rank none
    input firms "Firms" in 家 { range >= 0 }
    input awards "Awards" events level national, local { field day date required; no rows mean none }
    indicator 1 "Firms" 4 points = attain(firms, target: 9 家)
    indicator 2 "Awards" 6 points = highest(awards, where: day in this year) { national: 6 points; local: 3 points }
}
"""
AWARDS = "region,year,awards,day\nA,2019,national,2019-12-31\nB,2019,local,2019-02-01\nB,2019,national,2018-12-31\n"


def test_rows_of_their_own_are_read_for_both_and_their_dates_move_in_a_trial() -> None:
    new = EVENTS.replace("for 2019", "for 2020").replace("local: 3 points", "local: 4 points")
    data = {2019: {"A": {"firms": 9}, "B": {"firms": 9}}}
    found = assessment.diff(EVENTS, new, data=data, rows={"awards": AWARDS}, trial=True).moves
    assert found is not None
    # What was awarded in 2019 is still of the year assessed, what was awarded on the last day of 2018 is not.
    assert [columns(one.total) for one in found.regions] == [(10, 10, 0, 0), (7, 8, 1, 0)]


def test_what_is_said_of_an_input_that_only_the_new_rules_have_is_for_them_alone() -> None:
    old = "\n".join(line for line in EVENTS.splitlines() if "wards" not in line)
    old = old.replace("total 10 points", "total 4 points").replace("for 2019", "for 2018")
    data = {2019: {"A": {"firms": 9}, "B": {"firms": 3}}}
    found = assessment.diff(
        old, EVENTS, data=data, period=2019, rows={"awards": AWARDS}, units={"firms": "家"}
    ).moves
    assert found is not None
    assert [columns(one.total) for one in found.regions] == [
        (4, 10, 6, 0),
        (Fraction(4, 3), Fraction(13, 3), 3, 0),
    ]


def test_points_that_are_passed_on_are_told_with_the_item() -> None:
    # Where the plan does not apply its 4 points go to the firms: 6 + 4 = 10.
    old = OLD.replace(
        '"Plan" 4 points = checklist { plan: 4 points }',
        '"Plan" 4 points { score = checklist { plan: 4 points }; not applicable to all when firms > 8 家 -> rescale over all }',
    )
    found = assessment.diff(old, old.replace("9 家", "18 家"), data=DATA).moves
    assert found is not None
    firms = {one.region: one.items[0] for one in found.regions}
    assert (firms["A"].old_possible, firms["A"].new_possible) == (6, 6)
    assert (firms["B"].old_possible, firms["B"].new_possible) == (10, 10)
