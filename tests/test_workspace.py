"""Workspaces: opening, importing a table, making a new one."""

import os
import re
import shutil

import openpyxl
import pytest

from carbonpeak.accounting.problems import InputError
from carbonpeak.inventories.check import check as check_all
from carbonpeak.inventories.imports import import_table
from carbonpeak.inventories.init import FILE, init
from carbonpeak.inventories.readers.check import check
from carbonpeak.inventories.readers.read import read_all
from carbonpeak.inventories.workspace.workspace import Workspace, examples

BALANCE = "项目,原煤,焦炭\n,万吨,万吨\n终端消费量,1,2\n"


class TestOpen:
    def test_a_bundled_example_is_found_by_name(self):
        assert Workspace.open("henan").inventory.id == "henan"

    @pytest.mark.parametrize("name", sorted(examples()))
    def test_bundled_examples_have_no_errors(self, name):
        assert not check(name).errors

    def test_faults_of_both_files_come_at_once(self, tmp_path):
        (tmp_path / "inventory.yaml").write_text("schema: 1\nid: x\n", encoding="utf-8")
        (tmp_path / "sources.yaml").write_text("schema: 1\nsources:\n- {id: t}\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            Workspace.open(tmp_path)
        assert {str(problem.where).split(":")[0] for problem in caught.value.problems} == {
            "inventory.yaml",
            "sources.yaml",
        }

    def test_codes_and_dates_may_be_written_without_quotes(self, tmp_path):
        text = "schema: 1\nid: x\nkind: region\ntitle: {zh: 一, en: one}\nentity: 410000\nyears: [2019]\nstandards: [ceads]\nreport: {date: 2020-06-30}\n"
        (tmp_path / "inventory.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "sources.yaml").write_text(
            "schema: 1\nsources:\n- {id: t, file: t.csv, layout: ceads, period: 2019}\n", encoding="utf-8"
        )
        opened = Workspace.open(tmp_path)
        assert opened.inventory.entity == "410000"
        assert opened.sources[0].period == "2019"

    def test_a_link_out_of_the_workspace_is_refused(self, tmp_path):
        root = tmp_path / "ws"
        init(root, year=2023, entity="410000")
        (tmp_path / "secret.csv").write_text("x", encoding="utf-8")
        (root / "data" / "link.csv").symlink_to(tmp_path / "secret.csv")
        assert Workspace.open(root).resolve("data/link.csv") is None

    @pytest.mark.parametrize(
        ("file", "code"),
        [
            (r'"a\0b.csv"', "FILE-MISSING"),
            ("data", "FILE-MISSING"),
            ("x" * 5000 + ".csv", "FILE-MISSING"),
            ("data/loop.csv", "FILE-MISSING"),
            ("data/pipe.csv", "FILE-MISSING"),
            ("/etc/passwd", "PATH-OUTSIDE"),
            ("data/../../other.csv", "PATH-OUTSIDE"),
        ],
    )
    def test_what_is_no_file_of_the_workspace_is_a_problem(self, tmp_path, file, code):
        root = init(tmp_path / "ws", year=2023, entity="410000")
        (root / "data" / "loop.csv").symlink_to(root / "data" / "loop2.csv")
        (root / "data" / "loop2.csv").symlink_to(root / "data" / "loop.csv")
        if "pipe" in file:
            os.mkfifo(root / "data" / "pipe.csv")
        entry = f"schema: 1\nsources:\n- {{id: t, file: {file}, layout: tidy, period: 2023}}\n"
        (root / "sources.yaml").write_text(entry, encoding="utf-8")
        assert [(p.code, str(p.where)) for p in check(root)] == [(code, "sources.yaml:3")]

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("years: [" + "9" * 5000 + "]", "YAML-VALUE"),
            ("price_years: [1e999]", "YAML-VALUE"),
            ("note: " + "[" * 60 + "]" * 60, "YAML-SYNTAX"),
            ("note: " + "{a: " * 5000 + "}" * 5000, "YAML-SYNTAX"),
            ("? {a: b}\n: c", "YAML-SYNTAX"),
            (r'plans: ["a\0b"]', "PLAN-UNKNOWN"),
            ('plans: ["../../x"]', "PLAN-UNKNOWN"),
            ('standards: ["../../../../data/standards/ipcc_2006"]', "STANDARD-UNKNOWN"),
            ("gas_mix: [{of: {other_gas: 1}, basis: mass}]", "YAML-VALUE"),
            ("gas_mix: [{of: {coke: 1}, basis: heat}]", "YAML-VALUE"),
            ("coal_mix: [{of: {bituminous: 1}, basis: volume}]", "YAML-VALUE"),
            ('entities: [{id: "", zh: 一, en: one, kind: plant}]', "YAML-VALUE"),
        ],
    )
    def test_what_no_settings_can_hold_is_a_problem(self, tmp_path, line, code):
        shutil.copytree(examples()["henan"], tmp_path / "ws")
        path = tmp_path / "ws" / "inventory.yaml"
        key = line.partition(":")[0]
        text = re.sub(rf"^{re.escape(key)}:.*\n(?:[ -].*\n)*", "", path.read_text(encoding="utf-8"), flags=re.M)
        path.write_text(f"{text}\n{line}\n", encoding="utf-8")
        assert code in [problem.code for problem in check_all(tmp_path / "ws").errors]

    @pytest.mark.parametrize(
        ("line", "hint"),
        [("options: {heder_row: 2}", "header_row"), ("layuot: tidy", "layout"), ("xyz: 1", "id, file,")],
    )
    def test_an_unknown_key_gets_a_proposal(self, tmp_path, line, hint):
        root = init(tmp_path / "ws", year=2023, entity="410000")
        entry = f"schema: 1\nsources:\n- id: t\n  file: data/t.csv\n  layout: tidy\n  {line}\n"
        (root / "sources.yaml").write_text(entry, encoding="utf-8")
        (problem,) = check(root)
        assert (problem.code, str(problem.where)) == ("YAML-KEY", "sources.yaml:6")
        assert problem.expected.startswith(hint)


