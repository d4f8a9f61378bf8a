def test_of_an_even_number_the_mean_of_the_two_in_the_middle(bench):
    assert bench.values("median", {"x": [38, 21, 17, 4]}, x=bench.count(), within="all") == [19] * 4


def test_of_an_odd_number_the_one_in_the_middle(bench):
    assert bench.values("median", {"x": [38, 4, 17]}, x=bench.count(), within="all") == [17] * 3
