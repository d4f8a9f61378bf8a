"""The thirteen indicators of Liaocheng 2018 worked in plain Python, without the library.

Three uses: the tests compare the library with it, digit by digit, in fractions; the same sheet in binary floats shows
what most spreadsheets and scripts would have published; the benchmark takes the float version as its yardstick.
The methods are those which `rules/liaocheng/2018.assess` assumes. Every figure it works on is *illustrative, invented*.

    python examples/by_hand.py examples/liaocheng-2018.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

COUNTIES = ("东昌府区", "临清市", "冠县", "莘县", "阳谷县", "东阿县", "茌平县", "高唐县")
ZONES = ("开发区", "高新区")
SHORT = {"茌平": "茌平县", "茌平区": "茌平县", "经济技术开发区": "开发区", "高新技术产业开发区": "高新区"}
COLUMNS = {
    "全社会R&D经费支出（万元）": "rd",
    "地区生产总值（亿元）": "gdp",
    "常住人口（万人）": "people",
    "高新技术产业产值（亿元）": "tech_output",
    "规模以上工业产值（亿元）": "output",
    "高新技术企业数量（家）": "tech_firms",
    "规模以上工业企业数量（家）": "firms",
    "规模以上工业企业中有研发活动的企业数（家）": "rd_firms",
    "享受研发费用税前加计扣除政策的企业数（家）": "deducting_firms",
    "有效发明专利数（件）": "patents",
    "技术市场成交合同金额（万元）": "contracts",
    "出台实施创新驱动发展战略的决定或意见": "decision",
    "配套政策件数（件）": "policies",
    "科技管理机构健全": "body",
    "专职科技管理人员到位": "staff",
    "科技管理队伍专家评分": "team",
    "创新治理格局评定": "governance",
    "特色工作案例专家评分": "cases",
    "省以上表彰": "honours",
    "重大科研失信": "misconduct",
}
KEY = (2, 5, 6, 10, 11)
POINTS = {1: 10, 2: 10, 3: 8, 4: 6, 5: 10, 6: 8, 7: 8, 8: 6, 9: 6, 10: 8, 11: 8, 12: 6, 13: 6}
CATEGORIES = ((1, 2, 3), (4, 5, 6, 7, 8, 9), (10, 11, 12), (13,))

Number = Any  # Fraction or float: the same lines of arithmetic for both
Sheet = dict[int, dict[str, dict[str, str]]]


def read(path: Path) -> Sheet:
    """The cells by year, region and column, as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    start = next(place for place, row in enumerate(rows) if "年度" in row)
    headings = rows[start]
    sheet: Sheet = {}
    for row in rows[start + 1 :]:
        cells = dict(zip(headings, row, strict=True))
        region = cells["县（市、区）"]
        region = SHORT.get(region, region)
        if region in COUNTIES + ZONES:
            kept = {name: cells[heading] for heading, name in COLUMNS.items()}
            sheet.setdefault(int(cells["年度"]), {})[region] = kept
    return sheet


