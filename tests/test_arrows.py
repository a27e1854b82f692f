"""The house stands as drawn: imports run one way, accounting is pure, the root holds three modules."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("accounting", "factors", "inventories", "templates")
"""each may import itself and what stands before it"""
RANK = {name: number for number, name in enumerate((*FOLDERS, "cli"))}
ROOT_MODULES = {"__init__.py", "__main__.py", "cli.py"}
CONSOLE = "templates/console.py"
FORBIDDEN = {"open", "print", "input", "exec", "eval", "__import__"}
IO_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "read_csv", "read_excel", "to_csv", "to_excel", "read_parquet", "to_parquet", "unlink", "mkdir"}  # fmt: skip
PURE = {"yaml", "io", "os", "sys", "json", "csv", "shutil", "tempfile", "subprocess", "socket", "openpyxl", "requests", "urllib.request", "typer", "rich"}  # fmt: skip


def modules(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path):
    """Yield (line, absolute dotted name) of every import of a module, also those inside functions."""
    package = ["carbonpeak", *path.relative_to(ROOT).parent.parts]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, str(node.module)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            yield from ((node.lineno, ".".join([*base, name])) for name in names)


def own(name):
    """Return the folder (or `cli`) of an import of this package, '' for any other."""
    parts = name.split(".")
    return parts[1] if parts[0] == "carbonpeak" and len(parts) > 1 and parts[1] in RANK else ""


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_arrow_runs_back(folder):
    back = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(folder)
        for line, name in imported(path)
        if own(name) and RANK[own(name)] > RANK[folder]
    ]
    assert back == []


def test_imports_inside_the_package_are_relative():
    absolute = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in [*modules(*FOLDERS), ROOT / "cli.py"]
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and node.level == 0 and str(node.module).split(".")[0] == "carbonpeak")
        or (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "carbonpeak" for alias in node.names))
    ]
    assert absolute == []


def test_accounting_touches_no_file_and_prints_nothing():
    # units.txt is read through importlib.resources: data of the module, not of the user
    found = []
    for path in modules("accounting"):
        found += [f"{path.name}:{line} imports {name}" for line, name in imported(path) if name in PURE]
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Name) and called.id in FORBIDDEN:
                found.append(f"{path.name}:{node.lineno} calls {called.id}")
            if isinstance(called, ast.Attribute) and called.attr in IO_METHODS and "files(" not in ast.unparse(called):
                found.append(f"{path.name}:{node.lineno} calls {ast.unparse(called)}")
    assert found == []


def test_only_the_yaml_reader_reads_yaml():
    users = {
        path.relative_to(ROOT).as_posix()
        for path in modules(*FOLDERS)
        for _, name in imported(path)
        if name.split(".")[0] == "yaml"
    }
    # confirm.py writes one
    assert users <= {"factors/yamlfile.py", "factors/confirm.py"}


def test_only_the_console_prints():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in [*modules(*FOLDERS), ROOT / "cli.py"]
        if path.relative_to(ROOT).as_posix() != CONSOLE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def test_the_root_holds_three_modules():
    assert {path.name for path in ROOT.glob("*.py")} == ROOT_MODULES


@pytest.mark.parametrize(
    "path", [*modules(*FOLDERS), ROOT / "cli.py"], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_file_is_longer_than_four_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_each_command_is_short():
    commands = [
        node
        for node in parsed(ROOT / "cli.py").body
        if isinstance(node, ast.FunctionDef) and any("command" in ast.unparse(one) for one in node.decorator_list)
    ]
    assert len(commands) >= 15
    assert {node.name: len(node.body) for node in commands if len(node.body) > 12} == {}
    for node in commands:
        assert node.end_lineno - node.body[0].lineno < 20, node.name
