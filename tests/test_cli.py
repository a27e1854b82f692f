"""The command line: exit codes, JSON, languages, consoles that cannot show Chinese, mistakes without tracebacks."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import carbonpeak as cp
from carbonpeak.cli import app
from carbonpeak.inventories.diff import Diff
from carbonpeak.inventories.workspace.workspace import examples
from carbonpeak.templates import proof
from carbonpeak.templates.reports.english import CJK

ROOT = Path(__file__).parent.parent
RUNNER = CliRunner()
DATA = "data/energy_inventory_2019.csv"


def call(*arguments, code=0, env=None):
    result = RUNNER.invoke(app, [str(one) for one in arguments], env=env)
    assert result.exit_code == code, result.output + str(result.exception or "")
    assert "Traceback" not in result.output
    return result


def shell(*arguments, cwd, **environment):
    """`python -m carbonpeak` in a process of its own; bytes come back."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CARBONPEAK"))}
    return subprocess.run(
        [sys.executable, "-m", "carbonpeak", *map(str, arguments)],
        capture_output=True, check=False, cwd=cwd, env={**clean, **environment},
    )  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """One written run of the main example."""
    folder = tmp_path_factory.mktemp("runs") / "河南 2019"
    call("run", "henan", "--out", folder, "--format", "html")
    return folder


@pytest.fixture
def workspace(tmp_path):
    """A copy of the small example that may be broken."""
    target = tmp_path / "工作区"
    shutil.copytree(examples()["china_2007"], target)
    return target


# run ------------------------------------------------------------------------------------------------------------


def test_run_writes_a_folder_and_says_where(out):
    assert (out / "report.html").is_file()
    assert (out / "manifest.json").is_file()
    assert (out / "inputs" / "inventory.yaml").is_file()


def test_run_never_overwrites(out):
    before = (out / "manifest.json").read_bytes()
    refused = call("run", "henan", "--out", out, "--format", "html", code=2)
    assert "RUN-EXISTS" in refused.output
    assert (out / "manifest.json").read_bytes() == before


def test_force_overwrites(tmp_path, workspace):
    call("run", workspace, "--out", tmp_path / "r", "--format", "html")
    call("run", workspace, "--out", tmp_path / "r", "--format", "html", "--force")


def test_default_folder_is_named_by_period_and_hash(workspace):
    done = json.loads(call("run", workspace, "--format", "html", "--json").stdout)
    folder = Path(done["out"])
    assert folder.parent == workspace / "runs"
    period, _, digest = folder.name.rpartition("-")
    assert period == "2007"
    assert len(digest) == 8
    assert int(digest, 16) >= 0
    again = json.loads(call("run", workspace, "--format", "html", "--json").stdout)
    assert again["out"] == done["out"]


def test_changed_input_has_another_folder(workspace):
    first = json.loads(call("run", workspace, "--format", "html", "--json").stdout)["out"]
    inventory = workspace / "inventory.yaml"
    inventory.write_text(inventory.read_text(encoding="utf-8") + "\n# 备注\n", encoding="utf-8")
    second = json.loads(call("run", workspace, "--format", "html", "--json").stdout)["out"]
    assert first != second


