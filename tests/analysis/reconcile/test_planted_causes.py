"""Each cause in the list, planted by a calculation of its own: it is named, alone where the table tells it apart, else with others.

The tables are made here, by plain fractions or by binary floats and what programs do to them, never by the library.
"""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

import assessment
from assessment.analysis.reconcile.compare import Reconciliation

RULES = """
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 20 points
    ROUND
    compare rounded
    policies { missing: error; undefined: zero; ties: min }
    rank within group; order total, indicator 1
    department sti "Science"
    GROUPS
    input one "One" in 亿元 { from sti; range >= 0 }
    input two "Two" in 亿元 { from sti; range >= 0 }
    indicator 1 "One" 10 points { by sti; cite "Annex" item 1; score = attain(one, target: 10 亿元) }
    indicator 2 "Two" 10 points { by sti; cite "Annex" item 2; score = attain(two, target: 10 亿元) }
    grade "good" >= 12 points; "other" otherwise
}
"""
# The score of an indicator is the input itself, up to 10.
REGIONS = "ABCDEFGHIJKLXYZ"
USUAL = "round indicator half-up to 2 places; total half-up to 1 place\n    carry full"

Table = dict[str, dict[str, object]]


def held(
    ones: list[str], table: Table, *, twos: list[str] | None = None, rounding: str = USUAL
) -> Reconciliation:
    counties, zones = "; ".join(REGIONS[:12][: len(ones)]), "; ".join(REGIONS[12 : len(ones)])
    groups = f'group county "Counties" {{ {counties} }}' + (
        f'; group zone "Zones" {{ {zones} }}' if zones else ""
    )
    rules = assessment.load(RULES.replace("ROUND", rounding).replace("GROUPS", groups))
    twos = twos or ["0"] * len(ones)
    data = {region: {"one": one, "two": two} for region, one, two in zip(REGIONS, ones, twos, strict=False)}
    return assessment.reconcile(rules, assessment.read_data(data, rules), table)


def column(figure: str, values: list[object]) -> Table:
    return {region: {figure: value} for region, value in zip(REGIONS, values, strict=False)}


def rounded(value: str | Fraction, places: int, mode: str) -> str:
    scaled = Fraction(value) * 10**places
    whole = {
        "half-up": lambda: math.floor(scaled + Fraction(1, 2)),
        "half-even": lambda: round(scaled),
        "up": lambda: math.ceil(scaled),
        "down": lambda: math.floor(scaled),
    }[mode]()
    return str(Decimal(whole).scaleb(-places))


# ── modes, in exact numbers ──────────────────────────────────────────────────────────────────────────────────────────

TIES = ["1.005", "2.675", "0.125", "4.345", "8.575", "0.375", "3.333", "2.346"]


@pytest.mark.parametrize(
    ("said", "done", "zh"),
    [
        ("half-up", "half-even", "四舍六入五成双"),
        ("half-up", "up", "进位"),
        ("half-up", "down", "舍去"),
        ("half-even", "half-up", "四舍五入"),
        ("half-even", "down", "舍去"),
        ("down", "half-up", "四舍五入"),
        ("up", "half-even", "四舍六入五成双"),
    ],
)
def test_a_table_rounded_in_another_mode_is_told_with_that_mode(said: str, done: str, zh: str) -> None:
    rounding = USUAL.replace("indicator half-up", f"indicator {said}")
    table = column("indicator 1", [rounded(one, 2, done) for one in TIES])
    found = held(TIES, table, rounding=rounding)
    (cause,) = found.causes
    assert (cause.kind, cause.against) == ("rounding mode", 0)
    assert f"indicators rounded `{done}` to 2 places" in cause.text.en
    assert f"指标按“{zh}”保留 2 位" in cause.text.zh
    assert len(cause.explains) == len(found.of("contradicted")) > 0


def test_half_even_shows_on_even_digits_only() -> None:
    # Of the six ties 1.005, 0.125 and 4.345 end in an even digit: 1.00, 0.12 and 4.34 for 1.01, 0.13 and 4.35.
    found = held(TIES, column("indicator 1", [rounded(one, 2, "half-even") for one in TIES]))
    assert [one.published.text for one in found.of("contradicted")] == ["1.00", "0.12", "4.34"]


def test_modes_that_no_figure_tells_apart_are_all_named() -> None:
    # Of numbers above zero `down` and `truncate` cut the same digits off.
    found = held(TIES, column("indicator 1", [rounded(one, 2, "down") for one in TIES]))
    (cause,) = found.causes
    told = [(one.kind, one.text.en) for one in (cause, *cause.others)]
    assert told == [
        ("rounding mode", "indicators rounded `down` to 2 places, where the rules say `half-up`"),
        ("rounding mode", "everything rounded `down`"),
        ("rounding mode", "indicators rounded `truncate` to 2 places, where the rules say `half-up`"),
        ("rounding mode", "everything rounded `truncate`"),
        ("binary floats", "calculated in binary floats and cut off"),
    ]


