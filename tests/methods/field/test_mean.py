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


def test_with_a_condition_only_those_that_meet_it_count_and_the_sentence_says_so(bench):
    cells = {"x": [1, 2, 9, 40], "in": [True, True, False, Absence.NOT_REPORTED]}
    where = bench.yes_no("in")
    found = bench.values("mean", cells, x=bench.plain(), within="all", where=where)
    assert found == [Fraction(3, 2)] * 4
    said = bench.method("mean").say(bench.call("mean", x=bench.plain(), within="all", where=where))
    assert "in all regions that meet the condition (" in said.en
    assert said.zh.startswith("全部符合条件的地区（")