class TestImport:
    def test_a_table_of_another_layout_is_refused_before_anything_is_written(self, tmp_path):
        file = tmp_path / "henan_2019.csv"
        file.write_text("metric,period,value,unit\npopulation,2019,9901,10^4 persons\n", encoding="utf-8")
        with pytest.raises(InputError, match="HEADER-MISSING"):
            import_table("nbs-balance", file, tmp_path / "ws")
        assert not (tmp_path / "ws").exists()

    def test_where_a_balance_comes_from_is_left_to_the_user(self, tmp_path):
        file = tmp_path / "henan_2019.csv"
        file.write_text(BALANCE, encoding="utf-8")
        source = import_table("nbs-balance", file, tmp_path / "ws").sources[0]
        assert (source.document, source.evidence, source.quality) == ("", "", "")

    @pytest.mark.parametrize(
        ("name", "entity", "period"),
        [
            ("ceads_shaanxi_2019_energy_inventory", "610000", "2019"),
            ("ceads_shanxi_2019_energy_inventory", "140000", "2019"),
            ("InnerMongolia2018", "150000", "2018"),
            ("河南省2019年能源平衡表", "410000", "2019"),
            ("kaifeng 2020", "410200", "2020"),
            ("ebt_2007_china_physical", "CN", "2007"),
        ],
    )
    def test_place_and_year_are_told_by_the_name(self, tmp_path, name, entity, period):
        file = tmp_path / f"{name}.csv"
        file.write_text(BALANCE, encoding="utf-8")
        opened = import_table("nbs-balance", file, tmp_path / "ws")
        assert (opened.sources[0].entity, opened.sources[0].period) == (entity, period)
        assert opened.inventory.entity == entity

    def test_the_file_is_copied_unchanged_and_read(self, tmp_path):
        file = tmp_path / "henan_2019.csv"
        file.write_bytes(BALANCE.encode("gbk"))
        opened = import_table("nbs-balance", file, tmp_path / "ws")
        assert (tmp_path / "ws" / "data" / "henan_2019.csv").read_bytes() == file.read_bytes()
        assert read_all(opened).activity["quantity"].tolist() == [1, 2]

    def test_a_second_import_adds_and_a_repeated_one_does_not(self, tmp_path):
        for name in ("henan_2019", "hebei_2019", "hebei_2019"):
            file = tmp_path / f"{name}.csv"
            file.write_text(BALANCE, encoding="utf-8")
            opened = import_table("nbs-balance", file, tmp_path / "ws")
        assert [source.id for source in opened.sources] == ["nbs_balance_410000_2019", "nbs_balance_130000_2019"]

    def test_comments_and_indentation_of_sources_stay(self, tmp_path):
        root = tmp_path / "ws"
        init(root, year=2019, entity="410000")
        old = "# mine\nschema: 1\nsources:\n  # first\n  - id: a\n    file: data/a.csv\n    layout: tidy\n"
        (root / "sources.yaml").write_text(old, encoding="utf-8")
        file = tmp_path / "x.csv"
        file.write_text(BALANCE, encoding="utf-8")
        opened = import_table("ceads", file, root, entity="河北", period="2018")
        assert (root / "sources.yaml").read_text(encoding="utf-8").startswith(old)
        assert [source.layout for source in opened.sources] == ["tidy", "ceads"]


