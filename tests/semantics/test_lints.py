def test_a_missing_department_and_clause_are_said_once_each(found, scheme):
    assert [code for code, _ in found(scheme()) if code in ("no-owner", "no-clause")] == [
        "no-owner",
        "no-clause",
    ]


def test_an_index_needs_neither_department_nor_clause_nor_authority(found):
    text = """assessment i for 2018 {
        result index on 0 to 1, published half-up to 3 places, ranked on rounded
        policies { missing: not computed; ties: min }
        input x in years { range >= 0 }
        indicator 1 weight 2 { score = goalposts(x, from: 0 years, to: 10 years) }
    }"""
    assert found(text) == []


def test_an_input_that_only_a_faulty_formula_names_counts_as_used(found, scheme):
    codes = [code for code, _ in found(scheme(score="nosuch(x)"))]
    assert "unknown-method" in codes
    assert "unused-input" not in codes


def test_a_small_group_is_named_where_something_is_compared_within_groups(found, scheme):
    more = "group a { A; B }\ngroup b { C; D; E }\ngroup whole reference { W }"
    text = scheme(more=more, score="minmax(x, within: group)")
    assert [place for code, place in found(text) if code == "small-group"] == ["a"]


def test_a_small_group_is_no_matter_where_nothing_is_compared_within_groups(found, scheme):
    text = scheme(more="group a { A; B }", score="minmax(x, within: all)")
    assert "small-group" not in [code for code, _ in found(text)]
