"""What examples came to, as text for people."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.text import render
from assessment.examples.coverage import Coverage
from assessment.examples.points import KINDS
from assessment.examples.run import Tested

__all__ = ["tested_text"]

_PASSED, _FAILED = Text(en="passed", zh="通过"), Text(en="failed", zh="不符")
_COLON = Text(en=": ", zh="：")
_NOTHING = Text(en="no examples in this file", zh="此文件没有示例")


def tested_text(tested: Tested, lang: Lang, *, name: str, uncovered: bool) -> str:
    """One line for the file and one for each example, then what came otherwise; `uncovered` adds what is not reached."""
    colon = _COLON.in_(lang)
    head = f"{name}{colon}"
    if not tested.examples:
        lines = [f"{head}{_NOTHING.in_(lang)}"]
    else:
        lines = [f"{head}{_summary(tested).in_(lang)}"]
        for one in tested.examples:
            word = _PASSED if one.passed else _FAILED
            lines.append(f"  {word.in_(lang)}{colon}{one.title}")
    text = "\n".join(lines) + "\n"
    if tested.findings:
        text += "\n" + render(tested.findings, lang)
    if tested.examples or uncovered:
        text += _coverage(tested.coverage, lang)
    if uncovered:
        text += render(tested.coverage.findings, lang)
    return text + render(tested.coverage.remarks, lang)


def _summary(tested: Tested) -> Text:
    whole, passed = len(tested.examples), sum(one.passed for one in tested.examples)
    things = sum(len(one.expected) for one in tested.examples)
    examples = "1 example" if whole == 1 else f"{whole} examples"
    en = f"{examples}, {things} expected, "
    zh = f"{whole} 个示例，{things} 项应得，"
    if passed == whole:
        return Text(en=en + "all as expected", zh=zh + "全部相符")
    return Text(en=en + f"{whole - passed} of the examples failed", zh=zh + f"{whole - passed} 个示例不符")


def _coverage(coverage: Coverage, lang: Lang) -> str:
    """How much is reached, in all and of each kind."""
    colon, comma = _COLON.in_(lang), "，" if lang == "zh" else ", "
    counts = []
    for kind, called in KINDS.items():
        points = [one for one in coverage.counted if one.kind == kind]
        if points:
            counts.append(f"{called.in_(lang)} {sum(one.reached for one in points)}/{len(points)}")
    allowed = len(coverage.points) - len(coverage.counted)
    if allowed:
        counts.append(f"准许未触及 {allowed}" if lang == "zh" else f"allowed not to be reached {allowed}")
    return f"{coverage.text.in_(lang)}{colon}{comma.join(counts)}\n" if counts else ""
