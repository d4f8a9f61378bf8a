"""What an input puts in the place of a lacking figure is told where it did so, in the words of either language."""

import re


def told(assess, lang, region):
    result = assess(
        "indicator 1 10 points = attain(a / b, target: 2)",
        {"A": {"a": None, "b": "4"}, "B": {"a": "4", "b": "4"}},
        inputs='input a "甲" in 家 { range >= 0; not reported counts as 2 家 }\ninput b "乙" in 家 { range > 0 }',
    )
    return re.sub(r"\s+", " ", str(result[region].explain(lang=lang)))


def test_figure_that_is_lacking_is_said_to_count_as_another(assess):
    assert "甲 is not reported; by the rule “not reported counts as 2 家” it is 2 家" in told(
        assess, "en", "A"
    )
    assert "甲未报，按规则“缺失 视为 2 家”取 2 家" in told(assess, "zh", "A")


def test_figure_that_was_reported_is_not_said_to_count_as_another(assess):
    assert "counts as" not in told(assess, "en", "B")
    assert "视为" not in told(assess, "zh", "B")
