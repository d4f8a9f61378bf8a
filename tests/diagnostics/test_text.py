import unicodedata

from assessment.diagnostics import CellPlace, Label, Source, Span, Text, diagnostic, render, visible

MESSAGE = Text(en="something is wrong", zh="有误")


def place(text: str, part: str, name: str = "access.assess") -> Span:
    start = text.index(part)
    return Span(source=Source(name=name, text=text), start=start, end=start + len(part))


def rendered(*labels: Label | Span | CellPlace, lang: str = "en") -> list[str]:
    """The lines of one finding, without the empty line and the count behind it."""
    return render([diagnostic("band-gap", MESSAGE, *labels)], "zh" if lang == "zh" else "en").splitlines()[
        :-2
    ]


def test_finding_is_shown_with_both_places_and_help() -> None:
    text = "\n" * 13 + "    band low    0   .. 0.4\n    band medium 0.5 .. 1.0\n"
    found = diagnostic(
        "band-gap",
        Text(en="bands of `road` leave 0.4 to 0.5 km/km² without a score", zh="分档 `road` 有空档"),
        Label(place=place(text, "0.5"), text=Text(en="the next one starts at 0.5", zh="下一档从 0.5 开始")),
        Label(
            place=place(text, "0.4"), text=Text(en="this band ends at 0.4", zh="此档止于 0.4"), primary=False
        ),
        help=Text(en="start `medium` at 0.4", zh="将 `medium` 的起点改为 0.4"),
        notes=(Text(en="bands cover all values", zh="分档须覆盖全部取值"),),
    )
    assert render([found]) == (
        "error[band-gap]: bands of `road` leave 0.4 to 0.5 km/km² without a score\n"
        "  --> access.assess:15:17\n"
        "   |\n"
        "14 |     band low    0   .. 0.4\n"
        "   |                        --- this band ends at 0.4\n"
        "15 |     band medium 0.5 .. 1.0\n"
        "   |                 ^^^ the next one starts at 0.5\n"
        "   = note: bands cover all values\n"
        "   = help: start `medium` at 0.4\n"
        "\n"
        "1 error\n"
    )
    assert render([found], "zh") == (
        "错误[band-gap]：分档 `road` 有空档\n"
        "  --> access.assess:15:17\n"
        "   |\n"
        "14 |     band low    0   .. 0.4\n"
        "   |                        --- 此档止于 0.4\n"
        "15 |     band medium 0.5 .. 1.0\n"
        "   |                 ^^^ 下一档从 0.5 开始\n"
        "   = 说明：分档须覆盖全部取值\n"
        "   = 帮助：将 `medium` 的起点改为 0.4\n"
        "\n"
        "共 1 个错误\n"
    )


def test_nothing_is_rendered_for_no_findings() -> None:
    assert render([]) == ""


def test_findings_are_counted_by_severity() -> None:
    found = [
        diagnostic(code, MESSAGE) for code in ("cycle", "cycle", "unused-input", "data-float", "data-float")
    ]
    assert render(found).splitlines()[-1] == "2 errors, 1 warning and 2 notes"
    assert render(found, "zh").splitlines()[-1] == "共 2 个错误、1 个警告、2 个提示"
    assert render(found[1:3]).splitlines()[-1] == "1 error and 1 warning"


def test_marks_under_chinese_text_take_two_columns_for_each_character() -> None:
    lines = rendered(place("总分 一百 分", "一百"))
    # 总分 and the blank take 2 + 2 + 1 columns.
    assert lines[-2:] == ["1 | 总分 一百 分", "  | " + " " * 5 + "^^^^"]


def test_marked_text_is_repeated_behind_characters_of_ambiguous_width() -> None:
    lines = rendered(place("指标 2 ※ 十 分", "十"))
    assert lines[-1] == "  | " + " " * 9 + "^^ (at `十`)"


def test_marked_text_is_not_repeated_before_characters_of_ambiguous_width() -> None:
    lines = rendered(place("十 分 ※", "十"))
    assert lines[-1] == "  | ^^"


def test_tab_is_shown_as_four_blanks() -> None:
    lines = rendered(place("\ta\tb", "b"))
    assert lines[-2:] == ["1 |     a    b", "  | " + " " * 9 + "^"]


def test_invisible_and_control_characters_are_shown_by_their_code_point() -> None:
    lines = rendered(place("a\u202e\x1b[31m b", "b"))
    assert lines[-2] == "1 | a<U+202E><U+001B>[31m b"
    assert lines[-1].index("^") == lines[-2].index("b")


