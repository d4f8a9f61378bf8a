"""Points that differ by group of regions: an item with other points for each group, or on the sheets of some groups only."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import assessment
from assessment.audit.json import to_json
from assessment.core.absence import Absence
from assessment.diagnostics.model import Source
from assessment.errors import RulesError
from assessment.report.html import result_html, rules_html
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules
from assessment.testing import laws

HEAD = """assessment sheets for 2018 "Sheets" {
    authority "Notice 1"
    total 100 points
    round none
    policies { missing: rescale in category; not applicable: rescale in category; undefined: zero; ties: min }
    rank within all
    order total full
    department office_dept "Office"
    group county "Counties" { 甲 }
    group zone "Zones" { 乙; 丙 }
    group office "Departments" { 丁 }
    input a "A" in % { range 0% to 100% }
    input b "B" in % { range 0% to 100% }
    input c "C" in % { range 0% to 100% }
"""

ITEMS = """
        indicator 1 "A" points by group { county: 60; zone: 54 points; office: 52 } = judged(a)
        indicator 2 ※ "B" points by group { county: none; zone: 6; office: 8 points } = judged(b)
        indicator 3 "C" 40 points = judged(c)
"""


def whole(items=ITEMS, head=HEAD):
    return head + f'    category main "Main" {{ by office_dept\n cite "Annex"\n{items} }}\n}}'


def scored(text, **rows):
    rules = assessment.load(text)
    table = {name: dict(zip("abc", row, strict=True)) for name, row in rows.items()}
    return rules.evaluate(assessment.read_data({2018: table}, rules))


ROWS = {"甲": (50, 10, 80), "乙": (50, 100, 80), "丙": (100, None, 50), "丁": (50, 25, 80)}


# 甲 has no second item: 60 × 50 % + 40 × 80 % = 62, and the 10 % of b count nowhere.
# 乙: 54 × 50 % + 6 × 100 % + 40 × 80 % = 65. 丁: 52 × 50 % + 8 × 25 % + 40 × 80 % = 60.
# 丙 lacks b, whose 6 points are shared out over 54 and 40: 100 × 54/94 + 100 × 40/94 × 50 % = 7400/94.
def test_each_group_has_its_own_points():
    found = scored(whole(), **ROWS)
    assert {one: found[one].exact for one in ROWS} == {
        "甲": 62,
        "乙": 65,
        "丙": Fraction(3700, 47),
        "丁": 60,
    }
    assert {one: found[one].rank for one in ROWS} == {"丙": 1, "乙": 2, "甲": 3, "丁": 4}


def line(found, region, name):
    return next(one for one in found[region].breakdown.root.walk() if one.id == name)


def test_the_breakdown_tells_which_points_and_for_which_group():
    found = scored(whole(), **ROWS)
    items = {
        (region, item): line(found, region, f"indicator {item}") for region in ("甲", "乙") for item in "123"
    }
    shown = {
        key: (None if one.points is None else one.points.value, one.points_for) for key, one in items.items()
    }
    assert shown == {
        ("甲", "1"): (60, "Counties"),
        ("甲", "2"): (None, "Counties"),
        ("甲", "3"): (40, None),
        ("乙", "1"): (54, "Zones"),
        ("乙", "2"): (6, "Zones"),
        ("乙", "3"): (40, None),
    }
    assert items["甲", "2"].status is Absence.NOT_APPLICABLE
    assert items["甲", "2"].possible.value == 0
    assert items["甲", "1"].possible.value == 60
    # Nothing was passed on, so nothing is said of it.
    record = to_json(found["甲"].breakdown)
    category = record["root"]["children"][0]
    assert [one["redistribution"] for one in category["children"]] == [None, None, None]
    assert [one["points_for"] for one in category["children"]] == ["Counties", "Counties", None]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["points by group: 6 points for Zones", "points by group: 54 points for Zones"]),
        ("zh", ["分值按组别：Zones 6 分", "分值按组别：Zones 54 分"]),
    ],
)
def test_the_explanation_says_for_which_group_points_are_stated(lang, told):
    text = scored(whole(), **ROWS)["乙"].explain(lang=lang)
    assert all(one in text for one in told)


def test_an_item_that_is_not_on_the_sheet_is_explained_by_the_words_of_the_rule():
    found = scored(whole(), **ROWS)["甲"]
    assert "by the rule “points by group, Counties: none” this is not applicable" in found.explain(lang="en")
    assert "按规则“分值按组别，Counties：无”，本项不适用" in found.explain(lang="zh")


def test_the_published_table_and_the_rule_set_show_the_points_of_every_group():
    rules = assessment.load(whole())
    first, second, third = rules.indicators
    assert first.points is None
    assert first.by_group == {"county": 60, "zone": 54, "office": 52}
    assert second.by_group == {"county": None, "zone": 6, "office": 8}
    assert (third.points, third.by_group) == (40, {})
    page = rules_html(rules.checked, "en")
    assert "Counties —, Zones 6 points, Departments 8 points" in page


def test_the_table_of_results_names_no_points_that_only_one_group_has():
    page = result_html(scored(whole(), **ROWS), "en")
    assert "2 ※ B (points by group)" in page
    assert "3 C (40 points)" in page


def test_both_spellings_are_one_tree_and_print_as_they_were():
    english = (
        'assessment x { indicator 1 points by group { a: 6 points; "b c": none } up to 120 % = judged(x) }'
    )
    chinese = "考核 x { 指标 1 分值按组别 { a：6 分；“b c”：无 } 至多 120 % = judged（x） }"
    files = [parse(Source(name="x", text=text))[0] for text in (english, chinese)]
    assert files[0] == files[1]
    assert files[0] is not None
    for lang in ("en", "zh"):
        assert parse(Source(name="x", text=print_rules(files[0], lang)))[0] == files[0]


def test_what_a_group_does_not_have_must_not_be_reported_for_it():
    text = whole().replace("missing: rescale in category", "missing: error")
    found = scored(text, 甲=(50, None, 80), 乙=(50, 2, 80), 丙=(2, 2, 2), 丁=(2, 2, 2))
    assert found["甲"].exact == 62


# An item that is not on the sheet stays out of it whatever else is said of whom it applies to.
@pytest.mark.parametrize(
    "said", ["not applicable to county -> zero", "not applicable to all when a >= 0% -> zero"]
)
def test_none_comes_before_whatever_else_is_said_of_whom_an_item_applies_to(said):
    items = ITEMS.replace("= judged(b)", f"{{ score = judged(b)\n {said} }}")
    found = scored(whole(items), **ROWS)
    assert found["甲"].exact == 62
    assert line(found, "甲", "indicator 2").status is Absence.NOT_APPLICABLE


def test_a_category_that_a_group_does_not_have_has_no_points_there():
    text = HEAD + (
        '    category main "Main" { by office_dept\n cite "Annex"\n'
        '    indicator 1 "A" points by group { county: 100; zone: 60; office: 60 } = judged(a) }\n'
        '    category more "More" { by office_dept\n cite "Annex"\n not applicable to all when a >= 0% -> zero\n'
        '    indicator 2 "B" points by group { county: none; zone: 30; office: 10 } = judged(b)\n'
        '    indicator 3 "C" points by group { county: none; zone: 10; office: 30 } = judged(c) }\n}'
    )
    found = scored(text, **dict.fromkeys(ROWS, (50, 100, 100)))
    # 甲: all 100 points are those of the first item. 乙, 丁: 60 × 50 %, and zero for what does not apply.
    assert {one: found[one].exact for one in ROWS} == {"甲": 50, "乙": 30, "丙": 30, "丁": 30}
    more = line(found, "甲", "category more")
    assert (more.points, more.possible.value, more.status) == (None, 0, Absence.NOT_APPLICABLE)


# Parts: 乙 has 10 points, 4 + 6; 甲 has 4, all in the first part. A cap in % goes with the points of the group:
# b reaches 120 % of 6, that is 7.2, and the indicator 120 % of 10, that is 12.
def test_parts_and_caps_go_with_the_points_of_the_group():
    items = """
        indicator 1 "A" points by group { county: 96; zone: 90; office: 90 } = judged(a)
        indicator 2 "B" points by group { county: 4; zone: 10; office: 10 } up to 120% {
            part first "First" 4 points = judged(c)
            part second "Second" points by group { county: none; zone: 6; office: 6 } up to 120%
                = attain(b, target: 50%, cap: 120%)
        }
    """
    text = whole(items, HEAD.replace("total 100 points", "total 100 points up to 110 points"))
    found = scored(text, 甲=(0, 60, 100), 乙=(0, 60, 100), 丙=(0, 61, 0), 丁=(0, 25, 50))
    # 丙: 61/50 = 122 %, held to 120 %. 丁: half of 6 and half of 4.
    assert {one: found[one].exact for one in ROWS} == {
        "甲": 4,
        "乙": Fraction("11.2"),
        "丙": Fraction("7.2"),
        "丁": 5,
    }


# Weights below share the points of the group: 甲 60 × (1/3 × 30 % + 2/3 × 60 %) = 30, 乙 54 × 50 % = 27.
@pytest.mark.parametrize(
    ("join", "exact"),
    [("mean", {"甲": 30, "乙": 27}), ("max", {"甲": 36, "乙": Fraction("32.4")}), ("harmonic", {"甲": 27})],
)
def test_weights_and_extremes_below_share_the_points_of_the_group(join, exact):
    weights = ("", "") if join == "max" else ("weight 1", "weight 2")
    items = f"""
        indicator 1 "A" points by group {{ county: 60; zone: 54; office: 52 }} join {join} {{
            part low "Low" {weights[0]} = judged(a)
            part high "High" {weights[1]} = judged(b)
        }}
        indicator 2 "B" points by group {{ county: none; zone: 6; office: 8 }} = judged(c)
        indicator 3 "C" 40 points = judged(c)
    """
    found = scored(whole(items), **dict.fromkeys(ROWS, (30, 60, 0)))
    assert {name: found[name].exact for name in exact} == exact
    if join == "harmonic":
        # (1 + 2) / (1/0.3 + 2/0.6) = 0.45
        assert line(found, "甲", "indicator 1").rate.value == Fraction("0.45")
    part = line(found, "甲", "indicator 1.high")
    assert part.points is not None
    assert part.points.value == (60 if join == "max" else 40)


# ── the law ──────────────────────────────────────────────────────────────────────────────────────────────────────────

GROUPS = ("county", "zone", "office")


@st.composite
def sheets(draw):
    """For every group the points of four items, None where it does not have one, that add up to 100; and their caps."""
    found = []
    for _ in GROUPS:
        ends = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
        found.append([b - a or None for a, b in zip((0, *ends), (*ends, 100), strict=True)])
    items = [dict(zip(GROUPS, points, strict=True)) for points in zip(*found, strict=True)]
    caps = draw(st.lists(st.sampled_from(["", " up to 120%", " up to none"]), min_size=4, max_size=4))
    caps[1] = draw(st.sampled_from([" up to 150%", " up to none"]))
    return list(zip(items, caps, strict=True))


LAW_HEAD = HEAD.replace("total 100 points", "total 100 points up to none")
FORMULAS = ("judged(a)", "attain(b, target: 50%, cap: 150%)", "judged(c)", "attain(a, target: 70%)")


def body(items, size, moved):
    lines = ""
    for place, (points, cap) in enumerate(items):
        stated = size(points)
        if stated is not None:
            more = f"policies {{ missing: {moved[place]} }}"
            lines += (
                f'        indicator {place + 1} "I" {stated}{cap} {{ score = {FORMULAS[place]}\n {more} }}\n'
            )
    return whole(lines, LAW_HEAD)


def by_group(points):
    if not any(points.values()):
        return None
    shown = (f"{name}: {'none' if value is None else value}" for name, value in points.items())
    return f"points by group {{ {'; '.join(shown)} }}"


figures = st.none() | st.integers(0, 100)


@settings(max_examples=60)
@given(
    sheets(),
    st.lists(
        st.sampled_from(["zero", "rescale in category", "rescale over all", "not computed", "60%"]),
        min_size=4,
        max_size=4,
    ),
    st.lists(st.tuples(figures, figures, figures), min_size=4, max_size=4),
)
def test_a_file_by_group_is_the_file_that_is_written_for_each_group_alone(items, moved, rows):
    table = {
        name: {key: value for key, value in zip("abc", row, strict=True) if value is not None}
        for name, row in zip(ROWS, rows, strict=True)
    }
    assume(any(table.values()))
    text = body(items, by_group, moved)
    mine = assessment.load(text)
    together = mine.evaluate(assessment.read_data({2018: table}, mine))
    for group, members in zip(GROUPS, (("甲",), ("乙", "丙"), ("丁",)), strict=True):
        alone = assessment.load(
            body(items, lambda points, group=group: points[group] and f"{points[group]} points", moved)
        )
        theirs = alone.evaluate(assessment.read_data({2018: table}, alone))
        for name in members:
            assert together[name].exact == theirs[name].exact
            ours = {one.number: one.exact for one in together[name].indicators}
            for one in theirs[name].indicators:
                assert ours.pop(one.number) == one.exact
            assert all(value is Absence.NOT_APPLICABLE or value is None for value in ours.values()), ours


@pytest.mark.parametrize(
    "text",
    [
        whole(),
        whole()
        .replace("40 points", "40 points up to 110%", 1)
        .replace("total 100 points", "total 100 points up to none"),
    ],
)
def test_the_laws_of_the_package_hold(text):
    laws.check(assessment.load(text), examples=5)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


def codes(text):
    with pytest.raises(RulesError) as raised:
        assessment.load(text)
    return [one.code for one in raised.value.diagnostics if one.severity.value == "error"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("county: none; zone: 6", "zone: 6", "no-size-for-group"),
        ("county: none; zone: 6", "city: none; zone: 6", "unknown-group"),
        ("county: none", "county: none; county: none", "duplicate-statement"),
        ("county: none", "county: 0 points", "weight-missing"),
        ("county: none", "county: -1", "weight-missing"),
        ("county: none", "county: 6%", "kind-mismatch"),
        ("zone: 6; office: 8 points", "zone: none; office: none", "weight-missing"),
        ("office: 8 points }", "office: 8 points } up to 9 points", "points-by-group"),
        ("= judged(b)", "= bands(b) { >= 50%: 6 points; otherwise: 0 points }", "points-by-group"),
        ("= judged(b)", "{ floor -1 points\n score = judged(b) }", "points-by-group"),
        (
            "= judged(b)",
            '{ score = judged(b)\n bonus x "X" up to 10% = judged(c)\n cap after adjustments }',
            "points-by-group",
        ),
        (
            "= judged(b)",
            '{ coverage at least 50% of leaves by weight, not applicable left out -> zero\n part x "X" = judged(b) }',
            "points-by-group",
        ),
        ("zone: 6", "zone: 7", "points-not-total"),
    ],
)
def test_what_is_refused(old, new, code):
    text = whole()
    assert text.count(old) >= 1
    assert code in codes(text.replace(old, new, 1))


def test_points_that_do_not_add_up_are_said_of_the_groups_for_which_they_do_not():
    with pytest.raises(RulesError) as raised:
        assessment.load(whole().replace("zone: 6", "zone: 7").replace("office: 8", "office: 9"))
    (found,) = [one for one in raised.value.diagnostics if one.code == "points-not-total"]
    assert found.message_text.en.startswith(
        "for `zone`, `office` the categories and indicators add up to 101"
    )


def test_below_a_minimum_nothing_has_points_of_its_own_by_group():
    items = ITEMS.replace(
        "office: 52 } = judged(a)",
        'office: 52 } join min { part x "X" points by group { county: 60; zone: 54; office: 52 } = judged(a)\n'
        ' part y "Y" = judged(b) }',
    )
    assert codes(whole(items)) == ["points-by-group"]
    assert codes(
        whole(
            items.replace(
                "points by group { county: 60; zone: 54; office: 52 } = judged(a)\n",
                "60 points = judged(a)\n",
            )
        )
    ) == ["points-by-group"]


def test_a_part_for_a_group_whose_sheet_does_not_have_the_whole_is_refused():
    items = ITEMS.replace(
        "= judged(b)", '{ part x "X" points by group { county: 1; zone: 6; office: 8 } = judged(b) }'
    )
    assert codes(whole(items)) == ["points-not-parts"]


def test_points_by_group_have_no_place_in_an_index():
    text = """assessment x for 2018 "X" {
    result x on 0 to 100, published half-up to 1 place, unranked
    policies { missing: zero; undefined: zero }
    group county { 甲 }
    input a in % { range 0% to 100% }
    indicator 1 points by group { county: 6 } = judged(a)
}"""
    assert codes(text) == ["size-mismatch"]