def test_bundled_example_is_not_written_to(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = json.loads(call("run", "china_2007", "--format", "html", "--json").stdout)
    assert Path(done["out"]).parent == tmp_path / "runs"
    assert not (examples()["china_2007"] / "runs").exists()


def test_dry_run_writes_nothing(workspace):
    before = sorted(path for path in workspace.rglob("*"))
    result = call("run", workspace, "--dry-run", "--json")
    assert json.loads(result.stdout)["out"] is None
    assert sorted(path for path in workspace.rglob("*")) == before


def test_formats_are_read_with_care(workspace):
    assert "TPL-SUFFIX" in call("run", workspace, "--format", "html,odt", code=2).output
    assert not (workspace / "runs").exists()


def test_fail_on(out):
    # the main example has no missed binding target, and three that cannot be judged
    assert call("run", "henan", "--dry-run", "--fail-on", "missed").exit_code == 0
    assert call("run", "henan", "--dry-run", "--fail-on", "unjudged", code=4)


def test_both_engines_give_one_result(workspace):
    pandas, duckdb = (
        json.loads(call("run", workspace, "--dry-run", "--engine", engine, "--json").stdout)
        for engine in ("pandas", "duckdb")
    )
    assert (pandas.pop("engine"), duckdb.pop("engine")) == ("pandas", "duckdb")
    assert pandas == duckdb


def test_locked_output_is_a_message(workspace, monkeypatch):
    from carbonpeak.templates import api

    def held(*_, **__):
        raise PermissionError(13, "Permission denied", "report.xlsx")

    monkeypatch.setattr(api.Workspace, "run_into", held)
    result = call("run", workspace, code=2)
    assert "FILE-LOCKED" in result.output
    assert "report.xlsx" in result.output


# our own faults ---------------------------------------------------------------------------------------------------


def test_our_fault_is_one_sentence(workspace, monkeypatch):
    from carbonpeak.templates import api

    monkeypatch.setattr(api.Workspace, "run", lambda *_, **__: 1 / 0)
    result = call("run", workspace, "--dry-run", "--lang", "en", code=3)
    assert "Internal error (ZeroDivisionError" in result.output
    assert "CARBONPEAK_DEBUG=1" in result.output


def test_debug_shows_the_traceback(workspace, monkeypatch):
    from carbonpeak.templates import api

    monkeypatch.setattr(api.Workspace, "run", lambda *_, **__: 1 / 0)
    result = RUNNER.invoke(app, ["run", str(workspace), "--dry-run"], env={"CARBONPEAK_DEBUG": "1"})
    assert result.exit_code == 3
    assert "Traceback" in result.output


# mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "check", "targets", "explain", "verify"])
def test_unknown_example(command):
    more = ["energy_total"] if command == "explain" else []
    result = call(command, "hunan", *more, "--lang", "en", code=2)
    assert "WORKSPACE-MISSING" in result.output


def test_broken_workspace_gives_the_whole_list(workspace):
    inventory = workspace / "inventory.yaml"
    text = inventory.read_text(encoding="utf-8").replace("kind: region", "kind: planet")
    inventory.write_text(text + "\nfaktor: 3\n", encoding="utf-8")
    result = call("run", workspace, "--lang", "en", code=2)
    assert "YAML-VALUE" in result.output
    assert "YAML-KEY" in result.output
    record = json.loads(call("run", workspace, "--json", code=2).stdout)
    assert {problem["code"] for problem in record["problems"]} == {"YAML-VALUE", "YAML-KEY"}


def test_check_lists_and_computes_nothing(workspace):
    table = next(workspace.glob("data/balance_physical*.csv"))
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    lines[5] = lines[5].replace("10^4 t", "10^4 frogs")
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = call("check", workspace, "--json", code=2)
    problems = json.loads(result.stdout)["problems"]
    assert [problem for problem in problems if problem["where"].startswith(f"data/{table.name}!")]
    assert not (workspace / "runs").exists()


def test_check_of_a_sound_workspace():
    problems = json.loads(call("check", "china_2007", "--json").stdout)["problems"]
    assert not [problem for problem in problems if problem["level"] == "error"]


def test_wrong_option_is_exit_2():
    call("run", "henan", "--lang", "fr", code=2)
    call("run", "henan", "--require-evidence", "hearsay", code=2)
    call("nothing", code=2)


def test_no_factor_search_result_is_an_empty_table():
    assert json.loads(call("factors", "search", "没有这种燃料", "--json").stdout) == []


# targets, explain, verify, diff, freeze -----------------------------------------------------------------------------


def test_targets_exit_code_and_json(out):
    records = json.loads(call("targets", "henan", "--json", code=4).stdout)
    assert {record["verdict"] for record in records} >= {"met", "cannot_judge"}
    assert {"plan", "indicator", "period", "value", "target", "reason"} <= set(records[0])
    from_run = json.loads(call("targets", out, "--json", code=4).stdout)
    assert [record["verdict"] for record in from_run] == [record["verdict"] for record in records]


def test_targets_in_both_languages(out):
    zh, en = call("targets", out, code=4).output, call("targets", out, "--lang", "en", code=4).output
    assert "暂不能判定" in zh
    assert "cannot be judged" in en
    assert "约束性指标" in zh
    assert "binding indicators" in en


def test_explain_a_run(out):
    result = call("explain", out, "energy_total:2019")
    assert f"{DATA}!" in result.output
    record = json.loads(call("explain", out, "energy_total:2019", "--json").stdout)
    assert record["kind"] == "figure"
    assert record["below"]


def test_explain_a_verdict(out):
    record = json.loads(call("explain", out, "verdict/henan_13th/energy_intensity:2016-2020", "--json").stdout)
    assert record["value"] == pytest.approx(25.081, abs=0.001)
    assert "published_results.csv!" in call("explain", out, "verdict/henan_13th/energy_intensity:2016-2020").output


def test_explain_a_workspace_takes_its_latest_run(workspace):
    assert "RUN-NONE" in call("explain", workspace, "energy_total").output
    call("run", workspace, "--format", "html")
    assert "RUN-" not in call("explain", workspace, "energy_total").output
    inventory = workspace / "inventory.yaml"
    inventory.write_text(inventory.read_text(encoding="utf-8") + "\n# 备注\n", encoding="utf-8")
    changed = call("explain", workspace, "energy_total").output
    assert "RUN-INPUTS-CHANGED" in changed
    assert "inventory.yaml" in changed


def test_explain_an_unknown_figure(out):
    assert "FIGURE-UNKNOWN" in call("explain", out, "energy_totall", code=2).output


def test_verify(out, tmp_path):
    assert json.loads(call("verify", out, "--json").stdout)["same"] is True
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    table = copy / "inputs" / DATA
    table.write_text(table.read_text(encoding="utf-8").replace("1431.96", "1531.96"), encoding="utf-8")
    found = json.loads(call("verify", copy, "--json", code=1).stdout)
    assert found["same"] is False
    assert {"cause": "input", "what": f"inputs/{DATA}", "state": "changed"} in found["causes"]
    assert found["differences"]
    assert DATA in call("verify", copy, code=1).output


def test_verify_of_no_run(tmp_path):
    call("verify", tmp_path, code=2)


def test_freeze(out, tmp_path):
    copy = tmp_path / "signed"
    shutil.copytree(out, copy)
    call("freeze", copy, "--by", " ", code=2)
    call("freeze", copy, "--by", "张三", "--on", "2020-13-01", code=2)
    assert json.loads(call("freeze", copy, "--by", "张三", "--json").stdout)["by"] == "张三"
    signed = json.loads((copy / "signed.json").read_text(encoding="utf-8"))
    assert signed["by"] == "张三"
    assert signed["on"] == "2026-11-25"
    assert json.loads(call("verify", copy, "--json").stdout)["signed"]["by"] == "张三"
    assert "RUN-FROZEN" in call("freeze", copy, "--by", "李四", code=2).output
    assert "RUN-FROZEN" in call("run", "henan", "--out", copy, "--force", "--format", "html", code=2).output
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8") + " ", encoding="utf-8")
    causes = json.loads(call("verify", copy, "--json", code=1).stdout)["causes"]
    assert [cause["cause"] for cause in causes] == ["signature"]


def test_an_altered_run_is_not_frozen(out, tmp_path):
    copy = tmp_path / "altered"
    shutil.copytree(out, copy)
    (copy / "report.html").write_text("better numbers", encoding="utf-8")
    assert "RUN-ALTERED" in call("freeze", copy, "--by", "张三", code=2).output
    assert not (copy / "signed.json").exists()


def test_diff_of_equal_runs(out):
    record = json.loads(call("diff", out, out, "--json").stdout)
    assert record["effects"] == []
    assert record["residual"] == 0


def test_figures_that_only_the_report_prints_are_explained_without_a_report(out):
    fresh = cp.run("henan")
    printed = [record["id"] for record in json.loads((out / "figures.json").read_text("utf-8"))]
    derived = sorted(set(printed) - set(fresh.results.steps_by_figure))
    assert len(derived) > 100
    assert fresh.explain(derived[0]).below
    assert all(figure in fresh.results.steps_by_figure for figure in derived)


def test_explain_shows_twelve_lines_of_a_sum_or_all(out):
    short = call("explain", out, "energy_total:2019?basis=calorific").stdout
    whole = call("explain", out, "energy_total:2019?basis=calorific", "--all").stdout
    assert "另有 5 行" in short
    assert "另有 5 行" not in whole
    assert len(whole.splitlines()) > len(short.splitlines())
    data = call("explain", out, "energy_total:2019?basis=calorific", "--json").stdout
    assert "另有 5 行" not in data


def test_a_loss_inside_final_consumption_is_marked(out):
    """CEADs prints the loss again after counting it: 240.50 x 10^8 kWh."""
    lines = call("explain", out, "energy_total:2019?basis=calorific").stdout.splitlines()
    marked = [number for number, line in enumerate(lines) if "不再相加" in line]
    assert len(marked) == 3 and all("：损失量，" in lines[number] for number in marked)
    assert "= 240.5 亿千瓦时" in lines[marked[0] + 1]


def test_a_diff_of_different_runs_is_exit_1(tmp_path, workspace):
    """10 x 10^4 t more raw coal in industry and in the total: the rows before and after, coal + 10, the file as the cause."""
    call("run", workspace, "--out", tmp_path / "a", "--format", "html")
    table = workspace / "data" / "balance_physical_2007.csv"
    text = table.read_text(encoding="utf-8")
    text = text.replace(",final,raw_coal,,54175.33904,", ",final,raw_coal,,54185.33904,")
    text = text.replace("IND,final,raw_coal,,42743.510392,", "IND,final,raw_coal,,42753.510392,")
    table.write_text(text, encoding="utf-8")
    call("run", workspace, "--out", tmp_path / "b", "--format", "html")
    told = call("diff", tmp_path / "a", tmp_path / "b", code=1).stdout
    row = next(line for line in told.splitlines() if "CN/2007/IND/final/raw_coal" in line)
    assert [word in row for word in ("已改", "42,743.5", "42,753.5")] == [True] * 3
    moved = next(line for line in told.splitlines() if "coal_consumption@CN:2007" in line)
    assert [cell.strip() for cell in moved.split("│")][-4:-1] == ["输入", "data/balance_physical_2007.csv", "10"]


def test_a_diff_names_the_totals_that_one_run_lacks(capsys):
    found = Diff(pd.DataFrame(columns=["cause"]), pd.DataFrame(), 0.0, new=("energy_total@CN:2007",))
    proof.show_diff(found, "en", False)
    told = capsys.readouterr().out
    assert "only in the second run: energy_total@CN:2007" in told
    assert "totals that both runs have are the same" in told


def test_a_changed_file_is_told_from_a_changed_number(out, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    with (copy / "results" / "lines.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    told = call("verify", copy, "--lang", "en", code=1).stdout
    assert "results/lines.csv" in told
    assert "the numbers that could be recomputed are the same" in told


def test_verify_says_which_inputs_changed_and_what_was_never_run(workspace):
    assert "RUN-NEVER" in call("verify", workspace, code=2).output
    call("run", workspace, "--format", "html")
    assert "RUN-INPUTS-CHANGED" not in call("verify", workspace).output
    with (workspace / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert "RUN-INPUTS-CHANGED" in call("verify", workspace).output


@pytest.mark.parametrize("name", ["henan", "henan_2007", "china_2007", "enterprise_demo"])
def test_an_english_run_prints_no_chinese(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    text = call("run", name, "--dry-run", "--lang", "en").output
    assert [line for line in text.splitlines() if CJK.search(line)] == []


# the other commands -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["region", "enterprise", "park"])
def test_init_makes_a_workspace(tmp_path, kind):
    made = tmp_path / "新建"
    call("init", made, "--kind", kind, "--year", 2023)
    assert (made / "inventory.yaml").is_file()
    assert list(made.glob("data/*.xlsx"))
    assert "INIT-EXISTS" in call("init", made, code=2).output


def test_a_new_workspace_names_its_place_and_asks_an_enterprise_for_no_gdp(tmp_path):
    call("init", tmp_path / "a", "--region", "北关区", "--year", 2023)
    assert "zh: '北关区2023年能源消费与碳排放核算', en: 'Beiguan 2023: " in (
        tmp_path / "a" / "inventory.yaml"
    ).read_text("utf-8")
    sheets = openpyxl.load_workbook(tmp_path / "a" / "data" / "template.xlsx")
    assert {row[4].value for row in sheets["指标"].iter_rows(min_row=2) if row[4].value} == {
        "亿元", "%", "万人", "万吨标准煤", "亿千瓦时", "万吨",
    }  # fmt: skip
    call("init", tmp_path / "b", "--kind", "enterprise")
    assert "指标" not in openpyxl.load_workbook(tmp_path / "b" / "data" / "template.xlsx").sheetnames


def test_factors_diff_prints_the_sets_even_where_a_workspace_cannot_use_them(workspace):
    names = ("combustion/provincial_2011", "combustion/provincial_2025")
    told = call("factors", "diff", *names, "--workspace", workspace, code=2)
    assert told.stdout.count("│") > 20
    assert "FACTOR-UNIT" in told.output
    same = ("standard_coal/gbt2589_2008", "standard_coal/gbt2589_2020")
    assert "没有变化" in call("factors", "diff", *same, "--workspace", workspace).stdout


def test_init_refuses_an_unknown_place_before_it_writes(tmp_path):
    assert "ENTITY-UNKNOWN" in call("init", tmp_path / "w", "--region", "999999", code=2).output
    assert not (tmp_path / "w").exists()


def test_init_from_an_example(tmp_path):
    call("init", tmp_path / "copy", "--example", "china_2007")
    call("check", tmp_path / "copy")
    assert "EXAMPLE-UNKNOWN" in call("init", tmp_path / "other", "--example", "hunan", code=2).output


@pytest.mark.parametrize(
    "arguments", [("examples",), ("standards",), ("factors", "list"), ("factors", "search", "无烟煤")]
)
def test_lists_are_tables_and_json(arguments):
    records = json.loads(call(*arguments, "--json").stdout)
    assert len(records) >= 3
    for lang in ("zh", "en"):
        assert call(*arguments, "--lang", lang).output.count("│") > 3


def test_factor_show_names_the_source():
    (record, *_) = json.loads(call("factors", "search", "无烟煤", "co2", "--json").stdout)
    shown = json.loads(call("factors", "show", record["factor_id"], "--json").stdout)
    assert shown["document"]
    assert "FACTOR-SET" in call("factors", "show", "combustion/nothing", code=2).output


def test_factor_diff_of_sets_profiles_and_workspace(workspace):
    sets = json.loads(
        call("factors", "diff", "standard_coal/gbt2589_2008", "standard_coal/gbt2589_2020", "--json").stdout
    )
    assert any(row["change"] for row in sets["orders"])
    profiles = json.loads(
        call("factors", "diff", "provincial_2011", "ipcc_2006", "--workspace", workspace, "--json").stdout
    )
    assert {row["metric"] for row in profiles["metrics"]} >= {"co2_energy"}


def test_factor_check_and_schema():
    problems = json.loads(call("factors", "check", "--json").stdout)["problems"]
    found = [(one["code"], one["level"], one["found"]) for one in problems]
    assert found == [("FACTOR-CHECK-RANGE", "hint", "process/ipcc2006#ankerite/co2")]
    assert set(json.loads(call("factors", "schema").stdout)) == {"factor_set", "profile"}


def test_factor_confirm_is_recorded_in_the_workspace(workspace):
    (record, *_) = json.loads(call("factors", "search", "无烟煤", "co2", "provincial_2011", "--json").stdout)
    arguments = ["factors", "confirm", record["factor_id"], "--by", "张三", "--on", "2024-01-01", "--page", "12"]
    call(*arguments, "--workspace", workspace)
    shown = json.loads(call("factors", "show", record["factor_id"], "--workspace", workspace, "--json").stdout)
    assert shown["evidence"] == "confirmed"
    assert "FACTOR-CONFIRMED" in call(*arguments, "--workspace", workspace, code=2).output


def test_import_a_balance(tmp_path):
    source = next(examples()["henan"].glob(DATA))
    result = call("import", "nbs-balance", source, "--into", tmp_path / "w", code=2)
    assert "IMPORT-ENTITY" in result.output and "--region" in result.output


# processes and consoles ---------------------------------------------------------------------------------------------


def test_help_is_bilingual(tmp_path):
    done = shell("--help", cwd=tmp_path, PYTHONIOENCODING="utf-8")
    text = done.stdout.decode("utf-8")
    assert "每个数字都有出处" in text
    assert "every figure has a source" in " ".join(text.split())


def test_every_command_has_help_in_both_languages(tmp_path):
    for words in (
        ["run"],
        ["check"],
        ["init"],
        ["import", "ceads"],
        ["targets"],
        ["explain"],
        ["verify"],
        ["diff"],
        ["freeze"],
    ):
        text = call(*words, "--help").output
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text), words
        assert any(word in text for word in ("Compute", "List", "Make", "Import", "Judge", "Where", "Recompute", "Split", "Sign"))  # fmt: skip


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_help_on_other_consoles(tmp_path, encoding):
    done = shell("run", "--help", cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert b"--require-evidence" in done.stdout
    assert done.stderr == b""


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_consoles_of_other_encodings(out, tmp_path, encoding):
    done = shell("targets", out, cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert done.returncode == 4, done.stderr.decode("utf-8", "replace")
    text = done.stdout.decode(encoding)
    assert ("约束性" in text) == (encoding != "ascii")
    done = shell("targets", out, "--json", cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert any("缺" in record["missing"] for record in json.loads(done.stdout.decode(encoding)))


def test_a_mistake_on_a_gbk_console(tmp_path):
    done = shell("run", "没有这里☃", cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert done.returncode == 2
    text = done.stderr.decode("gbk")
    assert "WORKSPACE-MISSING" in text
    assert "没有这里?" in text
    assert "Traceback" not in text


def test_a_reader_that_stops_reading(tmp_path):
    line = f'"{sys.executable}" -m carbonpeak factors list | head -n 1'
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