def score(sheet: Sheet, year: int, number: Callable[[str], Number] = Fraction) -> dict[str, dict[str, Any]]:
    """Scores, total, key subtotal, rank and grade of every region.

    `number` makes a number of a decimal text: `Fraction` for the exact sheet, `float` for what floats would publish.
    """
    now, before = sheet[year], sheet[year - 1]
    regions = list(now)
    n = number

    def value(region: str, name: str, rows: dict[str, dict[str, str]]) -> Number | None:
        text = rows[region][name].replace(",", "")
        return None if text in ("—", "不适用") else n(text)

    def field(name: str, rows: dict[str, dict[str, str]] = now) -> dict[str, Number]:
        found = {region: value(region, name, rows) for region in regions}
        return {region: figure for region, figure in found.items() if figure is not None}

    rd, rd_before = field("rd"), field("rd", before)
    gdp, gdp_before = field("gdp"), field("gdp", before)
    rd_share = {r: rd[r] / n("10000") / gdp[r] for r in regions}
    rd_rise = {r: rd_share[r] - rd_before[r] / n("10000") / gdp_before[r] for r in regions}
    output, tech = field("output"), field("tech_output")
    tech_share = {r: tech[r] / output[r] for r in regions}
    before_share = {r: value(r, "tech_output", before) / value(r, "output", before) for r in regions}
    people = field("people")
    per_head = {r: gdp[r] / people[r] for r in people}
    mean_per_head = added(per_head.values(), n) / n(str(len(per_head)))
    firms, tech_firms = field("firms"), field("tech_firms")
    firms_before = field("tech_firms", before)
    city_share = added(tech_firms.values(), n) / added(firms.values(), n)
    contracts = field("contracts")

    result: dict[str, dict[str, Any]] = {}
    for r in regions:
        cells = now[r]
        got: dict[int, Number | None] = {1: None}

        level = (rd_share[r] - min(rd_share.values())) / (max(rd_share.values()) - min(rd_share.values()))
        got[2] = n("5") * (n("0.6") + n("0.4") * level) + _rise_points(rd_rise[r], n)

        spread = max(tech_share.values()) - min(tech_share.values())
        reach = (tech_share[r] - before_share[r]) / n("0.015")
        got[3] = n("4") * (tech_share[r] - min(tech_share.values())) / spread + n("4") * _held(reach, n)

        got[4] = n("6") * _held(per_head[r] / mean_per_head, n) if r in people else None

        most, least = max(tech_firms.values()), min(tech_firms.values())
        more = tech_firms[r] - firms_before[r]
        got[5] = n("8") * (tech_firms[r] - least) / (most - least) + max(n("0"), min(n("2"), more * n("0.5")))

        above = (tech_firms[r] / firms[r] - city_share) / city_share
        got[6] = max(n("0"), min(n("8"), n("6") + above / n("0.05") * n("0.5")))

        if r in people:
            held = value(r, "patents", now) / people[r]
            got[7] = n("8" if held >= 6 else "6" if held >= n("2.5") else "4" if held >= 1 else "2")
        else:
            got[7] = None

        group = COUNTIES if r in COUNTIES else ZONES
        place = 1 + sum(contracts[other] > contracts[r] for other in regions if other in group)
        got[8] = n("6") * (n("1") - n("0.05") * n(str(place - 1)))

        active = value(r, "rd_firms", now)
        got[9] = n("0") if active == 0 else n("6") * _held(value(r, "deducting_firms", now) / active, n)

        got[10] = (n("4") if cells["decision"] == "是" else n("0")) + min(n("4"), value(r, "policies", now))
        got[11] = (
            (n("2") if cells["body"] == "是" else n("0"))
            + (n("2") if cells["staff"] == "是" else n("0"))
            + n("4") * _trimmed(cells["team"], n) / n("100")
        )
        got[12] = n({"好": "6", "较好": "4.5", "一般": "3"}[cells["governance"]])
        honour = "3" if "国家级" in cells["honours"] else "2" if "省级" in cells["honours"] else "0"
        got[13] = n("3") * _trimmed(cells["cases"], n) / n("100") + n(honour)

        possible = _redistributed(got, n)
        for no, points in possible.items():
            if got[no] is not None:
                got[no] = got[no] * points / n(str(POINTS[no]))
        result[r] = {"scores": got, "possible": possible, "misconduct": cells["misconduct"] == "是"}

    for one in result.values():
        got, possible = one["scores"], one["possible"]
        one["exact"] = added((got[no] for no in POINTS if got[no] is not None), n)
        one["total"] = published(one["exact"])
        one["key_exact"] = added((got[no] for no in KEY), n)
        one["key_total"] = published(one["key_exact"])
        one["published"] = {no: None if got[no] is None else published(got[no]) for no in POINTS}
    for group in (COUNTIES, ZONES):
        _grade({r: one for r, one in result.items() if r in group}, n)
    for r, one in result.items():
        group = COUNTIES if r in COUNTIES else ZONES
        mine = _rank_key(one)
        one["rank"] = 1 + sum(_rank_key(result[other]) > mine for other in result if other in group)
    return result


