from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_each_region_counts_once(bench):
    lowered = bench.lower("mean", x=bench.share(), within="all")
    assert lowered.node.type.kind is Kind.SHARE
    assert bench.evaluate(lowered.node, {"x": ["40%", "30%", "20%"]}) == [Fraction(3, 10)] * 3


def test_absent_values_leave_the_number_of_regions(bench):
    cells = {"x": [4, Absence.WITHHELD, 8]}
    assert bench.values("mean", cells, x=bench.plain(), within="all") == [6, 6, 6]


def test_the_sentence_can_say_how_many_regions_there_are(bench):
    lowered = bench.lower("mean", x=bench.plain(), within="all")
    (count,) = lowered.notes
    assert count.name == "count"
    assert bench.evaluate(count.node, {"x": [4, Absence.WITHHELD, 8]}) == [2, 2, 2]


def test_the_sentence_says_the_field_in_words(bench):
    said = bench.method("mean").say(bench.call("mean", x=bench.plain(), within="group", own="no"))
    assert said.zh == "同组地区（不含本地区，有数据 {count} 个）均值为{result}"
    assert "in the group (without the region itself" in said.en
