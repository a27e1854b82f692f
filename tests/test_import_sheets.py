"""Imports of workbooks with several places or years, and of physical beside standard tables: tables made by hand."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import carbonpeak as cp
from carbonpeak.accounting.problems import InputError
from carbonpeak.cli import app
from carbonpeak.factors import yamlfile
from carbonpeak.inventories.codes import regions
from carbonpeak.inventories.imports import bring_in
from carbonpeak.inventories.named import place_of, year_of
from carbonpeak.inventories.readers.read import read_all

Rows = list[list[str | float]]
NOTE: Rows = [["Please cite", "Guan et al."]]
HEAD = "schema: 1\nid: w\nkind: region\ntitle: {zh: 甲, en: A}\nentity: '410000'\n"


def inventory(value: float) -> Rows:
    """A table in the layout of the provincial energy inventories."""
    return [
        ["", "Raw_Coal", "Coke"],
        ["unit", "10^4 ton", "10^4 ton"],
        ["Total Final Consumption", value, 2],
        ["Food Production", value, 2],
    ]


def workbook(path: Path, **sheets: Rows) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def provinces(folder: Path) -> Path:
    return workbook(
        folder / "p.xlsx", NOTE=NOTE, Anhui2019=inventory(1), Henan2019=inventory(5), Hebei2019=inventory(7)
    )


def quantities(root: Path) -> list[tuple[str, float]]:
    from carbonpeak.inventories.workspace.workspace import Workspace

    rows = read_all(Workspace.open(root)).activity
    rows = rows[(rows["item"] == "raw_coal") & (rows["sector"] == "C14")]
    return list(zip(rows["entity"] + "/" + rows["period"], rows["quantity"], strict=True))


def codes(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


class TestPlaces:
    @pytest.mark.parametrize("written", ["河南", "河南省", "410000", "Henan", "henan"])
    def test_the_sheet_of_the_region_is_taken_and_the_others_are_named(self, tmp_path: Path, written: str) -> None:
        made = bring_in("ceads", provinces(tmp_path), tmp_path / "w", entity=written)
        assert quantities(tmp_path / "w") == [("410000/2019", 5.0)]
        assert made.left_out == ("Anhui2019", "Hebei2019")
        assert (made.workspace.inventory.entity, made.workspace.inventory.years) == ("410000", [2019])

    def test_without_a_region_nothing_is_written_and_the_sheets_are_listed(self, tmp_path: Path) -> None:
        with pytest.raises(InputError) as error:
            bring_in("ceads", provinces(tmp_path), tmp_path / "w")
        (problem,) = error.value.problems
        assert (problem.code, problem.found) == ("IMPORT-PLACES", "3")
        assert all(name in problem.text("en") for name in ("Anhui2019", "Henan2019", "Hebei2019", "--region"))
        assert not (tmp_path / "w").exists()

    def test_a_region_that_no_sheet_has_lists_the_sheets(self, tmp_path: Path) -> None:
        with pytest.raises(InputError) as error:
            bring_in("ceads", provinces(tmp_path), tmp_path / "w", entity="西藏")
        assert codes(error) == ["IMPORT-SHEET"]
        assert "Hebei2019" in error.value.problems.text("zh")

    def test_a_sheet_stated_outranks_its_name(self, tmp_path: Path) -> None:
        bring_in("ceads", provinces(tmp_path), tmp_path / "w", entity="山西", sheet="Anhui2019")
        assert quantities(tmp_path / "w") == [("140000/2019", 1.0)]

    def test_a_sheet_that_is_not_there_writes_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(InputError) as error:
            bring_in("ceads", provinces(tmp_path), tmp_path / "w", sheet="Anhui")
        assert codes(error) == ["IMPORT-SHEET"]
        assert not (tmp_path / "w").exists()

    def test_sheets_by_place_in_a_file_of_one_year(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "inventories_2018.xlsx", Inner_Mongolia=inventory(3), Shanxi=inventory(4))
        bring_in("ceads", path, tmp_path / "w", entity="内蒙古")
        assert quantities(tmp_path / "w") == [("150000/2018", 3.0)]

    def test_a_workbook_of_one_place_needs_no_region(self, tmp_path: Path) -> None:
        made = bring_in(
            "ceads", workbook(tmp_path / "b.xlsx", NOTE=NOTE, Tibet2019=inventory(1), Sheet2=NOTE), tmp_path / "w"
        )
        assert made.workspace.inventory.entity == "540000"
        assert made.left_out == ()

    def test_the_command_says_what_was_left_out_and_who_stands_beside(self, tmp_path: Path) -> None:
        path, root = provinces(tmp_path), str(tmp_path / "w")
        shown = CliRunner().invoke(app, ["import", "ceads", str(path), "--into", root, "--region", "河南"])
        assert "未导入的工作表：Anhui2019, Hebei2019" in shown.output
        shown = CliRunner().invoke(
            app, ["import", "ceads", str(path), "--into", root, "--region", "河北", "--lang", "en"]
        )
        assert "Hebei is not the place of the account (Henan)" in " ".join(shown.output.split())


class TestYears:
    def years(self, folder: Path) -> Path:
        return workbook(folder / "h.xlsx", Henan1997=inventory(1), Henan2018=inventory(2), Henan2019=inventory(3))

    def test_the_years_of_all_sheets_are_declared(self, tmp_path: Path) -> None:
        made = bring_in("ceads", self.years(tmp_path), tmp_path / "w")
        assert made.workspace.inventory.years == [1997, 2018, 2019]
        assert made.workspace.inventory.title.zh == "河南省1997、2018、2019年能源消费与碳排放核算"
        assert quantities(tmp_path / "w") == [("410000/1997", 1.0), ("410000/2018", 2.0), ("410000/2019", 3.0)]

    def test_one_year_of_several(self, tmp_path: Path) -> None:
        made = bring_in("ceads", self.years(tmp_path), tmp_path / "w", period="2018")
        assert quantities(tmp_path / "w") == [("410000/2018", 2.0)]
        assert made.left_out == ("Henan1997", "Henan2019")

    def test_two_sheets_of_one_year_are_refused(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "Henan2019.xlsx", old=inventory(1), new=inventory(2))
        with pytest.raises(InputError) as error:
            bring_in("ceads", path, tmp_path / "w")
        assert codes(error) == ["IMPORT-TWICE"]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("years: [2019]   # mine\n", "years: [2018, 2019]   # mine\n"),
            ("years: [2020, 2019]  # last first\n", "years: [2020, 2019, 2018]  # last first\n"),
            ("years:   # list\n  - 2019   # mine\n", "years:   # list\n  - 2019   # mine\n  - 2018\n"),
            ("years: # a\n# b\n- 2019\n", "years: # a\n# b\n- 2019\n- 2018\n"),
            ("years: [2019]\r\n", "years: [2018, 2019]\r\n"),
        ],
    )
    def test_a_further_year_is_added_and_everything_else_stays(self, tmp_path: Path, before: str, after: str) -> None:
        root = tmp_path / "w"
        root.mkdir()
        rest = "# end\nstandards: [ceads]\nreport: {date: 2020-06-30}\n"
        (root / "inventory.yaml").write_bytes((HEAD + before + rest).encode("utf-8"))
        (root / "sources.yaml").write_text("schema: 1\nsources: []\n", encoding="utf-8")
        path = workbook(tmp_path / "x.xlsx", Henan2018=inventory(1))
        made = bring_in("ceads", path, root)
        assert made.years == (2018,)
        assert 2018 in made.workspace.inventory.years
        assert (root / "inventory.yaml").read_bytes().decode("utf-8") == HEAD + after + rest
        assert bring_in("ceads", path, root).years == ()

    def test_where_the_text_has_no_list_to_extend_the_year_is_named(self, tmp_path: Path) -> None:
        root = tmp_path / "w"
        root.mkdir()
        text = "{schema: 1, id: w, kind: region, title: {zh: 甲, en: A}, entity: '410000', years: [2019], standards: [ceads], report: {date: 2020-06-30}}\n"
        (root / "inventory.yaml").write_text(text, encoding="utf-8")
        made = bring_in("ceads", workbook(tmp_path / "x.xlsx", Henan2018=inventory(1)), root)
        assert (made.years, made.unlisted) == ((), (2018,))
        assert (root / "inventory.yaml").read_text(encoding="utf-8") == text

    def test_a_year_of_another_place_is_no_year_of_the_account(self, tmp_path: Path) -> None:
        root = tmp_path / "w"
        bring_in("ceads", workbook(tmp_path / "x.xlsx", Henan2019=inventory(1)), root)
        made = bring_in("ceads", workbook(tmp_path / "y.xlsx", Hebei2018=inventory(1)), root)
        assert (made.years, made.beside, made.workspace.inventory.years) == ((), ("130000",), [2019])


class TestNames:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Neimenggu2019", "150000"),
            ("InnerMongolia2019", "150000"),
            ("Inner Mongolia", "150000"),
            ("ceads_inner_mongolia_2019_energy_inventory", "150000"),
            ("INNERMONGOLIA-2019", "150000"),
            ("Xizang2019", "540000"),
            ("Tibet", "540000"),
            ("Shaanxi2019", "610000"),
            ("Shanxi2019", "140000"),
            ("Hong Kong 2019", "810000"),
            ("HongKong2019", "810000"),
            ("Ｈｅｎａｎ２０１９", "410000"),
            ("ceadshenan2019", "410000"),
            ("Jilin2019", "220000"),
            ("吉林省吉林市2019", "220200"),
            ("河南安阳2019", "410500"),
            ("Hainan2019", "460000"),
            ("China2019", "CN"),
            ("Hebei_Henan", ""),
            ("NOTE", ""),
        ],
    )
    def test_the_place_in_a_name(self, text: str, code: str) -> None:
        assert place_of(text) == code

    def test_every_province_is_found_by_each_of_its_names(self) -> None:
        for code, region in regions().items():
            if region.kind == "province":
                for name in (region.zh, region.en, *region.aliases):
                    for text in (f"{name}2019", f"2019_{name}_energy", f"ceads_{name.lower()}_2019"):
                        assert place_of(text) == code, text

    @pytest.mark.parametrize(
        ("text", "year"), [("Henan2019", "2019"), ("２０１９年", "2019"), ("1997_2019", ""), ("x20191", "")]
    )
    def test_the_year_in_a_name(self, text: str, year: str) -> None:
        assert year_of(text) == year


class TestStandardTable:
    PHYSICAL = "项目,原煤,天然气\n,万吨,亿立方米\n终端消费量,100,2\n工业,100,2\n"
    STANDARD = "项目,原煤,天然气\n,万吨标准煤,万吨标准煤\n终端消费量,71.43,26.6\n工业,71.43,26.6\n"

    def test_units_of_coal_equivalent_make_a_standard_table(self, tmp_path: Path) -> None:
        for name, text in (("henan_2019_a", self.PHYSICAL), ("henan_2019_b", self.STANDARD)):
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
            made = bring_in("nbs-balance", tmp_path / f"{name}.csv", tmp_path / "w")
        first, second = made.workspace.sources
        assert (first.options.attributes, second.options.attributes) == ("", "table=standard")
        assert second.id == "nbs_balance_410000_2019_standard"
        read = read_all(made.workspace)
        assert not read.problems.errors
        assert set(read.activity.loc[read.activity["unit"] == "10^4 tce", "attributes"]) == {"table=standard"}

    def test_both_tables_in_one_workbook(self, tmp_path: Path) -> None:
        sheets = {
            name: [list(line.split(",")) for line in text.splitlines()]
            for name, text in (("实物量", self.PHYSICAL), ("标准量", self.STANDARD))
        }
        made = bring_in("nbs-balance", workbook(tmp_path / "河南2019.xlsx", **sheets), tmp_path / "w")
        assert [source.options.attributes for source in made.workspace.sources] == ["", "table=standard"]

    def test_one_carrier_in_tce_makes_no_standard_table(self, tmp_path: Path) -> None:
        text = "项目,原煤,其他能源\n,万吨,万吨标准煤\n终端消费量,100,2\n工业,100,2\n"
        (tmp_path / "henan_2019.csv").write_text(text, encoding="utf-8")
        made = bring_in("nbs-balance", tmp_path / "henan_2019.csv", tmp_path / "w")
        assert made.workspace.sources[0].options.attributes == ""

    def test_the_two_national_tables_of_2007_have_no_double(self, tmp_path: Path) -> None:
        """The same 20 carriers in physical and in standard quantities: the import alone keeps them apart."""
        carriers = ["raw_coal", "coke", "natural_gas", "electricity"]
        for kind, units in (("physical", ["10^4 t", "10^4 t", "10^8 m3", "10^8 kWh"]), ("standard", ["10^4 tce"] * 4)):
            rows = [["row_code", "row_zh", "row_en", *carriers], ["unit", "", "", *units]]
            rows += [["final", "终端消费量", "Total Final Consumption", *["1.5"] * 4]]
            path = tmp_path / f"ebt_2007_china_{kind}.csv"
            path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
            made = bring_in("nbs-balance", path, tmp_path / "w")
        assert [p.code for p in read_all(made.workspace).problems if p.code == "DUPLICATE-ROW"] == []


def test_a_standard_table_alone_is_reported(tmp_path: Path) -> None:
    """No row is in kWh, so the share of a sector in the use of electricity has no whole: the report says so."""
    text = "项目,原煤,电力\n,万吨标准煤,万吨标准煤\n消费量合计,71,12\n终端消费量,71,12\n工业,50,10\n农、林、牧、渔业,21,2\n"
    (tmp_path / "henan_2019.csv").write_text(text, encoding="utf-8")
    bring_in("nbs-balance", tmp_path / "henan_2019.csv", tmp_path / "w")
    cp.open(tmp_path / "w").run().save(tmp_path / "out", formats=("html",))
    assert "缺全社会用电量" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_the_list_of_years_is_read_back(tmp_path: Path) -> None:
    made = bring_in("ceads", workbook(tmp_path / "x.xlsx", Henan2019=inventory(1)), tmp_path / "w")
    assert yamlfile.load(made.workspace.root / "inventory.yaml").data["years"] == [2019]
