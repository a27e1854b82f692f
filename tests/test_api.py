"""The public API: the names, and the line of work that the manual shows."""

import ast
from pathlib import Path

import pytest

import carbonpeak as cp

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def run():
    return cp.open("china_2007").run()


def test_names_are_those_of_the_table():
    assert set(cp.__all__) == {*cp._PUBLIC, "__version__"}
    assert dir(cp) == sorted(cp.__all__)
    assert len(cp.__all__) <= 13
    for name in cp.__all__:
        assert getattr(cp, name) is not None


def test_type_checkers_see_the_same_names():
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    shown = {
        alias.name: f".{node.module}"
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert shown == cp._PUBLIC


def test_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        cp.opne  # noqa: B018


def test_importing_is_cheap():
    """The library is imported when a name is first used."""
    import subprocess
    import sys

    code = "import sys, carbonpeak; print([m for m in ('pandas', 'pydantic', 'yaml', 'narwhals') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert done.stdout.strip() == "[]"


def test_open_takes_a_name_or_a_folder():
    by_name = cp.open("henan")
    assert cp.open(by_name.root).root == by_name.root
    assert cp.open(str(by_name.root)).inner.inventory.entity == "410000"


def test_check_raises_nothing(tmp_path):
    assert [problem.code for problem in cp.check(tmp_path)] == ["WORKSPACE-MISSING"]
    assert cp.open("china_2007").check().errors == []


def test_open_raises_the_whole_list(tmp_path):
    (tmp_path / "inventory.yaml").write_text("schema: 1\nkind: planet\n", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("schema: 2\n", encoding="utf-8")
    with pytest.raises(cp.InputError) as caught:
        cp.open(tmp_path)
    files = {problem.where.file for problem in caught.value.problems}
    assert files == {"inventory.yaml", "sources.yaml"}
    assert len(caught.value.problems) > 3
    assert isinstance(caught.value, cp.CarbonpeakError)
    assert isinstance(caught.value.problems, cp.ProblemList)


def test_tables_of_a_run(run):
    assert set(run.metrics["entity"]) == {"CN"}
    assert {"plan", "indicator", "verdict"} <= set(run.verdicts.columns)
    assert len(run.lines) > 100
    assert isinstance(run.problems, cp.ProblemList)
    assert run.folder is None


def test_explain_goes_down_to_the_cell(run):
    node = run.explain("energy_total:2007")
    text = "\n".join(node.lines())
    assert "balance_physical_2007.csv!" in text or "balance_standard_2007.csv!" in text


def test_unknown_figure(run):
    with pytest.raises(cp.InputError) as caught:
        run.explain("energy_totall")
    (problem,) = caught.value.problems
    assert problem.code == "FIGURE-UNKNOWN"
    assert "energy_total" in problem.expected


def test_report_is_saved(run, tmp_path):
    path = tmp_path / "报告.html"
    run.report("account").save(path)
    assert "<html" in path.read_text(encoding="utf-8")


def test_weak_evidence_is_refused(run):
    with pytest.raises(cp.InputError) as caught:
        cp.run("china_2007", require_evidence="confirmed")
    assert {problem.code for problem in caught.value.problems} == {"EVIDENCE-WEAK"}


def test_saved_and_read_back(run, tmp_path):
    saved = run.save(tmp_path / "运行 1", formats=("html",))
    assert saved.folder == tmp_path / "运行 1"
    again = cp.load(saved.folder)
    assert len(again.metrics) == len(run.metrics)
    assert again.explain("energy_total:2007").text == run.explain("energy_total:2007").text
    with pytest.raises(cp.InputError, match="RUN-EXISTS"):
        run.save(saved.folder)


def test_force_spares_other_folders(run, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x", encoding="utf-8")
    with pytest.raises(cp.InputError, match="RUN-NOT"):
        run.save(tmp_path / "letters", force=True)
    assert (tmp_path / "letters" / "dear.txt").is_file()