def test_names_in_messages_cannot_break_the_line() -> None:
    assert visible("a\nb\u2028c\ud800") == "a<U+000A>b<U+2028>c<U+D800>"


def test_combining_marks_take_no_column() -> None:
    text = unicodedata.normalize("NFD", "é b")
    assert rendered(place(text, "b"))[-1] == "  |   ^"


def test_end_of_the_text_is_marked_behind_the_last_character() -> None:
    text = "total"
    end = Span(source=Source(name="a", text=text), start=5, end=5)
    assert rendered(end)[-2:] == ["1 | total", "  |      ^"]


def test_end_of_a_text_that_ends_a_line_is_marked_on_the_empty_last_line() -> None:
    end = Span(source=Source(name="a", text="total\n"), start=6, end=6)
    assert rendered(end)[1:] == [" --> a:2:1", "  |", "2 |", "  | ^"]


def test_marks_of_a_span_over_several_lines_stay_on_the_first_one_and_name_the_last() -> None:
    lines = rendered(place("a { b\n c\n}\n", "{ b\n c\n}"))
    assert lines[-2:] == ["1 | a { b", "  |   ^^^ (up to line 3)"]


def test_span_that_ends_with_its_line_end_does_not_go_on() -> None:
    assert rendered(place("ab\ncd", "ab\n"))[-1] == "  | ^^"


def test_two_marks_on_one_line_show_the_line_once() -> None:
    text = "a + b"
    lines = rendered(place(text, "b"), Label(place=place(text, "a"), primary=False))
    assert lines == [
        "error[band-gap]: something is wrong",
        " --> access.assess:1:5",
        "  |",
        "1 | a + b",
        "  | -",
        "  |     ^",
    ]


def test_left_out_lines_are_shown_by_dots() -> None:
    text = "a\n\n\nb"
    lines = rendered(place(text, "b"), Label(place=place(text, "a"), primary=False))
    assert lines[3:] == ["1 | a", "  | -", "...", "4 | b", "  | ^"]


def test_labels_of_another_file_stand_in_a_part_of_their_own() -> None:
    lines = rendered(place("b", "b"), Label(place=place("a", "a", "base.assess"), primary=False))
    assert lines[1:] == [
        " --> access.assess:1:1",
        "  |",
        "1 | b",
        "  | ^",
        " ::: base.assess:1:1",
        "  |",
        "1 | a",
        "  | -",
    ]


def test_data_place_is_named_by_sheet_and_cell() -> None:
    cell = CellPlace(file="file.xlsx", sheet="数据", cell="C7")
    assert rendered(cell)[1:] == ["  --> file.xlsx, sheet 数据, cell C7"]
    assert rendered(cell, lang="zh")[1:] == ["  --> file.xlsx，工作表 数据，单元格 C7"]


def test_label_of_a_data_place_stands_behind_its_address() -> None:
    first = Label(place=CellPlace(cell="C3"), text=Text(en="first given here", zh="首次给出"), primary=False)
    assert rendered(CellPlace(cell="C7"), first)[1:] == ["  --> cell C7", "  ::: cell C3: first given here"]


def test_line_of_200_columns_is_shown_whole() -> None:
    assert rendered(place("x" * 199 + "y", "y"))[-2] == "1 | " + "x" * 199 + "y"


def test_longer_line_is_cut_around_the_mark() -> None:
    lines = rendered(place("x" * 500 + "坏" + "z" * 500, "坏"))
    # 60 characters before the mark, and 100 from it on.
    assert lines[-2] == "1 | ..." + "x" * 60 + "坏" + "z" * 99 + "..."
    assert lines[-1] == "  | " + " " * 63 + "^^"


def test_long_mark_is_cut_with_its_line() -> None:
    assert rendered(place("y" * 300, "y" * 300))[-2:] == ["1 | " + "y" * 100 + "...", "  | " + "^" * 100]


def test_two_marks_far_apart_on_a_long_line_are_both_shown() -> None:
    text = "a" + "x" * 1000 + "b"
    lines = rendered(place(text, "b"), Label(place=place(text, "a"), primary=False))
    assert lines[3:] == [
        "1 | a" + "x" * 99 + "...",
        "  | -",
        "1 | ..." + "x" * 60 + "b",
        "  | " + " " * 63 + "^",
    ]
