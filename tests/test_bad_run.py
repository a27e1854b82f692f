"""Messages that only a run can give: a tiny workspace per code, the whole list of problems compared.

`expected.yaml` names a command where it is not `run`: explain (a figure), save (into a folder that exists), load (a
folder that is no run), freeze (a run, without a name), factors (check the workspace's own sets).
"""

import re
import shutil
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

import carbonpeak as cp
from carbonpeak.accounting.problems import InputError, ProblemList
from carbonpeak.factors.check import check
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories.freeze import freeze

HERE = Path(__file__).parent / "bad_run"
FOLDERS = sorted(str(path.parent.relative_to(HERE)) for path in HERE.rglob("expected.yaml"))


def expectation(folder: str) -> dict:
    return yaml.safe_load((HERE / folder / "expected.yaml").read_text(encoding="utf-8"))


def problems_of(root: Path, expected: dict) -> ProblemList:
    """Do what the folder asks for and return every problem it gave."""
    command = expected.get("command", "run")
    try:
        if command == "load":
            cp.load(root)
        if command == "factors":
            return check(FactorLibrary.bundled([root / "factors"]))
        done = cp.open(root).run()
        if command == "explain":
            done.explain(expected["figure"])
        if command == "save":
            done.save(root / "data", formats=("html",))
        if command == "freeze":
            freeze(done.save(root / "out", formats=("html",)).folder, by="")
    except InputError as error:
        return error.problems
    return done.problems


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_bad_run_gives_exactly_its_problems(folder, tmp_path):
    root = tmp_path / "bad"
    shutil.copytree(HERE / folder, root)
    expected = expectation(folder)
    found = list(problems_of(root, expected))
    shown = [(p.code, p.level.value, str(p.where), p.found) for p in found]
    wanted = [(p["code"], p["level"], p["where"], p["found"]) for p in expected["problems"]]
    assert len(shown) == len(wanted), shown
    for one, other in zip(shown, wanted, strict=True):
        assert one[:2] == other[:2], shown
        pairs = zip(one[2:], other[2:], strict=True)
        assert all(text == pattern or fnmatchcase(text, pattern) for text, pattern in pairs), shown
    texts = [problem.text(lang) for problem in found for lang in ("zh", "en")]
    assert [text for text in texts if re.search(r"\{\w*\}|\bnan\b", text)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_raises_the_code_it_is_named_for(folder):
    assert folder.split("/")[0] in {problem["code"] for problem in expectation(folder)["problems"]}


@pytest.mark.parametrize("folder", [name for name in FOLDERS if "command" not in expectation(name)])
def test_check_finds_what_a_run_finds(folder, tmp_path):
    root = tmp_path / "bad"
    shutil.copytree(HERE / folder, root)
    expected = [(problem["code"], problem["level"]) for problem in expectation(folder)["problems"]]
    assert sorted((problem.code, problem.level.value) for problem in cp.check(root)) == sorted(expected)
    assert not (root / "runs").exists()