def uncommented(text):
    """The YAML with its suggested entries switched on."""
    return re.sub(r"^# (?=[a-z_]+:$|- \{)", "", text, flags=re.M)


class TestInit:
    @pytest.mark.parametrize("kind", ["region", "enterprise", "park"])
    def test_the_empty_template_reads_back_and_asks_for_data_only(self, tmp_path, kind):
        root = init(tmp_path / "ws", kind, entity="河南省", year=2023)
        assert [problem.code for problem in check(root)] == ["DATA-NONE"]
        assert not len(read_all(Workspace.open(root)).activity)

    @pytest.mark.parametrize(("place", "code"), [("410300", "410300"), ("洛阳市", "410300"), ("", "")])
    def test_the_place_is_a_code_or_a_name_or_left_open(self, tmp_path, place, code):
        assert Workspace.open(init(tmp_path / "a", "region", entity=place)).inventory.entity == code
        park = Workspace.open(init(tmp_path / "b", "park", entity=place)).inventory
        assert (park.entity, park.entities[0].zh, park.entities[0].parent) == ("park", "园区名称", code)

    @pytest.mark.parametrize(("kind", "name"), [("region", "coal_mix"), ("enterprise", "certificates")])
    def test_what_is_suggested_for_a_kind_is_valid_and_has_an_effect_there(self, tmp_path, kind, name):
        root = init(tmp_path / kind, kind)
        text = (root / "inventory.yaml").read_text("utf-8")
        assert ("coal_mix" in text) == (kind == "region")
        (root / "inventory.yaml").write_text(uncommented(text), encoding="utf-8")
        assert getattr(Workspace.open(root).inventory, name)

    def test_what_is_typed_into_the_template_is_read_in_its_fixed_units(self, tmp_path):
        root = init(tmp_path / "ws", "region", entity="410000", year=2023)
        book = openpyxl.load_workbook(root / FILE)
        sheet = book["能源平衡表"]
        heads = [cell.value for cell in sheet[3]]
        row = next(cells[0].row for cells in sheet.iter_rows(min_row=5) if cells[0].value == "工业")
        sheet.cell(row, heads.index("天然气") + 1, 32.29)
        sheet.cell(row, heads.index("热力") + 1, 10573.89)
        series = book["指标"]
        series["D2"] = 54259.2
        process = book["生产过程"]
        process.append(["熟料", 2023, 148.5, "万吨"])
        book.save(root / FILE)
        result = read_all(Workspace.open(root))
        assert not result.problems.errors, result.problems.text()
        rows = result.activity.set_index("item")
        assert rows.loc["natural_gas", ["flow", "sector", "unit"]].tolist() == ["final", "IND", "10^8 m3"]
        assert rows.loc["heat", "unit"] == "10^4 GJ"
        assert rows.loc["clinker", "flow"] == "activity"
        assert result.metrics["metric"].tolist() == ["gdp_current"]

    def test_the_enterprise_form_too(self, tmp_path):
        root = init(tmp_path / "ws", "enterprise", year=2023)
        book = openpyxl.load_workbook(root / FILE)
        sheet = book["205-1"]
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(2, heads.index("消费量合计") + 1, 900)
        book.save(root / FILE)
        result = read_all(Workspace.open(root))
        assert not result.problems.errors, result.problems.text()
        assert result.activity[["entity", "item", "flow", "unit"]].to_numpy().tolist() == [
            ["enterprise", "raw_coal", "consumption", "t"]
        ]

    def test_dropdowns_come_from_the_code_lists(self, tmp_path):
        root = init(tmp_path / "ws", "region", entity="410000", year=2023)
        book = openpyxl.load_workbook(root / FILE)
        formulas = [str(rule.formula1) for rule in book["指标"].data_validations.dataValidation]
        assert any("代码表" in formula for formula in formulas)
        assert book["代码表"].sheet_state == "hidden"

    def test_the_same_template_twice_is_the_same_bytes(self, tmp_path):
        one, two = (init(tmp_path / name, "region", entity="410000", year=2023) for name in ("a", "b"))
        assert (one / FILE).read_bytes() == (two / FILE).read_bytes()

    def test_an_example_may_be_copied(self, tmp_path):
        root = init(tmp_path / "ws", example="henan")
        assert Workspace.open(root).inventory.id == "henan"
        shutil.rmtree(root)
