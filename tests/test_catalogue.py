"""Every message of every catalogue is raised by a tiny folder or a named test, and exists in both languages.

That no placeholder stays unfilled is seen where messages are raised: tests/test_bad_run.py, test_mutations.py.
"""

import ast
import importlib
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FOLDERS = ("bad_input", "bad_input_enterprise", "bad_run")
PACKAGES = ("accounting", "factors", "inventories", "templates")
NAMED = yaml.safe_load((ROOT / "tests" / "message_tests.yaml").read_text(encoding="utf-8"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
QUOTED = {
    "TPL-BODY": ("正文",),
}
"""Chinese words that an English text quotes: a placeholder"""


def catalogues():
    """Yield (module, catalogue) of every *messages.py of the package."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*messages.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name, importlib.import_module(f"carbonpeak.{name}").MESSAGES


ALL = {code: (module, message) for module, messages in catalogues() for code, message in messages.items()}


@cache
def folders() -> dict[str, str]:
    """Return code -> a folder whose expected.yaml raises it."""
    found: dict[str, str] = {}
    for name in FOLDERS:
        for path in sorted((ROOT / "tests" / name).rglob("expected.yaml")):
            for problem in yaml.safe_load(path.read_text(encoding="utf-8"))["problems"]:
                found.setdefault(problem["code"], str(path.parent.relative_to(ROOT)))
    return found


@cache
def functions_of(file: str) -> dict[str, str]:
    """Return test -> its own text with decorators, of one test file."""
    text = (ROOT / file).read_text(encoding="utf-8")
    lines, tree = text.splitlines(), ast.parse(text)
    named = [("", node) for node in tree.body]
    named += [(f"{node.name}::", inner) for node in tree.body if isinstance(node, ast.ClassDef) for inner in node.body]
    found = {}
    for prefix, node in named:
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found[prefix + node.name] = "\n".join(lines[first - 1 : node.end_lineno])
    return found


def test_no_code_stands_in_two_catalogues():
    listed = [code for _, messages in catalogues() for code in messages]
    assert sorted(listed) == sorted(ALL)


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_message_is_raised(code):
    if code in folders():
        assert code not in NAMED, "the folder is enough"
        return
    assert code in NAMED, f"{ALL[code][0]}: no folder and no test raises {code}"
    file, _, test = NAMED[code].partition("::")
    assert re.search(rf"[\"']{re.escape(code)}[\"']", functions_of(file).get(test, "")), NAMED[code]


def test_the_table_lists_only_messages_that_exist():
    assert set(NAMED) <= set(ALL)


def words(template: str) -> str:
    """Return the text of a template without its placeholders."""
    return "".join(text for text, *_ in Formatter().parse(template))


def names(template: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(template) if name}


@pytest.mark.parametrize("code", sorted(ALL))
def test_both_languages_say_the_same(code):
    message = ALL[code][1]
    pairs = ((message.zh, message.en), (message.remedy_zh, message.remedy_en))
    for zh, en in pairs:
        assert zh.strip() and en.strip()
        english = words(en)
        for quoted in QUOTED.get(code, ()):
            english = english.replace(quoted, "")
        assert not CHINESE.search(english), en
        assert CHINESE.search(words(zh)) or not re.search(r"\w", words(zh)), zh
        assert names(zh) == names(en), (zh, en)


def test_options_and_commands_that_messages_name_exist():
    from typer.main import get_command

    from carbonpeak.cli import app

    def commands(group, path=()):
        for name, command in getattr(group, "commands", {}).items():
            yield (*path, name), command
            yield from commands(command, (*path, name))

    known = dict(commands(get_command(app)))
    options = {option for command in known.values() for parameter in command.params for option in parameter.opts}
    for code, (_, message) in ALL.items():
        texts = " ".join((message.zh, message.en, message.remedy_zh, message.remedy_en))
        assert set(re.findall(r"--[a-z][a-z-]*", texts)) <= options, code
        for words in re.findall(r"carbonpeak ([a-z]+)\b", texts):
            assert (words,) in known, (code, words)
