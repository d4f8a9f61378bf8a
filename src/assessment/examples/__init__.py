"""Examples inside rule files: what is given is read and scored, what is expected is compared, what was reached is counted.

In come a rule set and its examples; out go, for each thing expected, whether it came so, what came instead and how, and for the
whole file which of its rules no example reaches. Reports `example-failed`, `example-lacks-data`, `example-file-unplaced` and
`not-reached`, and what the reader of data finds in what is given.

The next layer may rely on this: an example is scored by the graphs and the evaluator that score data, and nothing that it does
not give is supplied. What a score needs of it is found by following the values back to the cells they rest on.
"""
