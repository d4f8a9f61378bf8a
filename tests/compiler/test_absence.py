"""What becomes of scores that are not there; the working of every figure stands beside it."""

from fractions import Fraction

import pytest

import assessment
from assessment.core.absence import Absence

HEAD = """
assessment t.absence for 2018 {
    total %s points
    round none
    policies { %s }
    rank none
    group county { East; West; North }
    group zone { Park; Harbour }
    %s
    input a in %% { range 0%% to 100%% }
    input b in %% { range 0%% to 100%% }
    input c in %% { range 0%% to 100%% }
    %s
}
"""
FULL = {"a": "100%", "b": "100%", "c": "100%"}


@pytest.fixture
def run():
    def run(body, data, *, policies="missing: error; not applicable: full", more="", total=10):
        rules = assessment.load(HEAD % (total, policies, more, body))
        regions = dict.fromkeys(("East", "West", "North", "Park", "Harbour"), FULL)
        return rules.evaluate(assessment.read_data({**regions, **data}, rules))

    return run


def rates(result, path="indicator 1"):
    return {
        one.region: line.status if isinstance(line.status, Absence) else line.rate.value
        for one in result
        for line in one.breakdown.root.walk()
        if line.id == path
    }


def possible(result, region):
    return {line.id: line.possible.value for line in result[region].breakdown.root.walk()}


def steps(result, region, path, lang="en"):
    from assessment.audit.sentences import sentence

    line = next(line for line in result[region].breakdown.root.walk() if line.id == path)
    return [sentence(step, lang, line=line) for step in line.steps]


TWO = "indicator 1 6 points = judged(a)  indicator 2 4 points = judged(b)"


# ── rates, peers, references ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("policy", "rate"),
    [
        ("zero", 0),
        ("0%", 0),
        ("60%", Fraction(3, 5)),
        ("33.3%", Fraction(333, 1000)),
        ("100%", 1),
        ("full", 1),
    ],
)
def test_a_fixed_rate_takes_the_place_of_what_is_missing(run, policy, rate):
    result = run(TWO, {"East": {"b": "100%"}}, policies=f"missing: {policy}")
    assert rates(result)["East"] == rate
    assert result["East"].breakdown.root.exact.value == rate * 6 + 4


@pytest.mark.parametrize(
    ("policy", "rate"),
    [
        # West 20 %, North 50 %; the zones have 100 % each, East itself has nothing.
        ("peer mean within group, otherwise zero", Fraction(35, 100)),
        ("peer mean within all, otherwise zero", Fraction(270, 400)),
        ("peer lowest within group, otherwise zero", Fraction(20, 100)),
        ("reference North, otherwise zero", Fraction(1, 2)),
        ("reference Park, otherwise zero", Fraction(1)),
    ],
)
def test_peers_and_references_give_the_rates_of_their_own_data(run, policy, rate):
    data = {"East": {"b": "100%"}, "West": {**FULL, "a": "20%"}, "North": {**FULL, "a": "50%"}}
    result = run(TWO, data, policies=f"missing: {policy}")
    assert rates(result)["East"] == rate


def test_peers_who_miss_the_figure_too_do_not_count(run):
    data = {"East": {"b": "100%"}, "West": {"b": "100%"}, "North": {**FULL, "a": "50%"}}
    result = run(TWO, data, policies="missing: peer mean within group, otherwise zero")
    # Only North has a figure: both of the others get its 50 %, and North keeps its own.
    assert rates(result) == {
        "East": Fraction(1, 2),
        "West": Fraction(1, 2),
        "North": Fraction(1, 2),
        "Park": 1,
        "Harbour": 1,
    }


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [
        ("zero", 0),
        ("25%", Fraction(1, 4)),
        ("peer mean within all, otherwise zero", 1),
        ("not computed", Absence.NOT_REPORTED),
        ("rescale in category", Absence.NOT_REPORTED),
    ],
)
def test_where_no_peer_has_a_figure_the_rule_for_that_holds(run, otherwise, expected):
    data = {name: {"b": "50%"} for name in ("East", "West", "North")}
    result = run(TWO, data, policies=f"missing: peer mean within group, otherwise {otherwise}")
    assert rates(result)["East"] == expected
    root = result["East"].breakdown.root
    if otherwise == "not computed":
        assert root.status is Absence.NOT_REPORTED
    if otherwise == "rescale in category":
        # Indicator 2 has all 10 points then, of which half is 5.
        assert root.exact.value == 5


