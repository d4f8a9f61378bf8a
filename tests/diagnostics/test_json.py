import json

from assessment.diagnostics import CellPlace, Label, Source, Span, Text, diagnostic, to_json

WORDS = Text(en="words", zh="话")


def test_finding_becomes_an_object_with_all_its_places() -> None:
    source = Source(name="a.assess", text="总分\n  100 分")
    found = diagnostic(
        "points-not-total",
        WORDS,
        Label(place=Span(source=source, start=5, end=8), text=WORDS),
        Label(place=CellPlace(file="a.xlsx", sheet="数据", cell="C7"), primary=False),
        help=WORDS,
    )
    assert json.loads(to_json([found], "zh")) == [
        {
            "code": "points-not-total",
            "severity": "error",
            "message": "话",
            "labels": [
                {
                    "primary": True,
                    "text": "话",
                    "place": {
                        "type": "span",
                        "file": "a.assess",
                        "start": 5,
                        "end": 8,
                        "line": 2,
                        "column": 3,
                        "end_line": 2,
                        "end_column": 6,
                    },
                },
                {
                    "primary": False,
                    "text": None,
                    "place": {
                        "type": "cell",
                        "file": "a.xlsx",
                        "sheet": "数据",
                        "cell": "C7",
                        "row": None,
                        "column": None,
                    },
                },
            ],
            "notes": [],
            "help": "话",
        }
    ]


def test_no_findings_are_an_empty_array() -> None:
    assert json.loads(to_json([])) == []


def test_lone_surrogate_is_escaped_and_comes_back() -> None:
    text = to_json([diagnostic("cycle", Text.same("a\ud800"))])
    assert json.loads(text.encode("utf-8"))[0]["message"] == "a\ud800"
