"""A changed program evaluated with what it shares with the first one has the values of one that is evaluated alone."""

from pathlib import Path

import assessment
from assessment.analysis.reconcile.figures import figures_of
from assessment.analysis.reconcile.hypotheses import variants
from assessment.analysis.reconcile.sharing import Shared
from assessment.compiler.from_rules import compile_rules
from assessment.core.walk import order
from assessment.evaluation.exact import run

ROOT = Path(__file__).parents[3]
RULES = """
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 20 points
    round indicator half-up to 2 places; total half-up to 1 place
    carry full
    compare rounded
    policies { missing: error; undefined: zero; ties: min; not applicable: rescale in category; all equal: full; zero base: undefined }
    rank within group; order total, indicator 1
    department sti "Science"
    group county "Counties" { A; B; C }
    group zone "Zones" { D; E }
    input firms "Firms" in 亿元 { from sti; range > 0 }
    input staff "Staff" in 亿元 { from sti; range > 0 }
    let rise = growth(firms)
    category one "One" 14 points {
        indicator 1 ※ "Firms" 6 points { by sti; cite "Annex" item 1; score = attain(rise, target: 9 %) }
        indicator 2 "Share" 8 points {
            by sti; cite "Annex" item 2; not applicable to zone
            score = minmax(firms / staff, within: group)
        }
    }
    category two "Two" 6 points {
        indicator 3 "Staff" 6 points { by sti; cite "Annex" item 3; score = attain(staff + firms[-1], target: 17 亿元) }
    }
    grade "good" >= 12 points; "other" otherwise
}
"""
DATA = """region,year,firms,staff
A,2017,7,7
B,2017,4,8
C,2017,8.05,2
D,2017,3,2
E,2017,6,6
A,2018,7.3,7
B,2018,4.1,8
C,2018,8.9,2
D,2018,3,2.5
E,2018,6.66,6
"""


def test_every_variant_has_the_values_that_it_has_alone() -> None:
    rules = assessment.load(RULES)
    outcome = rules.evaluate(assessment.read_data(DATA, rules)).outcome
    shared = Shared([one.node for one in figures_of(outcome.program).values()], outcome.values)
    seen = 0
    for variant in variants(outcome.program.rules):
        nodes = [one.node for one in figures_of(compile_rules(variant.rules)).values()]
        quick, alone = shared.run(nodes, outcome.facts), run(nodes, outcome.facts)
        assert [quick.of(node) for node in nodes] == [alone.of(node) for node in nodes], variant.text.en
        seen += 1
    assert seen > 40


def test_only_what_differs_is_evaluated() -> None:
    rules = assessment.load(RULES)
    outcome = rules.evaluate(assessment.read_data(DATA, rules)).outcome
    shared = Shared([one.node for one in figures_of(outcome.program).values()], outcome.values)
    changed = next(
        one for one in variants(outcome.program.rules) if one.text.en.startswith("the total rounded")
    )
    nodes = [one.node for one in figures_of(compile_rules(changed.rules)).values()]
    values = shared.run(nodes, outcome.facts)
    evaluated = [(node, period) for node, period in order(nodes) if values.known(node, period)]
    assert len(evaluated) < len(order(nodes)) / 4