def test_a_region_whose_score_is_exempt_is_no_peer(run):
    body = "indicator 1 10 points { not applicable to zone -> full; score = judged(a) }"
    data = {"East": {"b": "0%"}, "West": {**FULL, "a": "0%"}, "North": {**FULL, "a": "40%"}}
    result = run(body, data, policies="missing: peer mean within all, otherwise full")
    # The zones would have 100 %, but it does not apply to them: (0 + 40) / 2.
    assert rates(result)["East"] == Fraction(1, 5)


def test_what_does_not_apply_can_be_given_what_others_earn(run):
    body = "indicator 1 10 points { not applicable to zone -> peer mean within all, otherwise zero; score = judged(a) }"
    data = {"East": {**FULL, "a": "0%"}, "West": {**FULL, "a": "30%"}, "North": {**FULL, "a": "60%"}}
    assert rates(run(body, data))["Park"] == Fraction(3, 10)


def test_the_step_of_a_peer_mean_lists_the_peers(run):
    result = run(TWO, {"East": {"b": "100%"}}, policies="missing: peer mean within group, otherwise zero")
    line = next(line for line in result["East"].breakdown.root.walk() if line.id == "indicator 1")
    (step,) = [step for step in line.steps if step.kind == "policy"]
    (field,) = step.fields
    assert [(m.region, m.counted) for m in field.members] == [
        ("East", False),
        ("West", True),
        ("North", True),
    ]
    assert step.span.text == "missing: peer mean within group, otherwise zero"


# ── where a policy stands ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_nearest_policy_holds_and_the_record_says_where_it_stands(run):
    body = """
    category x "Strength" {
        policies { missing: 50% }
        indicator 1 4 points = judged(a)
        indicator 2 4 points { policies { missing: zero } score = judged(b) }
    }
    indicator 3 2 points join sum {
        part p 1 points { policies { missing: 10% } score = judged(c) }
        part q 1 points = judged(c)
    }
    """
    result = run(body, {"East": {}}, policies="missing: full; withheld: zero")
    found = {
        path: rates(result, path)["East"]
        for path in ("indicator 1", "indicator 2", "indicator 3.p", "indicator 3.q")
    }
    assert found == {
        "indicator 1": Fraction(1, 2),
        "indicator 2": 0,
        "indicator 3.p": Fraction(1, 10),
        "indicator 3.q": 1,
    }
    # 4 × 1/2 + 0 + 1/10 + 1
    assert result["East"].breakdown.root.exact.value == Fraction(31, 10)
    assert steps(result, "East", "indicator 1")[-2] == (
        "by the rule “missing: 50% (stated for Strength)” the rate is 50%"
    )
    assert (
        steps(result, "East", "indicator 1", "zh")[-2]
        == "按规则“缺失：50%（“Strength”的约定）”，得分率取 50%"
    )
    assert steps(result, "East", "indicator 3.q")[-2] == "by the rule “missing: full” the rate is 100%"


def test_a_policy_that_passes_points_on_is_a_step_too(run):
    result = run(TWO, {"East": {"b": "100%"}}, policies="missing: rescale in category")
    assert steps(result, "East", "indicator 1")[-1] == (
        "by the rule “missing: rescale in category” this is not reported"
    )


