from assessment.core.types import Kind
from assessment.semantics.order import in_order


def test_definitions_are_ordered_by_need_and_listed_as_written(rules_of, scheme):
    rules = rules_of(scheme(more="let a = b * 2\nlet b = x + x", score="attain(a, target: 5 yuan)"))
    assert [measure.name for measure in rules.measures] == ["a", "b"]


def test_a_measure_is_a_frame_in_its_declared_unit(rules_of, scheme):
    (measure,) = rules_of(scheme(more='let a "A" = x * 3 in 万元')).measures
    assert (measure.node.role, measure.node.title.en, measure.node.text) == ("measure", "A", "x * 3")
    assert measure.node.type.unit.text == "万元"


def test_a_quotient_of_like_values_is_a_share_where_it_is_declared_so(rules_of, scheme):
    share, number = rules_of(scheme(more="let a = x / (x + x) in %\nlet b = x / (x + x)")).measures
    assert (share.node.type.kind, number.node.type.kind) == (Kind.SHARE, Kind.NUMBER)


def test_a_long_chain_of_definitions_needs_no_deep_stack(rules_of, scheme):
    chain = "\n".join(f"let m{i} = m{i + 1} + x" for i in range(3000)) + "\nlet m3000 = x"
    rules = rules_of(scheme(more=chain, score="attain(m0, target: 5 yuan)"))
    assert len(rules.measures) == 3001


def test_doubling_definitions_stay_a_graph(rules_of, scheme):
    chain = "let m0 = x\n" + "\n".join(f"let m{i} = m{i - 1} + m{i - 1}" for i in range(1, 41))
    assert len(rules_of(scheme(more=chain, score="attain(m40, target: 5 yuan)")).measures) == 41


def test_an_error_in_a_measure_is_not_reported_again_where_it_is_used(found, scheme):
    codes = [
        code for code, _ in found(scheme(more="let a = q\nlet b = a + a", score="attain(b, target: 5 yuan)"))
    ]
    assert codes.count("unknown-name") == 1
    assert "unknown-method" not in codes


def test_an_order_puts_needs_first():
    assert in_order({"a": ("b", "c"), "b": ("c",), "c": ()})[0] == ["c", "b", "a"]


def test_a_name_that_needs_itself_is_a_cycle():
    assert in_order({"a": ("a",)})[1] == [("a",)]
