"""Runs on disk: their names, what a change between two of them is made of, signatures."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from carbonpeak.accounting.problems import InputError
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import freeze, runs, store, verify
from carbonpeak.inventories.diff import diff
from carbonpeak.inventories.run import library_for, run
from carbonpeak.inventories.switch import switch
from carbonpeak.inventories.workspace.workspace import Workspace, examples

from . import small_balance

TABLE = "data/energy_inventory_2019.csv"
TOTAL = "energy_total@410000:2019?basis=calorific"
COKE = 0.9714
"""tce/t of coke, GB/T 2589-2020 annex A"""


def written(workspace, out, library=None):
    """A run folder without reports."""
    shelf = library or library_for(workspace)
    results = run(workspace, library=shelf)
    out.mkdir(parents=True)
    store.save(results, out, shelf)
    store.seal(out, results.options)
    return out


def edited(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A copy of the main example under one standard, and its run."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(examples()["henan"], folder / "ws")
    edited(
        folder / "ws" / "inventory.yaml",
        "standards: [provincial_2011, ipcc_2006, ceads]",
        "standards: [provincial_2011]",
    )
    written(Workspace.open(folder / "ws"), folder / "a")
    return folder


def variant(home, tmp_path):
    shutil.copytree(home / "ws", tmp_path / "ws")
    return tmp_path / "ws"


def effects(found, figure):
    rows = found.effects[found.effects["figure"] == figure]
    return dict(zip(rows["cause"], rows["effect"], strict=True))


def is_split_whole(found):
    """The effects of every figure add up to its change."""
    sums = found.effects.groupby("figure").agg(effect=("effect", "sum"), a=("a", "first"), b=("b", "first"))
    assert found.residual == 0
    assert sums["effect"].to_numpy() == pytest.approx((sums["b"] - sums["a"]).to_numpy(), rel=1e-9)


def test_equal_runs_have_no_effects(home):
    found = diff(home / "a", home / "a")
    assert found.effects.empty
    assert found.rows.empty
    assert found.residual == 0


def test_a_changed_row_is_the_cause(home, tmp_path):
    ws = variant(home, tmp_path)
    edited(ws / TABLE, ",final,coke,,1431.96,", ",final,coke,,1531.96,")
    found = diff(home / "a", written(Workspace.open(ws), tmp_path / "b"))
    # a hundred of 10^4 t more coke
    assert effects(found, TOTAL) == {"input": pytest.approx(100 * COKE, rel=1e-9)}
    (row,) = found.rows.to_dict("records")
    assert (row["state"], row["a"], row["b"]) == ("changed", 1431.96, 1531.96)
    assert row["source"].startswith(TABLE)
    is_split_whole(found)


def test_added_and_removed_rows_are_named(home, tmp_path):
    ws = variant(home, tmp_path)
    lines = (ws / TABLE).read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(number for number, line in enumerate(lines) if ",final,other_coking_products,," in line)
    (ws / TABLE).write_text("".join(lines[:gone] + lines[gone + 1 :]), encoding="utf-8")
    after = written(Workspace.open(ws), tmp_path / "b")
    assert list(diff(home / "a", after).rows["state"]) == ["removed"]
    assert list(diff(after, home / "a").rows["state"]) == ["added"]


def test_a_run_brings_the_profile_and_sets_of_its_workspace(tmp_path):
    """henan_2007 has a profile of its own: the run read back finds it, and verify computes with it."""
    folder = written(Workspace.open("henan_2007"), tmp_path / "run")
    loaded = store.load(folder)
    profile = loaded.workspace.inventory.profile
    assert store.library(folder).profile(profile).order["tce_calorific"][1] == "standard_coal/national_balance_2007"
    assert loaded.library is not None and loaded.library.own_ids() == ["standard_coal/national_balance_2007"]
    assert verify.verify(folder).same


def test_three_causes_at_once(home, tmp_path):
    ws = variant(home, tmp_path)
    edited(ws / TABLE, ",final,coke,,1431.96,", ",final,coke,,1531.96,")
    edited(ws / TABLE, "C31,final,coke,,1274.02,", "C31,final,coke,,1374.02,")
    edited(ws / "inventory.yaml", "of: {bituminous: 1.0}", "of: {anthracite: 1.0}")
    data = tmp_path / "data"
    shutil.copytree(FactorLibrary.bundled().data, data)
    changed = data / "sets" / "combustion" / "provincial_2011.yaml"
    edited(changed, "{value: 29.5, unit: tC/TJ", "{value: 29.0, unit: tC/TJ")
    found = diff(home / "a", written(Workspace.open(ws), tmp_path / "b", FactorLibrary(data)))
    is_split_whole(found)
    assert effects(found, TOTAL) == {"input": pytest.approx(100 * COKE, rel=1e-9)}
    co2 = effects(found, "co2_energy@410000:2019?definition=provincial_2011")
    assert set(co2) == {"input", "factor", "option"}
    options = found.effects[found.effects["cause"] == "option"]
    assert set(options["what"]) == {"coal_mix"}
    assert json.dumps(found.record())


def test_diff_of_no_run(home, tmp_path):
    with pytest.raises(InputError, match="RUN-NOT"):
        diff(home / "a", tmp_path)


def test_damaged_input_is_different_not_an_error(home, tmp_path):
    shutil.copytree(home / "a", tmp_path / "a")
    (tmp_path / "a" / "inputs" / TABLE).write_bytes(b"\x00\x01")
    found = verify.verify(tmp_path / "a")
    assert not found.same
    assert {cause["cause"] for cause in found.causes} == {"input"}


def test_an_added_note_is_no_difference(home, tmp_path):
    shutil.copytree(home / "a", tmp_path / "a")
    (tmp_path / "a" / "便签.txt").write_text("x", encoding="utf-8")
    found = verify.verify(tmp_path / "a")
    assert found.same
    assert found.causes == [{"cause": "document", "what": "便签.txt", "state": "added"}]


def test_signature_holds_and_breaks(home, tmp_path):
    shutil.copytree(home / "a", tmp_path / "a")
    signed = freeze.freeze(tmp_path / "a", "张三", "2026-12-01")
    assert freeze.signature(tmp_path / "a") == signed
    assert not freeze.broken(tmp_path / "a")
    assert verify.verify(tmp_path / "a").same
    with pytest.raises(InputError, match="RUN-FROZEN"):
        freeze.refuse_frozen(tmp_path / "a")
    with (tmp_path / "a" / "manifest.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert freeze.broken(tmp_path / "a")


@pytest.mark.parametrize(("file", "old", "new"), [
    ("signed.json", "张三", "李四"), ("signed.json", "2026-12-01", "2026-11-01"), ("signed.json", '"by"', '"of"'),
    ("signed.json", "{", ""), ("run.log", "done", "done twice"),
])  # fmt: skip
def test_a_changed_signature_or_log_breaks_the_seal(home, tmp_path, file, old, new):
    shutil.copytree(home / "a", tmp_path / "a")
    (tmp_path / "a" / "run.log").write_text("done\n", encoding="utf-8")
    freeze.freeze(tmp_path / "a", "张三", "2026-12-01")
    path = tmp_path / "a" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert freeze.broken(tmp_path / "a")
    found = verify.verify(tmp_path / "a")
    assert not found.same
    assert {cause["cause"] for cause in found.causes} == {"signature"}


def test_name_of_a_run_follows_inputs_and_options(home, tmp_path):
    workspace = Workspace.open(variant(home, tmp_path))
    name = runs.default_folder(workspace, {"lang": "zh"})
    assert name.parent == workspace.root / "runs"
    assert runs.default_folder(workspace, {"lang": "zh"}) == name
    assert runs.default_folder(workspace, {"lang": "en"}) != name
    edited(workspace.root / TABLE, "1431.96", "1431.97")
    assert runs.default_folder(workspace, {"lang": "zh"}) != name


def test_latest_run_and_what_changed_since(home, tmp_path):
    ws = variant(home, tmp_path)
    workspace = Workspace.open(ws)
    assert runs.latest(workspace) is None
    shutil.copytree(home / "a", ws / "runs" / "one")
    assert runs.latest(workspace) == ws / "runs" / "one"
    assert runs.find(ws) == (ws / "runs" / "one", [])
    edited(ws / TABLE, "1431.96", "1431.97")
    folder, (problem,) = runs.find(ws)
    assert folder == ws / "runs" / "one"
    assert (problem.code, problem.found) == ("RUN-INPUTS-CHANGED", TABLE)


def test_switch_of_a_set_that_is_not_used(home):
    workspace = Workspace.open(home / "ws")
    with pytest.raises(InputError, match="SWITCH-NONE"):
        switch(workspace, library_for(workspace), "combustion/common_2024", "combustion/ipcc2006")


def test_switch_of_sets_changes_only_what_rests_on_them(home):
    workspace = Workspace.open(home / "ws")
    found = switch(
        workspace, library_for(workspace), "combustion/provincial_2011", "combustion/provincial_2011_sectoral"
    )
    assert set(found["metric"]) >= {"co2_energy"}
    assert not set(found["metric"]) & {"energy_total", "coal_consumption", "gdp_current"}


def test_a_set_that_cannot_stand_for_another_is_refused(home):
    """The 2025 set prints products per tonne only; a mix of raw coal needs shares of heat."""
    workspace = Workspace.open(home / "ws")
    with pytest.raises(InputError) as refused:
        switch(workspace, library_for(workspace), "combustion/provincial_2011", "combustion/provincial_2025")
    assert "FACTOR-UNIT" in {problem.code for problem in refused.value.problems}


def test_switch_of_profiles(home):
    workspace = Workspace.open(home / "ws")
    same = switch(workspace, library_for(workspace), "provincial_2011", "provincial_2011")
    assert same.empty


def test_a_run_of_which_files_are_missing(home, tmp_path):
    shutil.copytree(home / "a", tmp_path / "a")
    (tmp_path / "a" / "results" / "lines.csv").unlink()
    (tmp_path / "a" / "steps.json").unlink()
    found = verify.verify(tmp_path / "a")
    assert not found.same
    assert [cause["what"] for cause in found.causes] == ["results/lines.csv", "steps.json"]
    with pytest.raises(InputError) as caught:
        diff(home / "a", tmp_path / "a")
    assert [problem.code for problem in caught.value.problems] == ["RUN-ALTERED", "RUN-ALTERED"]


def test_damaged_factors_are_named(home, tmp_path):
    shutil.copytree(home / "a", tmp_path / "a")
    (tmp_path / "a" / "factors" / "carriers.yaml").write_text("schema: [", encoding="utf-8")
    found = verify.verify(tmp_path / "a")
    assert not found.same
    assert {cause["cause"] for cause in found.causes} == {"factor"}


def test_two_processes_write_the_same_bytes_whatever_their_hash_seed(tmp_path):
    """Sets have another order in every process: nothing of it may reach a file, the order of problems included."""
    rows = small_balance.ROWS.replace("G,final,diesel", "G,final,gasoline")
    workspace = small_balance.write(tmp_path / "ws", rows=rows, standards="provincial_2011, ipcc_2006")
    found = []
    for seed in ("2", "3"):
        out = tmp_path / f"run{seed}"
        line = [sys.executable, "-m", "carbonpeak", "run", str(workspace), "--out", str(out), "--format", "html"]
        done = subprocess.run(
            line, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        found.append({name: data for name, data in files.items() if name != "run.log"})
    one, other = found
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
