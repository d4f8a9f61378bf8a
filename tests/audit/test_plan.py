"""Which steps a breakdown has, in which order, under which ids, and what each of them reads."""

import pytest

from assessment.audit.plan import plan


@pytest.fixture
def planned(small_rules):
    """The plans of all lines by their paths."""

    def of(tree, **statements):
        lines = {}
        stack = [plan(small_rules(tree, **statements).program)]
        while stack:
            line = stack.pop()
            lines[line.scored.spec.path] = line
            stack.extend(line.children)
        return lines

    return of


def kinds(line):
    return [step.kind for step in line.steps]


SHARE = "input x in 家 { range >= 0 }\ninput y in 家 { range > 0 }\nlet share = x / y in %"


def test_leaf_is_told_from_the_measures_to_the_rounding(planned):
    tree = 'indicator 1 "One" 10 points = attain(change(share), target: 1 pp)'
    line = planned(tree, inputs=SHARE, round="round indicator half-up to 2 places")["indicator 1"]
    assert [(step.kind, step.name, step.offset) for step in line.steps if step.kind != "policy"] == [
        ("measure", "share", 0),
        ("measure", "share", -1),
        ("method", "change", 0),
        ("method", "attain", 0),
        ("points", "points", 0),
        ("rounding", "rounding", 0),
    ]


def test_ids_count_the_steps_of_a_line(planned):
    line = planned(
        'indicator 1 "One" 10 points { part p 10 points = attain(share, target: 1%) }', inputs=SHARE
    )
    steps = line["indicator 1.p"].steps
    assert [step.id for step in steps] == [f"indicator 1.p/{place}" for place in range(1, len(steps) + 1)]


def test_ids_do_not_change_from_one_reading_to_the_next(planned):
    tree = 'indicator 1 "One" 10 points = attain(change(share), target: 1 pp)'
    first, second = planned(tree, inputs=SHARE), planned(tree, inputs=SHARE)
    assert [[s.id for s in line.steps] for line in first.values()] == [
        [s.id for s in line.steps] for line in second.values()
    ]


def test_formulas_are_kept_as_written(planned):
    line = planned('indicator 1 "One" 10 points = attain( change(share),target:1 pp )', inputs=SHARE)[
        "indicator 1"
    ]
    by_name = {step.name: step.formula for step in line.steps}
    assert by_name["share"] == "x / y"
    assert by_name["change"] == "change(share)"
    assert by_name["attain"] == "attain( change(share),target:1 pp )"


def test_ingredients_name_the_step_or_the_input_that_made_them(planned):
    line = planned('indicator 1 "One" 10 points = attain(change(share), target: 1 pp)', inputs=SHARE)[
        "indicator 1"
    ]
    now, before, change, method = line.steps[:4]
    assert [(one.input, one.step, one.offset) for one in now.ingredients] == [("x", None, 0), ("y", None, 0)]
    assert [(one.input, one.step, one.offset) for one in before.ingredients] == [
        ("x", None, -1),
        ("y", None, -1),
    ]
    assert {(one.step, one.offset) for one in change.ingredients if one.step} == {
        (now.id, 0),
        (before.id, -1),
    }
    assert [one.step for one in method.ingredients if one.name == "actual"] == [change.id]


def test_measure_that_is_read_twice_is_one_step(planned):
    tree = 'indicator 1 "One" 10 points = attain(share, target: mean(share, within: all))'
    line = planned(tree, inputs=SHARE)["indicator 1"]
    assert [step.name for step in line.steps].count("share") == 1


def test_field_and_table_belong_to_the_step_that_uses_them(planned):
    tree = """indicator 1 "One" 10 points = bands(share) { >= 5%: 10 points; otherwise: 1 points }"""
    method = next(step for step in planned(tree, inputs=SHARE)["indicator 1"].steps if step.kind == "method")
    assert (len(method.tables), len(method.fields)) == (1, 0)
    tree = 'indicator 1 "One" 10 points = attain(share, target: mean(share, within: all))'
    line = planned(tree, inputs=SHARE)["indicator 1"]
    assert [(step.name, len(step.fields)) for step in line.steps if step.fields] == [("mean", 1)]