# ── habits of programs with binary floats ────────────────────────────────────────────────────────────────────────────

# As floats 1.005 and 4.345 lie below the tie, but 434.5 does not; 8.575 times 100 is below 857.5; 0.29 times 100 below 29, 0.07
# times 100 above 7; one value is a tie to 15 digits only, one to 9 decimals only.
HARD = [
    "1.005",
    "2.675",
    "0.125",
    "4.345",
    "0.29",
    "0.07",
    "0.12499999999999999",
    "0.1249999995",
    "3.333",
    "2.346",
    "8.575",
]


def quantized(value: Decimal) -> float:
    return float(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


HABITS: dict[str, Callable[[float], float]] = {
    "Python's `round`": lambda value: round(value, 2),
    "`toFixed`": lambda value: quantized(Decimal(value)),
    "`np.round`": lambda value: round(value * 100) / 100,
    "adding a half": lambda value: math.floor(value * 100 + 0.5) / 100,
    "small number added": lambda value: math.floor((value + 1e-9) * 100 + 0.5) / 100,
    "`ROUND` of spreadsheets": lambda value: quantized(Decimal(f"{value:.15g}")),
    "cut off": lambda value: math.trunc(value * 100) / 100,
    "raised": lambda value: math.ceil(value * 100) / 100,
}


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_program_makes_of_floats_is_told_with_its_habit(habit: str) -> None:
    table = column("indicator 1", [repr(HABITS[habit](float(one) / 10 * 10)) for one in HARD])
    found = held(HARD, table)
    (cause,) = found.causes
    assert (cause.kind, cause.against, cause.others) == ("binary floats", 0, ())
    assert habit in cause.text.en
    assert len(cause.explains) == len(found.of("contradicted")) > 0


def test_numpy_rounds_as_the_habit_says() -> None:
    numpy = pytest.importorskip("numpy")
    assert [float(numpy.round(float(one), 2)) for one in HARD] == [
        HABITS["`np.round`"](float(one)) for one in HARD
    ]


def test_floats_cut_off_are_told_where_the_rules_cut_off_as_well() -> None:
    # 0.29, 0.57 and 1.13 end at two places, and nothing is there to cut off, but in floats 28.999…, 56.999…, 112.999….
    ones = ["0.29", "0.57", "1.13", "2.346"]
    table = column("indicator 1", [math.trunc(float(one) * 100) / 100 for one in ones])
    found = held(ones, table, rounding=USUAL.replace("indicator half-up", "indicator truncate"))
    (cause,) = found.causes
    assert (cause.kind, len(cause.explains)) == ("binary floats", 3)
    assert "cut off" in cause.text.en


def test_a_threshold_missed_by_a_float_is_told() -> None:
    # 0.7 + 0.1 + … is none of it: 7 / 10 × 10 and 5 / 10 × 10 are exact, but 1.1 + 2.2 is 3.3000000000000003 in floats,
    # which `up` to one place makes 3.4.
    assert 1.1 + 2.2 == 3.3000000000000003
    table: Table = {"A": {"total": "3.4"}, "B": {"total": "3.0"}, "C": {"total": "0.3"}}
    found = held(
        ["1.1", "1", "0.1"],
        table,
        twos=["2.2", "2", "0.2"],
        rounding=USUAL.replace("total half-up", "total up"),
    )
    assert [one.status for one in found.judgements] == ["contradicted", "equal", "equal"]
    # 0.1 + 0.2 is 0.30000000000000004, so a table in which floats went up would have 0.4 there: floats do not explain it.
    assert found.causes[0].kind in ("wrong figure", "binary floats")


# ── places and stages ────────────────────────────────────────────────────────────────────────────────────────────────


def test_fewer_places_are_told() -> None:
    # 1.24 → 1.2, 2.25 → 2.3, 3.333 → 3.3, 4.06 → 4.1
    found = held(["1.24", "2.25", "3.333", "4.06"], column("indicator 1", ["1.2", "2.3", "3.3", "4.1"]))
    (cause,) = found.causes
    assert cause.kind == "rounding places"
    assert {one.kind for one in cause.others} == {"rounding stage"}  # not rounded, and shown to one place
    assert cause.text.en == "indicators rounded to 1 place, where the rules say 2"


def test_rounding_at_a_stage_of_which_the_rules_say_nothing_is_told() -> None:
    # 1.25 + 2.25 = 3.5; each to one place makes 1.3 + 2.3 = 3.6. 1.24 + 2.24 = 3.48 → 3.5, but 1.2 + 2.2 = 3.4.
    table: Table = {"A": {"total": "3.6"}, "B": {"total": "3.4"}, "C": {"total": "7.0"}}
    found = held(
        ["1.25", "1.24", "3"],
        table,
        twos=["2.25", "2.24", "4"],
        rounding="round total half-up to 1 place\n    carry full",
    )
    (cause,) = found.causes
    assert (cause.kind, len(cause.explains)) == ("rounding stage", 2)
    assert "indicators" in cause.text.en
    assert "rounded scores added up" in cause.text.en


def test_a_stage_left_out_is_told() -> None:
    # 1.004 + 2.004 = 3.008 → 3.01; of rounded indicators 1.00 + 2.00 = 3.00 by the rules. 1.006 + 2.008 = 3.014 → 3.01, not 3.02.
    table: Table = {"A": {"total": "3.01"}, "B": {"total": "3.01"}, "C": {"total": "7.00"}}
    found = held(
        ["1.004", "1.006", "3"],
        table,
        twos=["2.004", "2.008", "4"],
        rounding="round indicator half-up to 2 places; total half-up to 2 places\n    carry rounded",
    )
    (cause,) = found.causes
    told = [(cause.kind, cause.text.en), *((one.kind, one.text.en) for one in cause.others)]
    assert ("carry", "full scores added up, where the rules carry rounded ones") in told
    assert ("rounding stage", "only the total rounded") in told


def test_a_workbook_of_unrounded_figures_that_only_shows_two_places_is_told() -> None:
    ones = ["1.2345", "2.3456", "3.4567"]
    (cause,) = held(ones, column("indicator 1", [float(one) for one in ones])).causes
    told = [cause.text.en, *(one.text.en for one in cause.others)]
    assert "nothing rounded on the way, the figure only shown to its places" in told


# ── ranks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ties_that_the_table_does_not_break_are_told() -> None:
    # A and B both have 5.0; by the rules A is before B, since it has more of indicator 1.
    found = held(["3", "2", "1"], column("rank", [1, 1, 3]), twos=["2", "3", "1"])
    (cause,) = found.causes
    assert (cause.kind, len(cause.explains)) == ("tie-break", 1)


def test_ranks_in_another_field_are_told() -> None:
    ones = [str(10 - place / 2) for place in range(15)]
    places = [*range(1, 16)]
    found = held(ones, column("rank in group", places))
    # The zones X, Y and Z are the last three of all, and the first, second and third of their group.
    (cause,) = found.causes
    assert (cause.kind, len(cause.explains)) == ("field of ranks", 3)


def test_ranks_on_full_scores_are_told() -> None:
    # 5.04 and 5.01 are both 5.0; A has less of indicator 1 and is second by the rules.
    found = held(["1.04", "2.01"], column("rank", [1, 2]), twos=["4", "3"])
    (cause,) = found.causes
    assert (cause.kind, len(cause.explains)) == ("compare", 2)


# ── more than one thing at a time ────────────────────────────────────────────────────────────────────────────────────


def test_a_cause_that_explains_all_but_one_figure_leaves_a_wrong_one() -> None:
    cut = [rounded(one, 2, "down") for one in HARD]
    cut[8] = "3.53"
    found = held(HARD, column("indicator 1", list(cut)))
    first, second = found.causes
    assert first.kind == "rounding mode"
    assert len(first.explains) == len(found.of("contradicted")) - 1
    assert second.kind == "wrong figure"
    assert second.hints[0].en == "one digit differs: 5 stands for 3"


def test_two_causes_of_different_figures_are_told_one_after_the_other() -> None:
    # Indicators cut off, and ties of the ranks left unbroken.
    ones, twos = ["3.337", "2.228", "1.119"], ["2.228", "3.337", "1.119"]
    table = column("rank", [1, 1, 3])
    for region, one, two in zip("ABC", ones, twos, strict=True):
        table[region] |= {"indicator 1": rounded(one, 2, "down"), "indicator 2": rounded(two, 2, "down")}
    found = held(ones, table, twos=twos)
    assert [(one.kind, len(one.explains)) for one in found.causes] == [("rounding mode", 6), ("tie-break", 1)]


def test_two_changes_of_the_same_figures_are_told_together() -> None:
    # Indicators are rounded to the even digit, and totals are sums of these: 1.005 + 1.005 is 2.01 by the rules, 2.00 in the
    # table, which neither of the two changes gives alone.
    ones = ["1.005", "3.005", "5.005", "1.115", "2.225", "1.0045", "1.0049", "2.333"]
    table: Table = {}
    for region, one in zip(REGIONS, ones, strict=False):
        score = rounded(one, 2, "half-even")
        table[region] = {
            "indicator 1": score,
            "indicator 2": score,
            "total": rounded(2 * Fraction(score), 2, "half-up"),
        }
    found = held(ones, table, twos=ones, rounding=USUAL.replace("to 1 place", "to 2 places"))
    first, second = found.causes
    told = [(one.kind, one.text.en) for one in (first, *first.others)]
    assert (
        "rounding mode",
        "indicators rounded `half-even` to 2 places, where the rules say `half-up`",
    ) in told
    assert (first.besides, first.against, len(first.explains)) == (None, 0, 8)
    assert second.kind == "carry"
    assert (second.besides, second.against, len(second.explains)) == (0, 0, 8)
