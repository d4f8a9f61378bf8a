def test_the_largest_value_of_each_group(bench):
    cells = {"x": [38, 21, 4, 9]}
    assert bench.values("maximum", cells, groups="aabb", x=bench.count(), within="group") == [38, 38, 9, 9]


def test_the_region_itself_may_be_left_out(bench):
    assert bench.values("maximum", {"x": [1, 2, 3]}, x=bench.plain(), within="all", own="no") == [3, 3, 2]
