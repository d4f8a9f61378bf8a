"""A workbook may be damaged in any way: it is read or reported, and never raises."""

import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st


def _saved() -> bytes:
    out = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(["地区", "研发经费"])
    workbook.active.append(["冠县", 1])
    workbook.save(out)
    return out.getvalue()


SAVED = _saved()
PARTS = {
    name: zipfile.ZipFile(io.BytesIO(SAVED)).read(name)
    for name in zipfile.ZipFile(io.BytesIO(SAVED)).namelist()
}
positions = st.floats(min_value=0, max_value=1, exclude_max=True)
damages = st.lists(
    st.tuples(positions, st.sampled_from(b'<>/"AZ09 =r-'), st.integers(0, 20)), min_size=1, max_size=3
)


def damaged(body: bytes, damage) -> bytes:
    broken = bytearray(body)
    for where, byte, removed in damage:
        place = int(where * len(broken))
        broken[place : place + removed] = bytes([byte])
    return bytes(broken)


@settings(max_examples=60)
@given(damage=damages)
def test_file_with_damaged_bytes_is_read_or_reported(reading, damage) -> None:
    found = reading(b"PK" + damaged(SAVED[2:], damage))
    assert (found.data is None) == bool(found.errors)


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(PARTS)), damage=damages)
def test_workbook_with_a_damaged_part_is_read_or_reported(reading, name, damage) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, body in PARTS.items():
            archive.writestr(part, damaged(body, damage) if part == name else body)
    found = reading(out.getvalue())
    assert (found.data is None) == bool(found.errors)