def test_error_for_missing_holds_for_the_bodies_that_do_not_say_otherwise(run):
    body = "category x { policies { missing: zero } indicator 1 6 points = judged(a) } indicator 2 4 points = judged(b)"
    assert rates(run(body, {"East": {"b": "100%"}}))["East"] == 0
    with pytest.raises(assessment.DataError) as caught:
        run(body, {"East": {"a": "100%"}})
    assert [found.code for found in caught.value.diagnostics] == ["data-missing"]


# ── whom it applies to ───────────────────────────────────────────────────────────────────────────────────────────────

MOUNTAIN = 'class mountain "Mountain" { East; Park }'


@pytest.mark.parametrize(
    ("statement", "exempt"),
    [
        ("not applicable to mountain", {"East", "Park"}),
        ("not applicable to East", {"East"}),
        ('not applicable to "East", zone', {"East", "Park", "Harbour"}),
        ("applies to mountain", {"West", "North", "Harbour"}),
        ("applies to county; not applicable to West", {"West", "Park", "Harbour"}),
        ("applies to zone, North", {"East", "West"}),
        ("not applicable to zone when mountain", {"Park"}),
        ("not applicable to all when not mountain", {"West", "North", "Harbour"}),
        ("applies to mountain when a > 50%", {"West", "North", "Harbour", "Park"}),
    ],
)
def test_groups_classes_and_regions_are_exempt_alike(run, statement, exempt):
    body = f"indicator 1 10 points {{ {statement}; score = judged(a) }}"
    data = {name: {**FULL, "a": "60%"} for name in ("East", "West", "North", "Harbour")} | {
        "Park": {**FULL, "a": "50%"}
    }
    result = run(body, data, more=MOUNTAIN, policies="missing: error; not applicable: zero")
    assert {name for name, rate in rates(result).items() if rate == 0} == exempt


def test_a_class_may_be_a_column_of_the_data(run):
    body = "indicator 1 10 points { not applicable to poor; score = judged(a) }"
    data = {
        name: {**FULL, "a": "50%", "Poor": poor}
        for name, poor in [("East", "是"), ("West", "no"), ("North", "否"), ("Park", True), ("Harbour", "0")]
    }
    result = run(body, data, more='class poor "Poor"')
    assert {name for name, rate in rates(result).items() if rate == 1} == {"East", "Park"}


def test_whether_a_class_of_the_data_holds_may_be_missing_and_needs_the_policy(run):
    body = (
        "indicator 1 6 points { not applicable to poor; score = judged(a) } indicator 2 4 points = judged(b)"
    )
    data = {name: {**FULL, "poor": "no"} for name in ("East", "West", "North", "Park")} | {"Harbour": FULL}
    result = run(body, data, more="class poor", policies="missing: 20%; not applicable: full")
    assert rates(result)["Harbour"] == Fraction(1, 5)


# ── the zone of practice.md 2.14 ─────────────────────────────────────────────────────────────────────────────────────

# The points of the document, 28 + 44 + 28; a zone is without 1, 4 and 7 and keeps 76.
POINTS = {1: 10, 2: 10, 3: 8, 4: 6, 5: 10, 6: 8, 7: 8, 8: 6, 9: 6, 10: 8, 11: 8, 12: 6, 13: 6}


def document(then):
    def indicator(number):
        statement = f"not applicable to zone -> {then}" if number in (1, 4, 7) else ""
        return f"indicator {number} {POINTS[number]} points {{ {statement} score = judged(a) }}"

    categories = {"x": range(1, 4), "y": range(4, 10), "z": range(10, 14)}
    return "\n".join(
        f"category {name} {{ {' '.join(map(indicator, of))} }}" for name, of in categories.items()
    )


