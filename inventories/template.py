"""The xlsx template of a new workspace, made from the code lists: rows, columns, fixed units, dropdowns.

Units stand in the sheets as text the readers know, and a validation keeps them; every list a cell may be chosen from
comes from flows.yaml, sectors.yaml, metrics.yaml, carriers.yaml and products.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from .codes import carriers, flows, metrics, products, sectors

BALANCE, SERIES, PROCESS, FORM = "能源平衡表", "指标", "生产过程", "205-1"
LISTS = "代码表"
UNITS = {"t": "万吨", "m3": "亿立方米", "GJ": "万百万千焦", "kWh": "亿千瓦时", "tce": "万吨标准煤"}
FORM_UNITS = {"t": "吨", "m3": "万立方米", "GJ": "百万千焦", "kWh": "万千瓦时", "tce": "吨标准煤"}
SERIES_UNITS = {
    "10^8 yuan": "亿元", "10^4 persons": "万人", "10^4 tce": "万吨标准煤", "10^8 kWh": "亿千瓦时", "10^4 t": "万吨",
}  # fmt: skip
FORM_COLUMNS = (
    "期初库存量", "购进量", "消费量合计", "工业生产消费量", "用于原材料", "非工业生产消费量", "运输工具消费", "期末库存量", "回收利用",
)  # fmt: skip
SECTORS = ("A", "IND", "E", "G", "FH", "OTH", "RES", "RES_U", "RES_R")
"""final consumption in a regional balance; divisions of industry follow on their own sheet rows when wanted"""
STARTING = (
    "gdp_current", "gdp_growth", "population", "energy_total_published", "energy_intensity_change_published",
    "electricity_consumption", "electricity_generation", "electricity_inflow", "electricity_outflow", "coal_consumption",
)  # fmt: skip
ROWS = 300
"""rows of a long sheet that carry dropdowns"""
_STAMP = datetime(1980, 1, 1)


def write_template(path: Path, kind: str, years: Sequence[int]) -> None:
    """Write the template of a region, park (balance, series, processes) or enterprise (form 205-1, processes)."""
    from xlsxwriter import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    with Workbook(str(path)) as book:
        book.set_properties({"created": _STAMP, "title": "carbonpeak"})
        style = {
            "head": book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "align": "center"}),
            "unit": book.add_format({"italic": True, "font_color": "#7F7F7F", "border": 1, "align": "center"}),
            "name": book.add_format({"border": 1}),
            "cell": book.add_format({"border": 1, "bg_color": "#FFFFE5"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }  # fmt: skip
        if kind == "enterprise":
            _form(book, style)
        else:
            _balance(book, style)
        if kind != "enterprise":
            _series(book, style, years)
        _process(book, style)
        _lists(book)


def _balance_rows() -> list[tuple[str, str]]:
    """(Chinese, English) names of the rows in the order of the form."""
    out = []
    for flow in flows().codes.values():
        if flow.id in ("activity", "recovery", "non_energy", "loss_transmission", "closing_stock", "opening_stock"):
            continue
        out.append((flow.zh, flow.en))
        if flow.id == "final":
            for code in SECTORS:
                out.append((sectors()[code].zh, sectors()[code].en))
                out += [(flows()["non_energy"].zh, flows()["non_energy"].en)] if code == "IND" else []
        if flow.id == "total":
            break
    return out


def _balance(book: Any, style: dict[str, Any]) -> None:
    sheet = book.add_worksheet(BALANCE)
    items = carriers()["energy_total"].parts
    sheet.write(0, 0, "能源平衡表（实物量）Energy balance, physical quantities", style["title"])
    sheet.write(
        1,
        0,
        "投入、调出、出口、库存增加填负数；没有的留空。Inputs, outflow, export and stock build-up are negative; leave blank what is not there.",
    )
    sheet.write_row(2, 0, ["项目", "Item"], style["head"])
    sheet.write_row(3, 0, ["", ""], style["unit"])
    for column, item in enumerate(items, start=2):
        carrier = carriers()[item]
        sheet.write(2, column, carrier.zh, style["head"])
        _fixed(sheet, 3, column, UNITS[carrier.unit], style["unit"])
    for row, names in enumerate(_balance_rows(), start=4):
        sheet.write_row(row, 0, names, style["name"])
        for column in range(2, len(items) + 2):
            sheet.write_blank(row, column, None, style["cell"])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, len(items) + 1, 11)
    sheet.freeze_panes(4, 2)


def _fixed(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    sheet.write(row, column, text, style)
    message = f"单位固定为 {text} The unit is fixed."
    sheet.data_validation(row, column, row, column, {"validate": "list", "source": [text], "error_message": message})


def _series(book: Any, style: dict[str, Any], years: Sequence[int]) -> None:
    """Rows for the metrics an account starts from, each year, with their units; more may be added below."""
    sheet = book.add_worksheet(SERIES)
    heads = ("指标", "地区", "年份", "数值", "计量单位", "折算方法", "价格年", "数据版本", "证据级别", "来源", "备注")
    sheet.write_row(0, 0, heads, style["head"])
    names = [(code, year) for code in STARTING if code in metrics() for year in years]
    for row, (code, year) in enumerate(names, start=1):
        sheet.write(row, 0, metrics()[code].zh, style["name"])
        sheet.write(row, 2, year, style["name"])
        sheet.write_blank(row, 3, None, style["cell"])
        unit = metrics()[code].unit
        _fixed(sheet, row, 4, SERIES_UNITS.get(unit, unit), style["unit"])
    _choose(sheet, 0, f"={LISTS}!$A$2:$A${len(metrics().codes) + 1}")
    _choose(sheet, 5, ["calorific", "equivalent"])
    _choose(sheet, 7, ["preliminary", "annual", "verified"])
    _choose(sheet, 8, ["transcribed", "derived", "attributed", "recalled", "assumed"])
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 10, 13)
    sheet.freeze_panes(1, 1)


def _process(book: Any, style: dict[str, Any]) -> None:
    sheet = book.add_worksheet(PROCESS)
    sheet.write_row(0, 0, ("品种", "年份", "数量", "计量单位", "数据质量", "备注"), style["head"])
    _choose(sheet, 0, f"={LISTS}!$C$2:$C${len(products().codes) + 1}")
    _choose(sheet, 3, ["t", "万吨"])
    _choose(sheet, 4, ["measured", "metered", "surveyed", "estimated", "published"])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 5, 13)
    sheet.freeze_panes(1, 0)


def _choose(sheet: Any, column: int, source: str | list[str]) -> None:
    sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": source, "ignore_blank": True})


def _form(book: Any, style: dict[str, Any]) -> None:
    """Form 205-1 with the carriers down. The coefficient column takes the enterprise's own measured values."""
    sheet = book.add_worksheet(FORM)
    sheet.write_row(0, 0, ("能源名称", "计量单位", *FORM_COLUMNS, "采用折标系数"), style["head"])
    items = carriers()["energy_total"].parts
    for row, item in enumerate(items, start=1):
        carrier = carriers()[item]
        sheet.write(row, 0, carrier.zh, style["name"])
        _fixed(sheet, row, 1, FORM_UNITS[carrier.unit], style["unit"])
        for column in range(2, len(FORM_COLUMNS) + 3):
            sheet.write_blank(row, column, None, style["cell"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(FORM_COLUMNS) + 2, 14)
    sheet.freeze_panes(1, 2)


def _lists(book: Any) -> None:
    """The hidden sheet the dropdowns take their words from."""
    sheet = book.add_worksheet(LISTS)
    sheet.write_row(0, 0, ("指标", "单位", "产品", "单位"))
    for row, metric in enumerate(metrics().codes.values(), start=1):
        sheet.write_row(row, 0, (metric.zh, metric.unit))
    for row, product in enumerate(products().codes.values(), start=1):
        sheet.write_row(row, 2, (product.zh, product.unit))
    sheet.hide()
