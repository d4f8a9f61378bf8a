"""The command as a process: pipes, streams, locale, start-up."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules" / "liaocheng" / "2018.assess"
DATA = ROOT / "examples" / "liaocheng-2018.csv"
COMMAND = [sys.executable, "-m", "assessment"]


def run(*argv: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *map(str, argv)],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_data_can_come_from_standard_input() -> None:
    done = run("score", RULES, "-", "--quiet", "--format", "csv", stdin=DATA.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "东昌府区,96.38".encode() in done.stdout


def test_rules_can_come_from_standard_input() -> None:
    done = run("score", "-", DATA, "--quiet", stdin=RULES.read_text(encoding="utf-8").encode("gb18030"))
    assert done.returncode == 0
    assert "96.38" in done.stdout.decode()


def test_binary_rules_are_refused_with_a_finding() -> None:
    done = run("check", "-", stdin=b"\x00\xff" * 100)
    assert done.returncode == 1
    assert b"not-text" in done.stdout
    assert b"Traceback" not in done.stderr


def test_empty_rules_are_refused_with_a_finding() -> None:
    done = run("check", "-")
    assert done.returncode == 1
    assert b"empty-file" in done.stdout


def test_output_is_the_same_in_every_locale() -> None:
    plain = run("score", RULES, DATA, LC_ALL="C", LANG="C", PYTHONUTF8="0")
    chinese = run("score", RULES, DATA, LC_ALL="zh_CN.UTF-8", LANG="zh_CN.UTF-8", TZ="Asia/Shanghai")
    assert plain.returncode == 0
    assert (plain.stdout, plain.stderr) == (chinese.stdout, chinese.stderr)


def test_reader_that_goes_away_ends_the_command_quietly() -> None:
    process = subprocess.Popen(
        [*COMMAND, "score", str(RULES), str(DATA), "--format", "json", "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # before there is anything to read
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert errors == b""


def test_help_loads_nothing_that_takes_time() -> None:
    code = (
        "import sys\n"
        "from assessment.cli.main import parser\n"
        "parser().format_help()\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"lark", "flint", "pint", "numpy", "openpyxl", "xlsxwriter", "pandas"} & set(
        done.stdout.split()
    )