@pytest.mark.parametrize(
    ("then", "five", "two", "ten"),
    [
        # over all: each of the 76 points counts 100/76
        ("rescale over all", Fraction(10 * 100, 76), Fraction(10 * 100, 76), Fraction(8 * 100, 76)),
        # in the category: 44 points for the 30 that are left, 28 for 18; the third category stays
        ("rescale in category", Fraction(10 * 44, 30), Fraction(10 * 28, 18), Fraction(8)),
    ],
)
def test_the_zone_without_items_1_4_and_7(run, then, five, two, ten):
    result = run(document(then), {}, total=100)
    found = possible(result, "Park")
    assert (found["indicator 5"], found["indicator 2"], found["indicator 10"]) == (five, two, ten)
    # 13.16 and 14.67, 15.56 as the document's critics give them
    assert round(float(five), 2) in (13.16, 14.67)
    assert sum(found[f"indicator {number}"] for number in POINTS) == 100
    assert possible(result, "East")["indicator 5"] == 10


def test_a_sentence_says_what_was_shared_out_over_all(run):
    from assessment.audit.lines import redistribution

    result = run(document("rescale over all"), {}, total=100)
    lines = {line.id: line for line in result["Park"].breakdown.root.walk()}
    five = redistribution(lines["indicator 5"], lines["category y"], "en")
    assert "10 points × 100 ÷ 76" in five
    one = redistribution(lines["indicator 1"], lines["category x"], "zh")
    assert one == "本项不适用，10 分由全部仍计分的项目按分值分摊"


def test_both_words_may_stand_in_one_file(run):
    # 1 (6 points) goes to its sibling 2 (2 points), which then has 8; 3 (2 points) is left out over all: 8 of 10 are
    # still scored, and the 8 are raised to 10.
    body = """
    category x { indicator 1 6 points { not applicable to zone -> rescale in category; score = judged(a) }
                 indicator 2 2 points = judged(b) }
    category y { indicator 3 2 points { not applicable to zone -> rescale over all; score = judged(c) } }
    """
    assert possible(run(body, {}), "Park") == {
        "total": 10,
        "category x": 10,
        "indicator 1": 0,
        "indicator 2": 10,
        "category y": 0,
        "indicator 3": 0,
    }


def test_weights_of_an_index_are_rescaled_by_the_same_two_words():
    text = """
    assessment t.index for 2018 {{
        result score on 0 to 1, published half-up to 6 places, ranked on full
        policies {{ missing: {policy}; ties: min }}
        input a in % {{ range 0% to 100% }}
        input b in % {{ range 0% to 100% }}
        input c in % {{ range 0% to 100% }}
        category x weight 1 {{ indicator 1 weight 3 = judged(a) indicator 2 weight 1 = judged(b) }}
        category y weight 1 {{ indicator 3 weight 1 = judged(c) }}
    }}
    """
    found = {}
    for policy in ("rescale in category", "rescale over all"):
        rules = assessment.load(text.format(policy=policy))
        result = rules.evaluate(assessment.read_data({"R": {"b": "40%", "c": "90%"}}, rules))
        found[policy] = result["R"].breakdown.root.exact.value
    # In the category: x is its indicator 2 alone, (0.4 + 0.9) / 2.
    # Over all: effective weights are 1/8 for indicator 2 and 1/2 for indicator 3, (0.4/8 + 0.9/2) / (5/8) = 0.8.
    assert found == {"rescale in category": Fraction(65, 100), "rescale over all": Fraction(8, 10)}


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# Four leaves of 4, 2, 1 and 1 points, two of them in an indicator.
COVERED = """
category x "X" {
    %s
    indicator 1 4 points = judged(a)
    indicator 2 2 points { %s score = judged(b) }
    indicator 3 2 points {
        part p 1 points = judged(c)
        part q 1 points = judged(c)
    }
}
indicator 4 2 points = judged(c)
"""
NOTHING = "missing: rescale in category; not applicable: rescale in category"


