"""How long the pipeline takes on eleven regions and thirteen indicators, beside a plain script that does the same sums.

    python tests/benchmarks/bench_pipeline.py

Times are medians. What is started once in a process (imports, the parser, a rule file that is not cached) is measured in
processes of its own. The eleventh region is a copy of the tenth under another name; all figures are illustrative,
invented. The fixed loop never changes: by it, figures of different days compare. Not collected by pytest: a time is a property of the machine.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from calibration import loop

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules" / "liaocheng" / "2018.assess"
CSV = ROOT / "examples" / "liaocheng-2018.csv"
NEW, TWIN = "度假区", "高新区"

START = """
import json, sys, time
from pathlib import Path
begin = time.perf_counter(); import assessment; imported = time.perf_counter()
import assessment.api, assessment.ruleset, assessment.report.terminal; ready = time.perf_counter()
assessment.load(Path(sys.argv[1])); loaded = time.perf_counter()
print(json.dumps([imported - begin, ready - imported, loaded - ready]))
"""


def median(run: Callable[[], object], times: int) -> float:
    """The median of the seconds that a call takes, after one call that is not counted."""
    run()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def started(rules: Path, cache: str, times: int) -> list[float]:
    """Medians of importing the package, importing the pipeline, and loading a rule file, each in a fresh process."""
    env = {**os.environ, "ASSESSMENT_CACHE": cache}
    runs = []
    for _ in range(times + 1):
        done = subprocess.run(
            [sys.executable, "-c", START, str(rules)], env=env, stdout=subprocess.PIPE, text=True, check=True
        )
        runs.append(json.loads(done.stdout))
    return [statistics.median(column) for column in zip(*runs[1:], strict=True)]


def eleven(folder: Path) -> tuple[Path, Path]:
    """The rules and the data with an eleventh region."""
    rules, data = folder / "eleven.assess", folder / "eleven.csv"
    text = RULES.read_text(encoding="utf-8")
    rules.write_text(text.replace("高新技术产业开发区 }", f"高新技术产业开发区；{NEW} }}"), encoding="utf-8")
    lines = []
    for line in CSV.read_text(encoding="utf-8-sig").splitlines():
        lines.append(line)
        if f",{TWIN}," in line:
            lines.append(line.replace(f",{TWIN},", f",{NEW},", 1))
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return rules, data


def by_hand() -> Any:
    """The plain script of the examples, with the eleventh region."""
    spec = importlib.util.spec_from_file_location("by_hand", ROOT / "examples" / "by_hand.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ZONES = (*module.ZONES, NEW)
    return module


def main(times: int = 15) -> None:
    rows: list[tuple[str, float | None, float | None]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rules_file, csv_file = eleven(folder)
        cold = started(rules_file, "off", times)
        warm = started(rules_file, str(folder / "cache"), times)

        import assessment

        os.environ["ASSESSMENT_CACHE"] = "off"
        rules = assessment.load(rules_file)
        data = assessment.read_data(csv_file, rules)
        script = by_hand()
        sheet = script.read(csv_file)

        def traced() -> None:
            for one in rules.evaluate(data):
                one.breakdown  # noqa: B018 - made when asked for

        def told() -> None:
            for one in rules.evaluate(data):
                one.explain(lang="zh")

        result = rules.evaluate(data)
        assert len(result) == 11
        assert all(script.score(sheet, 2018)[one.region]["exact"] == one.exact for one in result)

        rows += [
            ("a fixed loop in plain Python", None, loop()),
            ("import assessment", cold[0], None),
            ("import the whole pipeline", cold[1], None),
            ("load the rule file, no cache", cold[2], None),
            ("load the rule file, warm cache", warm[2], None),
            (
                "read the CSV (three years)",
                median(lambda: assessment.read_data(csv_file, rules), times),
                median(lambda: script.read(csv_file), times),
            ),
            ("score, rank and grade", median(lambda: rules.evaluate(data), times), None),
            ("… plain script, exact fractions", None, median(lambda: script.score(sheet, 2018), times)),
            ("… plain script, binary floats", None, median(lambda: script.score(sheet, 2018, float), times)),
            ("score with the full breakdown of all", median(traced, times), None),
            ("score and tell every step in Chinese", median(told, times), None),
        ]
    print(f"{'11 regions, 13 indicators, milliseconds':<42}{'assessment':>12}{'plain script':>14}")
    for what, ours, plain in rows:
        print(f"{what:<42}{_ms(ours):>12}{_ms(plain):>14}")


def _ms(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.1f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