def test_formula_that_is_no_call_is_a_step_of_its_own(planned):
    line = planned('indicator 1 "One" 10 points = 10 points * (x / (x + y))', inputs=SHARE)["indicator 1"]
    assert (line.steps[0].kind, line.steps[0].formula) == ("measure", "10 points * (x / (x + y))")
    assert [one.input for one in line.steps[0].ingredients] == ["x", "y"]


def test_policies_follow_the_formula_and_say_what_they_change(planned):
    tree = 'indicator 1 "One" 10 points { score = judged(a) not applicable to g }'
    policies = "missing: zero; withheld: full; not applicable: zero"
    lines = planned(tree, inputs="group g { R }\ngroup h { S }", policies=policies)
    steps = lines["indicator 1"].steps
    assert [(step.kind, step.formula) for step in steps if step.kind == "policy"] == [
        ("policy", "not applicable: zero"),
        ("policy", "not applicable to g"),
        ("policy", "missing: zero"),
        ("policy", "withheld: full"),
    ]
    assert all(step.before is not None for step in steps if step.kind == "policy")


def test_condition_of_an_exemption_is_an_ingredient(planned):
    tree = 'indicator 1 "One" 10 points { score = judged(a) not applicable to all when share < 5% }'
    lines = planned(tree, inputs=SHARE, policies="missing: zero; not applicable: zero")
    exemption = next(step for step in lines["indicator 1"].steps if step.when is not None)
    assert [one.title.en for one in exemption.ingredients] == ["share"]


@pytest.mark.parametrize(
    ("join", "expected"),
    [
        ("sum", ["join"]),
        ("mean", ["join"]),
        ("min", ["join"]),
        ("max", ["join"]),
        ("geometric", ["join", "points"]),
    ],
)
def test_parent_is_told_by_its_join(planned, join, expected):
    size = {"sum": "5 points", "mean": "weight 1", "geometric": "weight 1"}.get(join, "")
    tree = f"""indicator 1 "One" 10 points join {join} {{ part p {size} = judged(a) part q {size} = judged(b) }}"""
    line = planned(tree, policies="missing: zero")["indicator 1"]
    assert kinds(line) == expected
    assert [one.step for one in line.steps[0].ingredients] == ["indicator 1.p", "indicator 1.q"]


def test_mean_of_points_is_told_as_a_sum_of_shares(planned):
    tree = 'indicator 1 "One" 10 points join mean { part p weight 1 = judged(a) part q weight 3 = judged(b) }'
    (step,) = planned(tree)["indicator 1"].steps
    assert (step.name, step.title.en) == ("sum", "weighted mean")


def test_ceiling_of_a_category_is_a_step_after_its_sum(planned):
    tree = """category x "X" 10 points up to 12 points {
        indicator 1 "One" 10 points up to 14 points = attain(share, target: 50%, cap: 140%) }"""
    assert kinds(planned(tree, inputs=SHARE)["category x"]) == ["join", "ceiling"]


def test_index_on_another_scale_is_told_in_a_step(planned):
    for scale, expected in (("0 to 1", ["join", "rounding"]), ("1 to 5", ["join", "measure", "rounding"])):
        line = planned(
            'category x "X" weight 1 = judged(a)',
            scale=f"result index on {scale}, published half-up to 1 places, ranked on rounded",
            rank="",
            round="",
        )["total"]
        assert kinds(line) == expected


def test_level_without_rounding_has_no_step_for_it(planned):
    lines = planned('indicator 1 "One" 10 points = judged(a)', round="round total half-even to 1 places")
    assert "rounding" not in kinds(lines["indicator 1"])
    (step,) = [step for step in lines["total"].steps if step.kind == "rounding"]
    assert step.rounding.en == "half-even to 1 place"
    assert step.rounding.zh == "四舍六入五成双，保留 1 位小数"


def test_every_step_points_into_the_rule_file(planned):
    lines = planned('indicator 1 "One" 10 points = attain(change(share), target: 1 pp)', inputs=SHARE)
    assert all(step.span is not None for line in lines.values() for step in line.steps)
