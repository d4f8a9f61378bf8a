"""Writes `README.md`, the list of all findings by layer: `python docs/reference/diagnostics/make_index.py`."""

from pathlib import Path

from assessment.diagnostics import TABLES

FOLDER = Path(__file__).parent
LAYERS = {
    "syntax": "Reading rules",
    "amendments": "Amending rules",
    "rules": "Checking rules",
    "data": "Reading data",
    "published": "Reading published tables",
    "evaluation": "Calculating",
    "examples": "Running examples",
}


def index(folder: Path = FOLDER) -> str:
    """The list; a code that has a page links to it."""
    lines = [
        "# Findings",
        "",
        "Every finding has a code that is never renamed. An *error* means that the rules or the data have no meaning, a",
        "*warning* that they probably do not mean what they say, a *note* that nothing is wrong but a reader should know.",
        "Commands fail on errors, and with `--strict` on warnings too.",
        "",
        "A warning or note that is meant to be is allowed where it is, with the reason, and reports list what is allowed:",
        '`allow no-owner "to be named"` (`准许 no-owner “待定”`) in a body speaks of that body, `allow unused-input gdp "for next year"`',
        "of what is declared beside it under that name, one in the body of the file of the whole file. Errors cannot be allowed.",
        "",
        "This page is written by `make_index.py`.",
    ]
    for layer, codes in TABLES.items():
        lines += ["", f"## {LAYERS[layer]}", "", "| code | | in English | in Chinese |", "|---|---|---|---|"]
        for code in codes:
            page = f"{code.name}.md"
            name = f"[{code.name}]({page})" if (folder / page).exists() else code.name
            lines.append(f"| {name} | {code.severity.value} | {code.title.en} | {code.title.zh} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    print("README.md")
