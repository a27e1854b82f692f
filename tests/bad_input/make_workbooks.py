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


def target(code: str, name: str = "data/t.xlsx") -> str:
    path = HERE / code / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)


def sheets(code: str, name: str = "data/t.xlsx", **tables) -> None:
    with Workbook(target(code, name)) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        for title, rows in tables.items():
            sheet = book.add_worksheet(title)
            for row, values in enumerate(rows):
                sheet.write_row(row, 0, values)
            if title == "草稿":
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


def far() -> None:
    with Workbook(target("CELL-FAR")) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        sheet = book.add_worksheet("表")
        for row, values in enumerate(TIDY):
            sheet.write_row(row, 0, values)
        sheet.write(1_048_575, 9, 5)


def hidden() -> None:
    with Workbook(target("CELLS-HIDDEN")) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        sheet = book.add_worksheet("表")
        more = ("C32", "final", "coke", 4, "万吨")
        for row, values in enumerate(((*TIDY[0], "note"), (*TIDY[1], "a"), (*more, "b"))):
            sheet.write_row(row, 0, values)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(5, 6, None, None, {"hidden": True})


def merged_number() -> None:
    with Workbook(target("CELL-MERGED")) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        sheet = book.add_worksheet("表")
        for row, values in enumerate((*TIDY, ("C32", "final", "coke", "", "万吨"))):
            sheet.write_row(row, 0, values)
        sheet.merge_range(1, 3, 2, 3, 10)


def password() -> None:
    """What tells an encrypted workbook: the head of an OLE file and the name of its stream."""
    head, stream = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
    Path(target("FILE-PASSWORD")).write_bytes(head + b"\0" * 504 + stream)


if __name__ == "__main__":
    far()
    hidden()
    merged_number()
    password()
    sheets("SHEET-MISSING", 表=TIDY)
    sheets("SHEET-AMBIGUOUS", 一=TIDY, 二=TIDY)
    sheets("SHEET-HIDDEN", 表=TIDY, 草稿=TIDY)
    merged()
    error()
    formula()
    bomb()
    sheets("IMPORT-PLACES", "in/provinces_2019.xlsx", Anhui=BALANCE, InnerMongolia=BALANCE)
    sheets("IMPORT-SHEET", "in/provinces_2019.xlsx", Anhui=BALANCE, InnerMongolia=BALANCE)
    sheets("IMPORT-TWICE", "in/henan_2019.xlsx", 一=BALANCE, 二=BALANCE)
