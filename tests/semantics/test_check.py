from fractions import Fraction

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.model import has_errors
from assessment.number import Mode
from assessment.semantics.check import check

FULL = """
assessment whole for 2018 "A whole file" {
    authority "First", "Second"
    total 100 points
    round indicator half-even to 1 places; total half-up to 2 places
    carry rounded
    compare rounded
    policies { missing: error; not applicable: rescale in category; ties: dense }
    rank within group; order total, key total, indicator 2
    group county "Counties" { East alias Eastern, E; West; North }
    group city reference { Whole }
    department office "The office"
    department bureau
    input output "Gross output" in yuan { from office, bureau; range > 0; basis "current prices"; evidence report; alias "GDP" }
    input people in persons { range > 0 }
    let each "per person" = output / people in yuan/person
    targets county each { 2018: 3 yuan/person }
    assume "whole"
    category wealth "Wealth" 100 points {
        by bureau
        left out "bonus"
        indicator 1 30 points { not applicable to county, city; cite "Annex" item 1; assume "none" }
        indicator 2 ※ "Output" 70 points up to 84 points { by office; score = attain(each, target: 3 yuan/person, cap: 120 %) }
    }
    grade "good" >= 60 points
    grade "poor" otherwise
    limit when indicator 2 rate < 50 %: grade at most "poor"
}
"""


def test_checked_rules_hold_what_the_file_says(rules_of):
    rules = rules_of(FULL)
    assert (rules.name, rules.year, rules.title) == ("whole", 2018, "A whole file")
    assert rules.authority == ("First", "Second")
    assert rules.scale.points == 100
    assert rules.rounding["indicator"].mode is Mode.HALF_EVEN
    assert rules.rounding["total"].places == 2
    assert (rules.carry, rules.compare) == ("rounded", "rounded")
    assert {key: policy.then.value for key, policy in rules.policies.items()} == {
        "missing": "error",
        "not applicable": "rescale in category",
        "ties": "dense",
    }
    assert rules.assumptions == ("whole", "none")
    assert rules.left_out == ("bonus",)
    assert rules.language == "en"


def test_groups_keep_titles_aliases_and_whether_they_are_references(rules_of):
    county, city = rules_of(FULL).groups
    assert (county.title, city.title) == ("Counties", "city")
    assert county.members[0].aliases == ("Eastern", "E")
    assert (county.reference, city.reference) == (False, True)


def test_inputs_keep_their_attributes(rules_of):
    output, _ = rules_of(FULL).inputs
    assert (output.title, output.unit, output.basis) == ("Gross output", "yuan", "current prices")
    assert output.departments == ("office", "bureau")
    assert (output.aliases, output.evidence) == (("GDP",), ("report",))
    assert output.bounds.low == 0
    assert not output.bounds.hold(Fraction(0))


def test_a_node_inherits_department_and_clause_from_its_category(rules_of):
    first, second = rules_of(FULL).tree.children[0].children
    assert (first.departments, second.departments) == (("bureau",), ("office",))
    assert (first.clause, second.clause) == ("Annex item 1", None)


def test_the_tree_has_stable_paths_sizes_and_marks(rules_of):
    nodes = rules_of(FULL).tree.walk()
    assert [node.path for node in nodes] == ["total", "category wealth", "indicator 1", "indicator 2"]
    assert [node.points for node in nodes] == [100, 100, 30, 70]
    assert [node.key for node in nodes] == [False, False, False, True]
    assert nodes[3].ceiling == 84
    assert (nodes[2].formula, nodes[3].yields, nodes[3].text) == (
        None,
        "rate",
        "attain(each, target: 3 yuan/person, cap: 120 %)",
    )


def test_ranking_reads_scores_in_order(rules_of):
    ranking = rules_of(FULL).ranking
    assert (ranking.within, ranking.ties) == ("group", "dense")
    assert [key.path for key, _ in ranking.keys] == ["total", "key total", "indicator 2"]


def test_targets_are_in_the_unit_of_their_measure(rules_of, scheme):
    (target,) = rules_of(scheme(more="targets all x { 2018: 3 万元 }")).targets
    assert (target.scope, target.year, target.value, target.text) == ("all", 2018, 30000, "3 万元")


def test_an_index_ranks_all_regions_by_what_it_says(rules_of):
    rules = rules_of(
        """assessment i for 2018 {
            result index on 0 to 100, published half-up to 3 places, ranked on rounded
            policies { missing: not computed; ties: min }
            input x in years { range >= 0 }
            category a weight 2 = goalposts(x, from: 0 years, to: 10 years)
        }"""
    )
    assert (rules.scale.name, rules.scale.points, rules.scale.low, rules.scale.high) == (
        "index",
        None,
        0,
        100,
    )
    assert (rules.ranking.within, rules.compare) == ("all", "rounded")
    assert rules.rounding["total"].places == 3
    assert rules.tree.join == "mean"
    assert rules.tree.children[0].weight == 2


def test_findings_come_in_source_order(parsed, scheme):
    _, found = check(parsed(scheme(more="let a = q\nlet b = r", inputs="input x in yuan { from d }")))
    assert [each.span.start for each in found] == sorted(each.span.start for each in found)
    assert has_errors(found)


def test_rules_with_an_error_are_no_rules(parsed, scheme):
    assert check(parsed(scheme(total="total 11 points")))[0] is None


def test_checking_twice_gives_the_same_findings(parsed, scheme):
    file = parsed(scheme(more="let a = q\nlet b = a + r"))
    assert [d.message for d in check(file)[1]] == [d.message for d in check(file)[1]]


def test_what_a_missing_value_counts_as_is_a_policy_around_the_input(rules_of, scheme):
    rules = rules_of(
        scheme(inputs="input done yes/no { missing counts as no }", score="checklist { done: 10 points }")
    )
    formula = rules.tree.children[0].formula
    (policy,) = [node for node, _ in order((formula,)) if isinstance(node, n.Frame) and node.role == "policy"]
    assert policy.text == "missing counts as no"
    assert isinstance(policy.node, n.Recover)
    assert policy.node.replacement.value is False