@pytest.mark.parametrize(
    ("threshold", "of", "covered"),
    [
        # East reports b and c: of the leaves 3 in 4, with 2 + 1 + 1 of 8 points.
        ("3/4", "of leaves by count", True),
        ("76%", "of leaves by count", False),
        ("50%", "of leaves by weight", True),
        ("50.1%", "of leaves by weight", False),
        # Of the direct children 2 in 3, with 2 + 2 of 8 points.
        ("2/3", "of children by count", True),
        ("67%", "of children by count", False),
        ("50%", "of children by weight", True),
        ("51%", "of children by weight", False),
    ],
)
def test_coverage_on_the_threshold_is_enough(run, threshold, of, covered):
    asked = f"coverage at least {threshold} {of}, not applicable counted -> zero"
    result = run(COVERED % (asked, ""), {"East": {"b": "100%", "c": "100%"}}, policies=NOTHING)
    # Indicator 4 always gives 2; X gives its 8 points, since all that is reported is full.
    assert result["East"].breakdown.root.exact.value == (10 if covered else 2)


@pytest.mark.parametrize(
    ("exempt", "threshold", "covered"),
    [
        # Park reports a only; b does not apply to it: of the others 1 leaf in 3, of all 1 in 4.
        ("left out", "1/3", True),
        ("left out", "34%", False),
        ("counted", "1/4", True),
        ("counted", "1/3", False),
    ],
)
def test_what_does_not_apply_leaves_the_whole_or_not(run, exempt, threshold, covered):
    asked = f"coverage at least {threshold} of leaves by count, not applicable {exempt} -> zero"
    body = COVERED % (asked, "not applicable to zone")
    result = run(body, {"Park": {"a": "100%"}}, policies=NOTHING)
    total = result["Park"].breakdown.root.exact.value
    # Nothing is known of indicator 4 and its points go to X; without X nothing is left but zero.
    assert total == (10 if covered else 0)


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("-> zero", 2),
        ("-> full", 10),
        ("-> 50%", 6),
        ("-> not computed", Absence.NOT_REPORTED),
        # The 8 points of X go to indicator 4, which then has 10.
        ("-> rescale in category", 10),
        # What is missing is rescaled in its category: the rule repeats one level up.
        ("", 10),
    ],
)
def test_what_is_not_covered_is_disposed_of_one_level_up(run, then, expected):
    asked = f"coverage at least 90% of leaves by count, not applicable left out {then}"
    result = run(COVERED % (asked, ""), {"East": {"b": "100%", "c": "100%"}}, policies=NOTHING)
    root = result["East"].breakdown.root
    assert (root.status if isinstance(root.status, Absence) else root.exact.value) == expected
    if "rescale" in then or not then:
        assert possible(result, "East")["category x"] == 0
        assert possible(result, "East")["indicator 4"] == 10


@pytest.mark.parametrize("word", ["rescale in category", "rescale over all"])
def test_nothing_reported_does_no_better_than_too_little(run, word):
    asked = "coverage at least 50% of leaves by weight, not applicable counted -> zero"
    body = f"category x {{ {asked} indicator 1 5 points = judged(a) indicator 2 3 points = judged(b) }} indicator 3 2 points = judged(c)"
    result = run(
        body, {"East": {"c": "100%"}, "West": {"b": "100%", "c": "100%"}}, policies=f"missing: {word}"
    )
    # East reports nothing of x and West 3 points of 8: x keeps its 8 points, is worth nothing, and 2 are left.
    for region in ("East", "West"):
        assert result[region].breakdown.root.exact.value == 2
        assert possible(result, region)["category x"] == 8


def test_policies_give_scores_but_no_coverage(run):
    asked = "coverage at least 60% of leaves by count, not applicable left out -> zero"
    result = run(COVERED % (asked, ""), {"East": {"c": "100%"}}, policies="missing: full")
    # Two leaves in four have data; that the others get full marks covers nothing.
    assert result["East"].breakdown.root.exact.value == 2
    line = next(line for line in result["East"].breakdown.root.walk() if line.id == "category x")
    assert line.coverage.value == Fraction(1, 2)
    assert steps(result, "East", "category x")[-2:] == [
        f"coverage: 2 ÷ 4 = 50%; “{asked}” is not met",
        "by the rule “not covered: zero” the value is 0 points",
    ]
    assert steps(result, "East", "category x", "zh")[-1] == "按规则“覆盖不足：零分”，取 0 分"


