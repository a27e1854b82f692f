"""Makes the workbooks of the bad-input folders: `python tests/bad_input/make_workbooks.py`. They are committed as made."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook as Plain
from xlsxwriter import Workbook

HERE = Path(__file__).parent
TIDY = ("sector", "flow", "item", "quantity", "unit"), ("C31", "final", "coke", 10, "万吨")
BALANCE = ("项目", "原煤", "焦炭"), ("", "万吨", "万吨"), ("终端消费量", 1, 2)


def target(code: str) -> str:
    path = HERE / code / "data" / "t.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)


def sheets(code: str, **tables) -> None:
    with Workbook(target(code)) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for row, values in enumerate(rows):
                sheet.write_row(row, 0, values)
            if name == "草稿":
                sheet.hide()


def merged() -> None:
    with Workbook(target("HEADER-MERGED")) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        sheet = book.add_worksheet("表")
        for row, values in enumerate(
            (("项目", "", "", "焦炭", "汽油"), ("", *["万吨"] * 4), ("终端消费量", 1, 2, 3, 4))
        ):
            sheet.write_row(row, 0, values)
        sheet.merge_range(0, 1, 0, 2, "原煤")


def error() -> None:
    with Workbook(target("CELL-ERROR")) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        sheet = book.add_worksheet("表")
        for row, values in enumerate(BALANCE):
            sheet.write_row(row, 0, values)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")


def formula() -> None:
    book = Plain()
    sheet = book.active
    sheet.title = "表"
    for values in BALANCE:
        sheet.append(values)
    sheet["C3"] = "=B3*2"
    book.save(target("CELL-FORMULA"))


def bomb() -> None:
    sheets("ZIP-BOMB", 表=TIDY)
    with zipfile.ZipFile(target("ZIP-BOMB"), "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/media/nothing.bin", b"\0" * 30_000_000)


if __name__ == "__main__":
    sheets("SHEET-MISSING", 表=TIDY)
    sheets("SHEET-AMBIGUOUS", 一=TIDY, 二=TIDY)
    sheets("SHEET-HIDDEN", 表=TIDY, 草稿=TIDY)
    merged()
    error()
    formula()
    bomb()
