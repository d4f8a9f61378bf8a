from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.build import compare, const
from assessment.errors import InternalError
from assessment.methods.base import Call, defined_where


def test_a_sentence_has_its_words_whole_numbers_and_lists_written_in(bench):
    x, others = bench.plain("x"), (bench.plain("y"), bench.plain("z"))
    mean_of = bench.method("mean_of").say(bench.call("mean_of", x=x, others=others))
    assert mean_of.en == "the mean of {x}, {others1}, {others2} is {result}"
    assert mean_of.zh == "{x}、{others1}、{others2}的平均值为{result}"
    place = bench.method("place").say(bench.call("place", x=x, within="all", ties="min"))
    assert place.en == "{x} is {result} of {count} in all regions (higher is better)"
    assert place.zh == "{x}，在全部地区有数据的 {count} 个中列{result}（越高越好）"


def test_an_argument_of_another_sort_is_a_fault_of_the_method():
    call = Call(arguments={"word": "all", "number": 3, "node": const(1), "none": None})
    for read, name in (
        (call.node, "word"),
        (call.node, "none"),
        (call.word, "number"),
        (call.whole, "word"),
        (call.nodes, "node"),
    ):
        with pytest.raises(InternalError, match=name):
            read(name)
    assert (call.maybe("none"), call.maybe_word("none"), call.maybe_whole("none")) == (None, None, None)


def test_where_a_condition_fails_the_value_is_undefined_unless_it_is_missing(bench):
    x, y = bench.plain("x"), bench.plain("y")
    node = defined_where(compare(">", y, const(0)), x)
    cells = {"x": [5, 5, Absence.NOT_REPORTED, 5], "y": [1, 0, 0, Absence.WITHHELD]}
    assert bench.evaluate(node, cells) == [
        Fraction(5),
        Absence.UNDEFINED,
        Absence.NOT_REPORTED,
        Absence.WITHHELD,
    ]


def test_lower_is_better_turns_the_direction_of_the_first_parameter(bench):
    call = bench.call("minmax", x=bench.plain(), within="all", better="lower")
    assert bench.method("minmax").directions(call) == ((), ("x",))
