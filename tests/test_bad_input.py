"""Every message code of the workspace and its readers is raised by a tiny folder; the whole list is compared."""

import shutil
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from carbonpeak.accounting.problems import InputError, ProblemList
from carbonpeak.accounting.unit_messages import MESSAGES as UNITS
from carbonpeak.factors.messages import MESSAGES as FACTORS
from carbonpeak.inventories.command_messages import MESSAGES as MAKING
from carbonpeak.inventories.imports import import_table
from carbonpeak.inventories.init import init
from carbonpeak.inventories.messages import MESSAGES
from carbonpeak.inventories.readers.check import check

HERE = Path(__file__).parent / "bad_input"
OWN = {path.parent for path in HERE.rglob("expected.yaml")}
COMMANDS = ("check", "import", "init")
FOLDERS = sorted(str(path.relative_to(HERE)) for path in OWN)
YAML = {code for code in FACTORS if code.startswith("YAML-")}


def expectation(folder: str) -> dict:
    return yaml.safe_load((HERE / folder / "expected.yaml").read_text(encoding="utf-8"))


def run(root: Path, expected: dict) -> ProblemList:
    command, args = expected.get("command", "check"), expected.get("args", {})
    try:
        if command == "check":
            return check(root)
        if command == "import":
            import_table("nbs-balance", next((root / "in").iterdir()), root, **args)
        else:
            init(root / args.pop("directory", ""), **args)
    except InputError as error:
        return error.problems
    return ProblemList()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_bad_folder_gives_exactly_its_problems(folder, tmp_path, monkeypatch):
    expected = expectation(folder)
    root = tmp_path / "bad"
    shutil.copytree(HERE / folder, root)
    if expected.get("simulate") == "locked":
        monkeypatch.setattr(Path, "read_bytes", lambda self: (_ for _ in ()).throw(PermissionError(str(self))))
    if expected.get("simulate") == "unreadable":
        monkeypatch.setattr(Path, "read_text", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "denied")))
    found = run(root, expected)
    shown = [(p.code, p.level.value, str(p.where), p.found) for p in found]
    wanted = [(p["code"], p["level"], p["where"], p["found"]) for p in expected["problems"]]
    assert len(shown) == len(wanted), shown
    for one, other in zip(shown, wanted, strict=True):
        assert one[:2] == other[:2], shown
        assert all(
            text == pattern or fnmatchcase(text, pattern) for text, pattern in zip(one[2:], other[2:], strict=True)
        ), shown


@pytest.mark.parametrize("code", sorted({*MESSAGES, *MAKING, *UNITS, *YAML}))
def test_every_code_has_a_folder_that_raises_it(code):
    raised = {
        problem["code"]
        for folder in FOLDERS
        if folder.split("/")[0] == code
        for problem in expectation(folder)["problems"]
    }
    assert code in raised


@pytest.mark.parametrize("code", sorted({*MESSAGES, *MAKING, *UNITS}))
def test_every_message_is_in_both_languages(code):
    message = {**MESSAGES, **MAKING, **UNITS}[code]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in message.zh)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in message.en)
    assert message.remedy_zh
    assert message.remedy_en
