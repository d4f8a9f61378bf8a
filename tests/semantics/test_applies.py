import pytest

GROUPS = (
    "group county { East; West; North }\ngroup zone { Park; Harbour; Bay }\ngroup city reference { Whole }"
)


def exemptions(rules_of, scheme, statements, groups=GROUPS):
    body = f"indicator 1 10 points {{ {statements}; score = attain(x, target: 5 yuan) }}"
    indicator = rules_of(scheme(more=groups, indicator=body)).tree.children[0]
    return [(each.groups, each.condition is not None, each.then.value) for each in indicator.exemptions]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("applies to all", []),
        ("applies to county", [(("zone", "city"), False, "full")]),
        ("applies to city", [(("county", "zone"), False, "full")]),
        ("applies to county -> zero", [(("zone", "city"), False, "zero")]),
        ("not applicable to zone", [(("zone",), False, "full")]),
        ("not applicable to all", [(("county", "zone", "city"), False, "full")]),
        ("not applicable to zone -> not computed", [(("zone",), False, "not computed")]),
        # what is left out outright says what becomes of its points, before the rest that is merely not included
        (
            "applies to county; not applicable to zone -> zero",
            [(("city",), False, "full"), (("zone",), False, "zero")],
        ),
        ("not applicable to zone when unreported x", [(("zone",), True, "full")]),
        ("applies to county, zone, city when x > 1 yuan", [(("county", "zone", "city"), True, "full")]),
    ],
)
def test_statements_combine_to_exemptions(rules_of, scheme, statements, expected):
    assert exemptions(rules_of, scheme, statements) == expected


def test_without_groups_everybody_is_left_out_by_a_condition_that_always_holds(rules_of, scheme):
    assert exemptions(rules_of, scheme, "not applicable to all", groups="") == [((), True, "full")]


@pytest.mark.parametrize("groups", ["", GROUPS])
def test_an_indicator_that_applies_to_nobody_needs_no_score(rules_of, scheme, groups):
    rules = rules_of(scheme(more=groups, indicator="indicator 1 10 points { not applicable to all }"))
    assert rules.tree.children[0].formula is None


def test_a_category_that_applies_to_nobody_leaves_its_indicators_without_score(rules_of, scheme):
    text = "category a 10 points { not applicable to county, zone, city; indicator 1 10 points { } }"
    assert rules_of(scheme(more=GROUPS, indicator=text)).tree.children[0].children[0].formula is None


def test_an_exemption_is_quoted_with_the_titles_of_its_groups(rules_of, scheme):
    more = 'group a "Counties" { A }\ngroup b "Zones" { B }'
    tree = "indicator 1 10 points { score = attain(x, target: 5 yuan) not applicable to b, a -> full }"
    rules = rules_of(scheme(more=more, indicator=tree))
    (node,) = [one for one in rules.tree.walk() if one.level == "indicator"]
    assert [one.text for one in node.exemptions] == ["not applicable to Zones, Counties -> full"]