def published(x: Number) -> Number:
    """Two decimals: half-up in exact arithmetic; for floats `round`, as scripts have it."""
    if isinstance(x, float):
        return round(x, 2)
    cents = (x * 100 + Fraction(1, 2)).__floor__()
    return (
        Context(prec=60, rounding=ROUND_HALF_UP)
        .divide(Decimal(cents), Decimal(100))
        .quantize(Decimal("0.01"))
    )


def _rise_points(rise: Number, n: Callable[[str], Number]) -> Number:
    """0 percentage points earn 0, 0.1 earn 3, 0.2 earn 5, straight lines between."""
    tenth, fifth = n("0.001"), n("0.002")
    if rise <= 0:
        return n("0")
    if rise <= tenth:
        return n("3") * rise / tenth
    if rise <= fifth:
        return n("3") + n("2") * (rise - tenth) / (fifth - tenth)
    return n("5")


def _held(rate: Number, n: Callable[[str], Number]) -> Number:
    return max(n("0"), min(n("1"), rate))


def added(values: Iterable[Number], n: Callable[[str], Number]) -> Number:
    """The sum from left to right, as a spreadsheet adds; `sum` itself compensates floats from Python 3.12 on."""
    total = n("0")
    for value in values:
        total = total + value
    return total


def _trimmed(ratings: str, n: Callable[[str], Number]) -> Number:
    """The mean without one highest and one lowest."""
    kept = sorted(n(text) for text in ratings.split("; "))[1:-1]
    return added(kept, n) / n(str(len(kept)))


def _redistributed(got: dict[int, Number | None], n: Callable[[str], Number]) -> dict[int, Number]:
    """Points possible once those of what does not apply went to the rest of the category, in proportion."""
    possible: dict[int, Number] = {}
    for category in CATEGORIES:
        whole = sum(POINTS[no] for no in category)
        left = sum(POINTS[no] for no in category if got[no] is not None)
        for no in category:
            possible[no] = n("0") if got[no] is None else n(str(POINTS[no] * whole)) / n(str(left))
    return possible


def _grade(group: dict[str, dict[str, Any]], n: Callable[[str], Number]) -> None:
    """The grades of a group: by thresholds, held down by the two limits, and 优秀 for 30 % of the group at most."""
    names = ("优秀", "良好", "合格", "不合格")
    thresholds = (90, 80, 60)
    places = {}
    for region, one in group.items():
        place = next((place for place, bound in enumerate(thresholds) if one["total"] >= bound), 3)
        if one["misconduct"]:
            place = max(place, 2)
        # The gate compares published scores with 60 % of the points possible.
        if any(n(str(one["published"][no])) / one["possible"][no] < n("0.6") for no in KEY):
            place = max(place, 1)
        places[region] = place
    quota = (3 * len(group) + 5) // 10  # 30 %, half up
    standing = [group[region]["total"] for region, place in places.items() if place == 0]
    for region, one in group.items():
        if places[region] == 0 and 1 + sum(total > one["total"] for total in standing) > quota:
            places[region] = 1
        one["grade"] = names[places[region]]


def _rank_key(one: dict[str, Any]) -> tuple[Number, Number, Number]:
    return (one["total"], one["key_total"], one["published"][2])


def main(path: str) -> None:
    sheet = read(Path(path))
    exact, floats = score(sheet, 2018), score(sheet, 2018, float)
    print("2018，示例数据，虚构 / illustrative, invented")
    for region, one in exact.items():
        other = floats[region]
        differs = [no for no in POINTS if str(one["published"][no]) != _two(other["published"][no])]
        note = f"  floats: {_two(other['total'])} {other['grade']} rank {other['rank']}, indicators {differs}"
        same = _two(other["total"]) == str(one["total"]) and not differs and other["grade"] == one["grade"]
        print(
            f"{region}\t{one['rank']}\t{one['total']}\t{one['key_total']}\t{one['grade']}"
            + ("" if same and other["rank"] == one["rank"] else note)
        )


def _two(x: float | None) -> str:
    return "None" if x is None else f"{x:.2f}"


if __name__ == "__main__":
    main(sys.argv[1])
