"""Bad input of any kind gets a clear error, in bounded time and memory, and never a traceback.

Every case runs the command in a process of its own, with a limit on its memory and its time: what is tested is that the
limits are not met, and that the message names the flaw.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RULES = ROOT / "rules" / "liaocheng" / "2018.assess"
CSV = ROOT / "examples" / "liaocheng-2018.csv"
SECONDS = 60
MEGABYTES = 1_500

RUN = f"""
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20, {MEGABYTES} << 20))
except ImportError:
    pass
from assessment.cli import main
sys.exit(main(sys.argv[1:]))
"""

HEAD = """assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 10 points
    round indicator half-up to 2 places; total half-up to 2 places
    compare rounded
    policies { missing: error; undefined: zero; ties: min }
    rank within all; order total
    department sti "Science"
    input firms "Firms" in 家 { from sti; range >= 0 }
"""


def indicator(score: str) -> str:
    return f"""{HEAD}    category one "One" {{
        indicator 1 "Firms" 10 points {{
            by sti
            cite "Annex" item 1
            score = {score}
        }}
    }}
    grade "good" >= 6 points; "other" otherwise
}}
"""


def run(*words: str | Path, stdin: bytes | None = None) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, words)],
        capture_output=True,
        timeout=SECONDS,
        check=False,
        input=stdin,
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", errors="replace")


def assert_refused(code: str, *words: str | Path, stdin: bytes | None = None) -> str:
    status, text = run(*words, stdin=stdin)
    assert "Traceback" not in text, text[-3000:]
    assert status == 1, text[-3000:]
    assert f"[{code}]" in text, text[-3000:]
    # What is shown is bounded too, however long the input was.
    assert len(text) < 100_000
    return text


BAD_RULES = {
    "binary": (b"\x7fELF\x02\x01\x00\x00" * 500, "not-text"),
    "empty": (b"", "empty-file"),
    "only blanks": ("　\n \t\n".encode(), "empty-file"),
    "a line of 10 MB": (b"assessment x { " + b"a" * 10_000_000 + b" }", "file-too-large"),
    "nesting 10,000 deep": (indicator("(" * 10_000 + "1" + ")" * 10_000).encode(), "nesting-too-deep"),
    "braces 10,000 deep": (b"assessment x " + b"{" * 10_000 + b"}" * 10_000, "nesting-too-deep"),
    "a number of 10,000 digits": (
        indicator("attain(firms, target: " + "9" * 10_000 + " 家)").encode(),
        "number-too-large",
    ),
    "a bidirectional control": (indicator("attain(firms\u202e, target: 9 家)").encode(), "bidi-character"),
    "a string without an end": (b'assessment x for 2018 "Demo {\n total 10 points\n}', "unclosed-string"),
    "a brace without an end": (
        indicator("attain(firms, target: 9 家)").rstrip()[:-1].encode(),
        "unclosed-brace",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_RULES)
def test_bad_rule_file_is_refused(name: str, tmp_path: Path) -> None:
    content, code = BAD_RULES[name]
    path = tmp_path / "bad.assess"
    path.write_bytes(content)
    assert_refused(code, "check", path)


@pytest.mark.slow
@pytest.mark.parametrize("power", ["10**10**10", "10^10^10", "(10^10)^10 ^ 10"])
def test_power_that_no_memory_holds_is_refused(power: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.assess"
    path.write_text(indicator(f"attain(firms * {power}, target: 9 家)"), encoding="utf-8")
    status, text = run("check", path)
    assert status == 1
    assert "Traceback" not in text
    assert "error[" in text


@pytest.mark.slow
def test_doublings_that_no_memory_holds_are_bounded(tmp_path: Path) -> None:
    # Forty squarings of a value: as a number it would have 2^40 digits.
    lets = "\n".join(f"    let x{n + 1} = x{n} * x{n}" for n in range(40))
    text = indicator("attain(x40, target: 1)").replace(
        "    category", f"    let x0 = firms / 1 家\n{lets}\n    category", 1
    )
    rules, data = tmp_path / "bad.assess", tmp_path / "data.csv"
    rules.write_text(text, encoding="utf-8")
    data.write_text("region,firms\nA,7\nB,3\n", encoding="utf-8")
    status, said = run("score", rules, data)
    assert "Traceback" not in said, said[-3000:]
    assert status in {0, 1}


def test_rule_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    status, text = run("check", tmp_path / "none.assess")
    assert status in {1, 2}
    assert "Traceback" not in text


def test_folder_in_place_of_a_rule_file_is_refused(tmp_path: Path) -> None:
    status, text = run("check", tmp_path)
    assert status in {1, 2}
    assert "Traceback" not in text


def csv_with(old: str, new: str) -> bytes:
    text = CSV.read_text(encoding="utf-8-sig")
    assert old in text
    return text.replace(old, new, 1).encode()


def xlsx_bomb() -> bytes:
    """A workbook whose one sheet unpacks to 400 MB of blanks."""
    import io

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 400_000_000)
    return made.getvalue()


BAD_DATA = {
    "binary": (lambda: b"\x7fELF\x02\x01\x00\x00" * 500, "data.csv", "data-unreadable"),
    "empty": (lambda: b"", "data.csv", "data-empty"),
    "a line of 10 MB": (lambda: b"region,firms\nA," + b"9" * 10_000_000, "data.csv", "data-too-large"),
    "a cell that looks like a formula": (
        lambda: csv_with("2018,东昌府区,139200", "2018,东昌府区,=HYPERLINK(1)"),
        "data.csv",
        "data-looks-like-formula",
    ),
    "two regions of one name": (
        lambda: csv_with("2018,临清市", "2018,东昌府区"),
        "data.csv",
        "data-duplicate-region",
    ),
    "an unknown region": (lambda: csv_with("2018,临清市", "2018,临青市"), "data.csv", "data-unknown-region"),
    "a number out of range": (lambda: csv_with(",440,", ",-440,"), "data.csv", "data-out-of-range"),
    "a huge exponent": (lambda: csv_with("139200", "1e100000000"), "data.csv", "data-not-a-number"),
    "a number of 10,000 digits": (lambda: csv_with("139200", "9" * 10_000), "data.csv", "data-not-a-number"),
    "a part of a count": (lambda: csv_with(",216,540,40,", ",216,540,40.5,"), "data.csv", "data-not-a-count"),
    "not a number": (lambda: csv_with("139200", "NaN"), "data.csv", "data-not-a-number"),
    "a workbook that is none": (lambda: b"PK\x03\x04" + b"\x00" * 100, "data.xlsx", "data-unreadable"),
    "a workbook that unpacks without end": (xlsx_bomb, "data.xlsx", "data-unsafe-file"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_DATA)
def test_bad_data_are_refused(name: str, tmp_path: Path) -> None:
    made, file, code = BAD_DATA[name]
    path = tmp_path / file
    path.write_bytes(made())
    assert_refused(code, "score", RULES, path, "--lang", "en")


@pytest.mark.slow
def test_ten_bad_cells_are_ten_errors_with_their_places(tmp_path: Path) -> None:
    text = CSV.read_text(encoding="utf-8-sig")
    rows = text.splitlines()
    bad = [
        ("冠县", 3, "abc"),
        ("莘县", 4, "-1"),
        ("阳谷县", 7, "1.5"),
        ("东阿县", 9, "#DIV/0!"),
        ("高唐县", 10, "1e99999999"),
    ]
    bad += [
        ("东昌府区", 13, "也许"),
        ("临清市", 18, "尚可"),
        ("开发区", 20, "市级"),
        ("高新区", 17, "92; 101; 90"),
        ("茌平", 5, "无"),
    ]
    for region, column, cell in bad:
        place = next(n for n, row in enumerate(rows) if row.startswith(f"2018,{region},"))
        quoted = rows[place].replace('"', "").split(",") if '"' not in rows[place] else _cells(rows[place])
        quoted[column] = cell
        rows[place] = ",".join(f'"{one}"' for one in quoted)
    path = tmp_path / "data.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    status, said = run("score", RULES, path, "--lang", "en")
    assert status == 1
    assert "Traceback" not in said
    assert said.count("error[") == 10, said


def _cells(row: str) -> list[str]:
    import csv

    return next(csv.reader([row]))


@pytest.mark.slow
def test_seven_mistakes_are_seven_errors_and_no_more(tmp_path: Path) -> None:
    lines = RULES.read_text(encoding="utf-8")
    for right, wrong in (
        ("总分 100 分", "总分 101 分"),  # points do not add up
        ("= 研发经费 / 生产总值", "= 研发经费 / 生产总直"),  # an unknown name
        ("目标：1.5 百分点", "目标：1.5%"),  # percent for percentage points
        ("极差（高新占比，", "极叉（高新占比，"),  # an unknown method
        (">= 1 件/万人：4 分；其余：2 分", ">= 1 件/万人：4 分"),  # bands that leave values without a score
        ("分项 存量 8 分", "分项 存量 7 分"),  # parts that do not add up
        ("责任 ip\n", "责任 ipo\n"),  # an unknown department
    ):
        assert right in lines
        lines = lines.replace(right, wrong, 1)
    path = tmp_path / "bad.assess"
    path.write_text(lines, encoding="utf-8")
    status, said = run("check", path, "--lang", "en")
    assert status == 1
    assert "Traceback" not in said
    assert said.count("error[") == 7, said


@pytest.mark.slow
def test_standard_input_is_guarded_like_a_file() -> None:
    assert_refused("not-text", "check", "-", stdin=b"\x00\x01\x02" * 1000)


@pytest.mark.slow
def test_unknown_region_is_answered_with_the_nearest_name() -> None:
    status, text = run("explain", RULES, CSV, "--region", "东昌区", "--lang", "en")
    assert status in {1, 2}
    assert "东昌府区" in text
    assert "Traceback" not in text
