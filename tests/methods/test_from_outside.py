"""A method of another distribution: one file and its entry point, and everything else follows from the class.

The distribution is made in a temporary folder as an installer would leave it, and used in a process of its own, since the
registry of this one is filled already.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

METHOD = '''
"""Distance to a goal in whole strides (按步接近)."""

from fractions import Fraction

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Lowered, Method, Parameter, Problem, Sort, Yields, constant


class Strides(Method):
    """Full marks at the goal, and a twentieth less for each stride below it.

    `rate = max(0, min(1, 1 - (goal - x) / stride / 20))`.

    Undefined: a stride of zero that comes from data.
    Source: an example of this test.
    Worked: 90 against a goal of 100 with strides of 5 lies two strides below it: 90 %.
    """

    en = "strides"
    zh = "按步接近"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(en="goal", zh="目标", sort=Sort.LIKE, of="x"),
        Parameter(en="stride", zh="步长", sort=Sort.DIFFERENCE, of="x"),
    )
    rising = ("x",)
    falling = ("goal",)
    sentence = Text(
        en="{x} against the goal {goal} in strides of {stride}: {result}",
        zh="{x}距目标{goal}，每步{stride}：{result}",
    )
    examples = ("strides(x, goal: 100, stride: 5)", "按步接近（x，目标：100，步长：5）")

    def check(self, call):
        stride = constant(call.node("stride"))
        if stride is None or stride > 0:
            return ()
        return (
            Problem(
                code="step-without-size",
                text=Text(en="a stride of zero leads nowhere", zh="步长为零"),
                help=Text(en="write a stride above zero", zh="请写大于零的步长"),
                at="stride",
            ),
        )

    def lower(self, call):
        below = b.divide(b.subtract(call.node("goal"), call.node("x")), call.node("stride"))
        lost = b.divide(below, b.const(20))
        rate = b.cast(b.clamp(b.subtract(b.const(1), lost), b.const(0), b.const(1)), b.rate(1).type.kind)
        return Lowered(node=rate, low=Fraction(0), high=Fraction(1))
'''

RULES = """考核 outside.demo 年度 2018 “外来方法” {
    依据 “测试文件 1”
    总分 10 分
    修约 总分 四舍五入 2 位
    比较 修约值
    约定 { 缺失：零分；并列：取高 }
    名次 全部；先后 总分
    数据 专利 “专利” 单位 件 { 范围 >= 0 }
    指标 1 “专利” 10 分 = CALL
}
"""

USE = """
import json, sys
import importlib.util
import assessment
from assessment.methods.registry import method_named
from assessment.core.bounds import bounds
from assessment.diagnostics.model import Source
from assessment.syntax.parse import parse

spec = importlib.util.spec_from_file_location("make_pages", sys.argv[1])
make_pages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_pages)

text = sys.stdin.read()
told = {}

def findings(call):
    return [(one.code, one.message, one.help) for one in assessment.check(text.replace("CALL", call))]

told["right"] = findings("按步接近（专利，目标：100 件，步长：5 件）")
told["misspelt"] = findings("按步接进（专利，目标：100 件，步长：5 件）")
told["unit"] = findings("strides(专利, goal: 100 亿元, stride: 5 件)")
told["lacking"] = findings("strides(专利, goal: 100 件)")
told["zero"] = findings("strides(专利, goal: 100 件, stride: 0 件)")

rules = assessment.load(text.replace("CALL", "按步接近（专利，目标：100 件，步长：5 件）"))
data = {"甲": {"专利": 90}, "乙": {"专利": 100}, "丙": {"专利": 101}, "丁": {"专利": 0}, "戊": {"专利": 93}}
result = rules.evaluate(assessment.read_data(data, rules))
told["exact"] = {one.region: str(one.exact) for one in result}
told["ranks"] = {one.region: one.rank for one in result}
told["zh"] = result["甲"].indicator(1).explain(lang="zh")
told["en"] = result["甲"].indicator(1).explain(lang="en")
told["steps"] = [(step.kind, step.name) for step in result["甲"].lines["indicator 1"].steps]
told["bounds"] = bounds(rules.checked.tree.children[0].formula).interval.text
told["page"] = make_pages.page(method_named("strides"))
told["own"] = "strides.md" in make_pages.pages()
print(json.dumps(told, default=str))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a process with the distribution installed says of its method."""
    site = tmp_path_factory.mktemp("site")
    (site / "outside_methods.py").write_text(METHOD, encoding="utf-8")
    info = site / "outside_methods-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside-methods\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[assessment.methods]\nstrides = outside_methods:Strides\n")
    done = subprocess.run(
        [sys.executable, "-c", USE, str(ROOT / "docs/reference/methods/make_pages.py")],
        input=RULES,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_call_in_either_language_is_accepted(told):
    assert [code for code, _, _ in told["right"] if code not in ("no-owner", "no-clause")] == []


def test_misspelt_name_is_answered_with_the_method(told):
    _, _, help_ = next(one for one in told["misspelt"] if one[0] == "unknown-method")
    assert "按步接近" in help_ or "strides" in help_


@pytest.mark.parametrize(
    ("mistake", "code"),
    [("unit", "unit-mismatch"), ("lacking", "missing-argument"), ("zero", "step-without-size")],
)
def test_arguments_are_checked_by_their_declaration(told, mistake, code):
    assert code in [found for found, _, _ in told[mistake]]


def test_scores_are_exact_and_ranked(told):
    # 90: two strides below, 1 − 2/20; 93: 1.4 strides, 1 − 1.4/20 = 0.93; 0: twenty strides.
    assert told["exact"] == {"甲": "9", "乙": "10", "丙": "10", "丁": "0", "戊": "93/10"}
    assert told["ranks"] == {"甲": 4, "乙": 1, "丙": 1, "丁": 5, "戊": 3}


def test_step_and_sentence_stand_in_the_trace_in_both_languages(told):
    assert ["method", "strides"] in told["steps"] or ["method", "按步接近"] in told["steps"]
    assert "专利（90 件）距目标 100 件，每步 5 件：90%" in told["zh"]
    assert "against the goal 100 件 in strides of 5 件: 90%" in told["en"]


def test_promised_bounds_are_known_to_check(told):
    assert told["bounds"] == "[0, 1]"


def test_page_is_made_from_the_class_and_stays_out_of_the_pages_of_this_distribution(told):
    page = told["page"]
    assert page.startswith("# strides · 按步接近")
    for part in (
        "**Worked:**",
        "`stride` | 步长",
        "## Sentence",
        "按步接近（x，目标：100，步长：5）",
        "A higher `x`",
    ):
        assert part in page
    assert not told["own"]