def test_a_child_below_its_own_threshold_covers_nothing_above(run):
    body = """
    coverage at least 1/2 of children by count, not applicable left out -> not computed
    category x { coverage at least 100% of leaves by count, not applicable left out -> zero
                 indicator 1 4 points = judged(a)  indicator 2 1 points = judged(b) }
    category y { indicator 3 5 points = judged(c) }
    """
    one = run(body, {"East": {"b": "100%"}, "West": {"c": "40%"}}, policies=NOTHING)
    # East: x has one leaf of two, so it is below its threshold; y has nothing: no child of two is covered.
    assert one["East"].status is Absence.NOT_REPORTED
    # West: y is covered, one in two; x has no data at all, is below its threshold too and counts as zero: 5 × 40 %.
    assert one["West"].breakdown.root.exact.value == 2


# ── estimates ────────────────────────────────────────────────────────────────────────────────────────────────────────

ESTIMATED = """
assessment t.estimate for 2018 {
    total 10 points
    round none
    policies { missing: zero; not applicable: zero; all equal: full; undefined: zero }
    rank none
    group county { East; West; North }
    input a in %% { range 0%% to 100%% }
    input b in %% { range 0%% to 100%% }
    %s
    %s
}
"""
DATA = {
    2018: {"East": {"a": "80%", "b": "100%"}, "West": {"b": "100%"}, "North": {"a": "20%", "b": "100%"}},
    2017: {"East": {"a": "10%"}, "West": {"a": "60%"}, "North": {"a": "70%"}},
}


def estimated(estimate, body="indicator 1 6 points = judged(a) indicator 2 4 points = judged(b)", data=DATA):
    rules = assessment.load(ESTIMATED % (estimate, body))
    return rules.evaluate(assessment.read_data(data, rules))


def statuses(result, region):
    return {line.id: line.status for line in result[region].breakdown.root.walk()}


def test_an_estimate_stands_for_what_is_not_reported_and_for_nothing_else():
    result = estimated("estimate a = a[-1] when not reported")
    assert rates(result) == {"East": Fraction(4, 5), "West": Fraction(3, 5), "North": Fraction(1, 5)}
    assert statuses(result, "West") == {
        "total": "estimated",
        "indicator 1": "estimated",
        "indicator 2": "scored",
    }
    assert set(statuses(result, "East").values()) == {"scored"}


def test_an_estimate_takes_the_report_of_the_earlier_year_and_never_its_estimate():
    data = {2018: {"West": {"b": "100%"}}, 2017: {"West": {"b": "0%"}}, 2016: {"West": {"a": "60%"}}}
    result = estimated("estimate a = a[-1] when not reported", data=data)
    # 2017 was not reported either: there is no estimate, and what is missing gives zero.
    assert rates(result)["West"] == 0
    assert statuses(result, "West")["indicator 1"] == "scored"
    assert steps(result, "West", "indicator 1")[0] == (
        "a is not reported, and “estimate a = a[-1] when not reported” gives no estimate (a (2017) not reported)"
    )


