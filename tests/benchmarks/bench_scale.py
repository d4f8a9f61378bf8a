"""How time and memory grow with the number of indicators: 10, 100, 1,000 and 10,000.

    python tests/benchmarks/bench_scale.py [numbers of indicators]

Two shapes of files are measured: `scores` states a score with each indicator, `defaults` scores all of them by one
default that calls a method of the file and reads a table.

Each size runs in a process of its own, so that its peak of memory is its own. Seconds are those of the processor, which
a machine shared with others disturbs least; `wall` is what the clock showed for `assessment.check`. The last row is
the power of the size with which each column grew between the second and the last size: 1 is linear, 2 would be
quadratic. `loop` is a loop in plain Python that never changes, by which figures of different days and machines compare.
In `scores` every indicator has an input of its own and one of four score maps; every seventh does not apply to a group.
Not collected by pytest: a time is a property of the machine.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import log
from typing import Any

SIZES = (10, 100, 1_000, 10_000)
REGIONS = {"county": ("A", "B", "C", "D"), "zone": ("E", "F", "G")}
MAPS = (
    "attain(x{i}, target: {k} 家)",
    "bands(x{i}) {{ >= {k} 家: 4 points; >= 1 家: 2 points; otherwise: 0 points }}",
    "minmax(x{i}, within: group)",
    "curve(x{i}) {{ 0 家: 0 points; {k} 家: 3 points; 20000 家: 4 points }}",
)
IN_CATEGORY = 100
COLUMNS = ("loop", "parse", "checks", "limits", "compile", "read", "evaluate", "check", "wall", "MB")


def _head(count: int) -> list[str]:
    return [
        'assessment bench.scale for 2018 "Scale" {',
        '    authority "Notice 1"',
        f"    total {4 * count} points",
        "    round indicator half-up to 2 places; total half-up to 2 places",
        "    compare rounded",
        "    policies { missing: zero; undefined: zero; not applicable: rescale in category; all equal: full; ties: min }",
        "    rank within group; order total",
        '    department sti "Science"',
    ]


def rules_of(count: int) -> str:
    """A rule file of so many indicators, a hundred in each category."""
    lines = _head(count)
    lines += [f"    group {name} {{ {'; '.join(members)} }}" for name, members in REGIONS.items()]
    lines += [f'    input x{i} "Input {i}" in 家 {{ from sti; range >= 0 }}' for i in range(1, count + 1)]
    for first in range(1, count + 1, IN_CATEGORY):
        lines.append(f'    category c{first} "Category {first}" {{')
        for i in range(first, min(first + IN_CATEGORY, count + 1)):
            lines += [
                f'        indicator {i} "Indicator {i}" 4 points {{',
                "            by sti",
                f'            cite "Annex" item {i}',
                f"            score = {MAPS[i % len(MAPS)].format(i=i, k=10 + i % 50)}",
                *(["            not applicable to zone"] if i % 7 == 0 else []),
                "        }",
            ]
        lines.append("    }")
    return "\n".join([*lines, f"    grade good >= {2 * count} points; other otherwise", "}", ""])


def defaults_of(count: int) -> str:
    """A file in which one default, a method of its own and a table by indicator score every indicator."""
    lines = [
        *_head(count),
        *(f"    group {name} {{ {'; '.join(members)} }}" for name, members in REGIONS.items()),
        '    table standards "Standards" by indicator {',
        *(f"        {i}: {10 + i % 50} 家;" for i in range(1, count + 1)),
        "    }",
        *(f'    input x{i} "Input {i}" in 家 {{ from sti; range >= 0 }}' for i in range(1, count + 1)),
        "    method eased(x, target) = attain(x, target: target) * 60% + 40%",
        "    default score = eased(it, target: entry(standards))",
    ]
    for first in range(1, count + 1, IN_CATEGORY):
        lines.append(f'    category c{first} "Category {first}" {{')
        for i in range(first, min(first + IN_CATEGORY, count + 1)):
            lines += [
                f'        indicator {i} "Indicator {i}" 4 points {{',
                f"            measure x{i}",
                "            by sti",
                f'            cite "Annex" item {i}',
                "        }",
            ]
        lines.append("    }")
    return "\n".join([*lines, f"    grade good >= {2 * count} points; other otherwise", "}", ""])


SHAPES: Mapping[str, Callable[[int], str]] = {"scores": rules_of, "defaults": defaults_of}


def measured(count: int, rules_of: Callable[[int], str]) -> dict[str, float]:
    """Seconds of each step, and the peak of memory."""
    from calibration import loop

    import assessment
    from assessment.compiler.from_rules import compile_rules
    from assessment.diagnostics.model import Source
    from assessment.evaluation.outcome import evaluate
    from assessment.semantics.check import check
    from assessment.semantics.limits import check_limits
    from assessment.syntax.collector import collector_off
    from assessment.syntax.parse import parse

    assessment.check(rules_of(1))  # what is made once in a process is not counted
    text = rules_of(count)
    seconds = {"loop": loop()}

    def timed(name: str, run: Any, *arguments: Any) -> Any:
        begin = time.process_time()
        made = run(*arguments)
        seconds[name] = time.process_time() - begin
        return made

    with collector_off():
        file, found = timed("parse", parse, Source(name="bench", text=text))
        rules, more = timed("checks", check, file)
        found += more + timed("limits", check_limits, rules)
        program = timed("compile", compile_rules, rules)
    assert found == (), found[:3]
    del file
    ruleset = assessment.ruleset.RuleSet(program)
    table = {
        region: {f"x{i}": Fraction(place * i % 61) for i in range(1, count + 1)}
        for place, region in enumerate((*REGIONS["county"], *REGIONS["zone"]), start=1)
    }
    data = timed("read", assessment.read_data, table, ruleset)
    outcome, faults = timed("evaluate", evaluate, program, data, 2018)
    assert outcome is not None, faults
    seconds["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    del program, rules, ruleset, outcome, data, table
    begin = time.perf_counter()
    timed("check", assessment.check, text)
    seconds["wall"] = time.perf_counter() - begin
    return seconds


def main(sizes: tuple[int, ...]) -> None:
    for shape in SHAPES:
        _table(shape, sizes)


def _table(shape: str, sizes: tuple[int, ...]) -> None:
    print(f"{shape:>10}" + "".join(f"{column:>10}" for column in COLUMNS))
    rows = []
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--one", shape, str(size)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        rows.append(json.loads(done.stdout))
        shown = (f"{rows[-1][column]:>10.{0 if column == 'MB' else 3}f}" for column in COLUMNS)
        print(f"{size:>10}" + "".join(shown), flush=True)
    if len(rows) > 2:
        grown = log(sizes[-1] / sizes[1])
        powers = (log(rows[-1][column] / max(rows[1][column], 1e-9)) / grown for column in COLUMNS)
        print(f"{'power':>10}" + "".join(f"{power:>10.2f}" for power in powers))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[3]), SHAPES[sys.argv[2]])))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
