"""The documentation says what the code says: generated pages, lists, links, commands and examples."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import typer.main

from carbonpeak import cli
from carbonpeak.accounting.tables import TABLES
from carbonpeak.inventories import codes

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BY_HAND = [
    *sorted(ROOT.glob("*.md")),
    *(DOCS / name for name in ("design.md", "dependencies.md", "manual.md", "manual.zh-CN.md")),
]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^(?:\.venv/bin/)?carbonpeak +(.*?)(?: *#.*)?$", re.MULTILINE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def make() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        yield importlib.import_module("make")


def test_generated_pages_are_those_of_the_code(make):
    wanted = {f"docs/{name}": text for name, text in make.pages().items()}
    assert make.stale(wanted) == [], "run `make docs`"


def test_numbers_in_the_readmes_are_those_of_a_run(make):
    wanted = make.everything()
    assert make.stale(wanted) == [], "run `make docs`"


def test_every_column_and_field_has_a_text_in_both_languages(make):
    texts = make.read_all()
    assert texts.missing == []
    assert texts.unused() == []


def test_every_table_has_a_page(make):
    assert {path.stem for path in (DOCS / "tables").glob("*.md")} == set(TABLES)


def test_every_message_code_and_metric_stands_in_its_list(make):
    messages, metrics = ((DOCS / name).read_text("utf-8") for name in ("messages.md", "metrics.md"))
    listed = [code for book in make.catalogues().values() for code in book]
    assert len(listed) > 100
    assert [code for code in listed if f"| `{code}` |" not in messages] == []
    assert [code for code in codes.metrics().codes if f"| `{code}` |" not in metrics] == []


def test_every_catalogue_of_the_package_is_found(make):
    files = {
        f"{path.parent.name}.{path.stem}"
        for folder in make.FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"^MESSAGES = Catalogue\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert set(make.catalogues()) == files


def _pages() -> list[Path]:
    return [*BY_HAND, *sorted(DOCS.rglob("*.md"))]


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a page as GitHub makes them."""
    heads = re.findall(r"^#+ +(.*)$", re.sub(FENCE, "", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", _pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    broken = []
    for target in LINK.findall(re.sub(FENCE, "", page.read_text("utf-8"))):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in _anchors(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", BY_HAND, ids=lambda path: path.name)
def test_the_project_speaks_of_itself_alone(page):
    text = page.read_text("utf-8")
    assert not re.search(r"/home/|/tmp/|/work/|C:\\|shared/", text)


def _commands() -> list[tuple[str, str]]:
    return [
        (path.name, line.strip())
        for path in BY_HAND
        for language, block in FENCE.findall(path.read_text("utf-8"))
        if language in ("", "sh", "bash")
        for line in COMMAND.findall(block)
    ]


@pytest.mark.parametrize(("page", "line"), _commands(), ids=lambda text: text[:60])
def test_commands_exist_with_the_options_shown(page, line):
    command, words = typer.main.get_command(cli.app), line.split()
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    assert not hasattr(command, "commands"), f"{page}: carbonpeak {line}: no such command"
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known | {"--help"}


def test_every_command_stands_in_both_manuals():
    shown: dict[str, str] = {name: (DOCS / name).read_text("utf-8") for name in ("manual.md", "manual.zh-CN.md")}
    app = typer.main.get_command(cli.app)
    names = [name if not hasattr(one, "commands") else f"{name} {sub}" for name, one in app.commands.items()
             for sub in (one.commands if hasattr(one, "commands") else [""])]  # fmt: skip
    for page, text in shown.items():
        assert [name for name in names if f"carbonpeak {name}" not in text] == [], page


def _python() -> list[tuple[str, str]]:
    return [
        (path.name, block)
        for path in BY_HAND
        for language, block in FENCE.findall(path.read_text("utf-8"))
        if language == "python"
    ]


@pytest.mark.parametrize(("page", "code"), _python(), ids=[name for name, _ in _python()])
def test_python_examples_run(page, code, tmp_path, monkeypatch, capsys):
    """In an empty namespace and folder; a warning is an error here too."""
    monkeypatch.chdir(tmp_path)
    exec(compile(code, page, "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out


def test_versions_of_dependencies_are_those_of_the_pins():
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").split() if "==" in line)
    lower = {name.lower(): version for name, version in pins.items()}
    text = (DOCS / "dependencies.md").read_text("utf-8")
    direct = re.findall(r'^    "([\w-]+)>=', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert len(direct) > 15
    for name in (*direct, "pylopdf-fonts-zh-cn"):
        rows = [line for line in text.splitlines() if name.lower() in line.lower() and lower[name.lower()] in line]
        assert rows, f"{name} {lower[name.lower()]} is not what docs/dependencies.md says"
