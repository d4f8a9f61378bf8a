from importlib.resources import files

import pytest

from assessment.diagnostics.model import Source
from assessment.semantics.canonical import canonical
from assessment.semantics.check import check
from assessment.syntax import ast
from assessment.syntax.parse import parse

TARGETS = "targets all x { 2018: 5 yuan }\ngroup g { A; B; C }"

PAIRS = [
    ("attain(x, target: 5 yuan, cap: 120 %)", "达标（x，目标：5 yuan，封顶：120%）"),
    ("attain(x, target: target(x))", "达标（x，目标：目标值（x））"),
    ("minmax(x, within: group)", "极差（x，范围：同组）"),
    ("minmax(x, within: all, better: lower)", "极差（x，范围：全部，方向：越低越好）"),
    ("attain(smaller(x, x[-1]), target: 5 yuan)", "达标（取小（x，x[-1]），目标：5 yuan）"),
    (
        "smaller(attain(x, target: 5 yuan, cap: none), 100%)",
        "取小（达标（x，目标：5 yuan，封顶：不限），100%）",
    ),
    (
        "up_down(x, from: 5 yuan, base: 5 points, up: 5%, gain: 1 points, up_counting: line, most: 5 points)",
        "加减分（x，基数：5 yuan，基本分：5 分，加分步长：5%，每步加：1 分，加分计法：按比例，加分至多：5 分）",
    ),
    (
        "tiers(x, from: 5 yuan, base: 5 points, each: 1 yuan, below: none) { [0, 5) yuan: 1 points }",
        "累进（x，基数：5 yuan，基本分：5 分，每：1 yuan，反向：不扣分） { 0（含）至 5（不含）yuan：1 分 }",
    ),
    (
        "decide { x >= 5 yuan: 100%; otherwise: weighted { attain(x, target: 5 yuan): 6; 0 points / 1 points: 4 } }",
        "判定 { x >= 5 yuan：100%；其余：加权 { 达标（x，目标：5 yuan）：6；0 分/1 分：4 } }",
    ),
    ("bands(x) { >= 5 yuan: 10 points; otherwise: 0 points }", "分档（x） { >= 5 yuan：10 分；其余：0 分 }"),
]


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_spellings_of_a_call_are_one_tree(parsed, scheme, english, chinese):
    left, right = (canonical(parsed(scheme(score=score))) for score in (english, chinese))
    assert left == right


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_spellings_of_a_call_are_checked_alike(found, scheme, english, chinese):
    left, right = (found(scheme(score=score, more=TARGETS)) for score in (english, chinese))
    assert [code for code, _ in left] == [code for code, _ in right]


OWN = """method f(x, way, most) = minmax(x, within: all, better: way) * most
method g(x, how = {default}) = f(x, {handed})
"""
OWN_PAIRS = [
    ("f(x, way: lower, most: 1)", "f（x，way：越低越好，most：1）"),
    ("f(x, lower, 1)", "f（x，越低越好，1）"),
    ("g(x, how: higher)", "g（x，how：越高越好）"),
    ("g(x)", "g（x）"),
]


@pytest.mark.parametrize(("english", "chinese"), OWN_PAIRS)
def test_words_that_methods_of_the_file_hand_on_have_one_spelling(parsed, scheme, english, chinese):
    """A word goes through two methods; the second has one as its default."""
    left = scheme(score=english, more=OWN.format(default="lower", handed="way: how, most: 1"))
    right = scheme(score=chinese, more=OWN.format(default="越低越好", handed="WAY: how, most: 1"))
    assert canonical(parsed(left)) == canonical(parsed(right))


def test_a_parameter_called_like_a_word_of_choice_keeps_its_name(parsed, scheme):
    """`better: 越低越好` hands on the parameter of that name, which is no word there."""
    more = "method f(x, 越低越好) = minmax(x, within: all, better: 越低越好)"
    file = canonical(parsed(scheme(score="f(x, 越高越好)", more=more)))
    method = next(one for one in file.body if isinstance(one, ast.Method))
    assert method.value.arguments[2].value.name == "越低越好"


@pytest.mark.parametrize("name", ["target", "Target", "ＴＡＲＧＥＴ", "Attain"])
def test_names_of_methods_and_of_functions_are_compared_alike(parsed, scheme, name):
    """Latin letters count without case, full width or not, for what is no method too."""
    score = "attain(x, target: 5 yuan)" if name == "Attain" else f"attain(x, target: {name}(x))"
    file = parsed(scheme(score=score.replace("attain", name) if name == "Attain" else score, more=TARGETS))
    found = [each.code for each in check(file)[1]]
    assert found == [each.code for each in check(canonical(file))[1]]
    assert "unknown-method" not in found


def test_what_no_method_knows_stays_as_it_was_written(parsed, scheme):
    file = parsed(scheme(score="nosuch(x, 目标: 5 yuan)"))
    assert canonical(file) == file


def test_a_canonical_tree_is_its_own_canonical_form(parsed, scheme):
    once = canonical(parsed(scheme(score=PAIRS[3][1])))
    assert canonical(once) == once


@pytest.mark.parametrize("name", ["liaocheng/2018.assess", "undp/hdi-2021.assess"])
def test_a_shipped_rule_set_and_its_canonical_form_check_alike(name):
    text = files("assessment.rules").joinpath(name).read_text(encoding="utf-8")
    file, _ = parse(Source(name=name, text=text))
    rules, found = check(file)
    again, found_again = check(canonical(file))
    assert rules is not None
    assert found == found_again
    assert [node.path for node in again.tree.walk()] == [node.path for node in rules.tree.walk()]