@pytest.mark.parametrize(
    ("statuses_", "rate"),
    [("withheld", 1), ("not reported", 0), ("not reported or withheld", 1), ("absent", 1)],
)
def test_an_estimate_is_for_the_absences_it_names(statuses_, rate):
    data = {2018: {"West": {"a": "保密", "b": "100%"}}}
    rules = assessment.load(
        (ESTIMATED % (f"estimate a = b when {statuses_}", "indicator 1 10 points = judged(a)")).replace(
            "missing: zero", "missing: zero; withheld: zero"
        )
    )
    assert rates(assessment.RuleSet.evaluate(rules, assessment.read_data(data, rules)))["West"] == rate


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # In statistics: 20, 60, 80 → East 1, West (60 − 20)/60, North 0.
        ("in statistics", {"East": 1, "West": Fraction(2, 3), "North": 0}),
        # Outside: the bounds are those of East and North, 20 and 80, and West is held to them all the same.
        ("outside statistics", {"East": 1, "West": Fraction(2, 3), "North": 0}),
    ],
)
def test_bounds_of_the_field(fields, expected):
    result = estimated(
        f"estimate a = a[-1] when not reported, {fields}", "indicator 1 10 points = minmax(a, within: all)"
    )
    assert rates(result) == expected


@pytest.mark.parametrize(
    ("fields", "mean"),
    # The mean of 80, 60 and 20 is 160/3, that of the two reports 50.
    [("in statistics", Fraction(160, 300)), ("outside statistics", Fraction(1, 2))],
)
def test_a_mean_counts_estimates_or_leaves_them_out(fields, mean):
    body = "indicator 1 10 points { score = attain(a / mean(a, within: all), target: 2) }"
    result = estimated(f"estimate a = a[-1] when not reported, {fields}", body)
    assert rates(result)["East"] == Fraction(4, 5) / mean / 2


@pytest.mark.parametrize(
    ("fields", "rate"), [("in statistics", Fraction(2, 5)), ("outside statistics", Fraction(1, 5))]
)
def test_peers_whose_figure_is_estimated_count_as_the_estimate_says(fields, rate):
    body = "indicator 1 10 points { policies { missing: peer mean within all, otherwise zero } score = judged(a) }"
    data = {2018: {"East": {}, "West": {}, "North": {"a": "20%"}}, 2017: {"West": {"a": "60%"}}}
    # East has nothing; West is estimated at 60 %, North reports 20 %.
    assert rates(estimated(f"estimate a = a[-1] when not reported, {fields}", body, data))["East"] == rate


def test_what_an_estimate_needs_is_required_only_where_it_is_made():
    text = (
        ESTIMATED % ("estimate a = a[-1] when not reported", "indicator 1 10 points = judged(a)")
    ).replace("missing: zero", "missing: error")
    rules = assessment.load(text)
    result = rules.evaluate(assessment.read_data({2018: {"East": {"a": "30%"}}}, rules))
    assert rates(result)["East"] == Fraction(3, 10)
    with pytest.raises(assessment.DataError) as caught:
        rules.evaluate(assessment.read_data({2018: {"East": {"b": "30%"}}}, rules))
    assert "data-missing" in [found.code for found in caught.value.diagnostics]


def test_an_exempt_region_rests_on_no_estimate():
    body = "indicator 1 10 points { not applicable to West -> full; score = judged(a) }"
    assert (
        statuses(estimated("estimate a = a[-1] when not reported", body), "West")["indicator 1"] == "scored"
    )


def test_who_is_estimated_outside_statistics_has_no_place_among_the_others():
    body = "indicator 1 10 points { policies { not applicable: 10%; ties: min } score = by_rank(a, within: all, first: 100%, step: 20%) }"
    result = estimated("estimate a = a[-1] when not reported, outside statistics", body)
    # East 80 % is first, North 20 % second; West, estimated at 60 %, has no place and gets what the policy says.
    assert rates(result) == {"East": 1, "North": Fraction(4, 5), "West": Fraction(1, 10)}
    asked = ESTIMATED.replace("not applicable: zero; ", "ties: min; ")
    with pytest.raises(assessment.RulesError) as caught:
        assessment.load(
            asked
            % (
                "estimate a = a[-1] when not reported, outside statistics",
                body.replace("policies { not applicable: 10%; ties: min }", ""),
            )
        )
    assert [found.code for found in caught.value.diagnostics if found.severity.value == "error"] == [
        "no-not-applicable-policy"
    ]
