from assessment.core.absence import Absence


def test_the_mean_of_arguments(bench):
    x, others = bench.plain("x"), (bench.plain("y"), bench.plain("z"))
    cells = {"x": [4, 4], "y": [5, Absence.NOT_REPORTED], "z": [9, 9]}
    assert bench.values("mean_of", cells, x=x, others=others) == [6, Absence.NOT_REPORTED]


def test_units_are_converted_into_the_first(bench):
    x, y = bench.quantity("x", "亿元"), bench.quantity("y", "万元")
    assert bench.values("mean_of", {"x": [1], "y": [30000]}, x=x, others=(y,)) == [2]
