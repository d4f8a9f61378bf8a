from fractions import Fraction

S = "score = attain(x, target: 5 yuan)"


def sizes(rules):
    return [(node.path, node.points, node.weight) for node in rules.tree.walk()[1:]]


def test_a_category_without_points_has_those_of_its_indicators(rules_of, scheme):
    text = f"category a {{ indicator 1 4 points {{ {S} }} indicator 2 6 points {{ {S} }} }}"
    assert sizes(rules_of(scheme(indicator=text)))[0] == ("category a", 10, None)


def test_the_only_part_has_the_points_of_its_indicator(rules_of, scheme):
    text = "indicator 1 10 points { part p = attain(x, target: 5 yuan) }"
    assert sizes(rules_of(scheme(indicator=text)))[1] == ("indicator 1.p", 10, None)


def test_weights_under_a_mean_share_out_the_points(rules_of, scheme):
    text = (
        f"category a 10 points {{ join mean; indicator 1 weight 1 {{ {S} }} indicator 2 weight 2 {{ {S} }} }}"
    )
    assert sizes(rules_of(scheme(indicator=text)))[1:] == [
        ("indicator 1", Fraction(10, 3), 1),
        ("indicator 2", Fraction(20, 3), 2),
    ]


def test_a_weight_in_percent_is_that_fraction(rules_of, scheme):
    text = f"category a 10 points {{ join mean; indicator 1 weight 20 % {{ {S} }} indicator 2 weight 80 % {{ {S} }} }}"
    assert [size[1:] for size in sizes(rules_of(scheme(indicator=text)))[1:]] == [
        (2, Fraction(1, 5)),
        (8, Fraction(4, 5)),
    ]


def test_under_min_and_max_a_part_stands_for_the_whole(rules_of, scheme):
    text = f"indicator 1 10 points {{ join min; part p {{ {S} }} part q {{ {S} }} }}"
    assert [size[1] for size in sizes(rules_of(scheme(indicator=text)))] == [10, 10, 10]


def test_a_sum_that_is_wrong_names_both_figures_and_the_difference(parsed, scheme):
    from assessment.semantics.check import check

    _, found = check(parsed(scheme(total="total 12 points")))
    (wrong,) = [each for each in found if each.code == "points-not-total"]
    assert (
        wrong.message == "the categories and indicators add up to 10 points, not 12 points: 2 points too few"
    )
    assert wrong.message_text.zh == "一级指标和指标分值合计 10 分，而应为 12 分，少 2 分"
    assert [label.text.en for label in wrong.labels] == ["stated as 12 points", "10 points"]
