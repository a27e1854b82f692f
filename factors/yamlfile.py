"""The only YAML reader: YAML 1.2 core schema, no anchors, no tags, no duplicate keys, and a line for every key.

PyYAML resolves YAML 1.1, where `NO` is false, `12:30` is 750 and `1e3` is text. Factor sets and plans are
written by people who mean what they write, so scalars are resolved by the YAML 1.2 core schema (yaml.org/spec
1.2.2, section 10.3) and dates stay text. Parsing itself is libyaml's C parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import accumulate
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from ..accounting.problems import InputError, Problem, ProblemList, Where
from .expected import expected
from .messages import MESSAGES

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]

KEPT = 128
"""files whose content is kept"""
MAX_DEPTH = 50
"""levels of nesting; our own files have seven, and composing recurses"""
MAX_DIGITS = 300
"""digits of a whole number that is still one; Python refuses to read some thousands"""
_BRACKET = re.compile(r"[\[\]{}]")
_INDENTED = re.compile(rf"^(?: {{{MAX_DEPTH}}}|(?:- ){{10}})", re.MULTILINE)
_NULL = re.compile(r"^(?:null|Null|NULL|~|)$")
_BOOL = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INT = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")


# the C loader is missing where PyYAML was built without libyaml: a base that is chosen at run time has no type
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's parser without the YAML 1.1 rules: `_scalar` reads the texts itself."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """Give every node one tag; it is never looked at."""
        return "!"


_MARKED = re.compile(r"(?:^|[\s\[{,:?-])[&*!]", re.MULTILINE)
"""where an anchor, an alias or a tag may begin; most files have none and need no second pass"""
_STANDARD_TAGS = {
    None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null",
}  # fmt: skip


@dataclass
class Document:
    """A parsed file: plain data, and the line at which each key path starts."""

    path: str
    data: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def where(self, key: KeyPath) -> Where:
        """Return the address of a key path, or of its nearest parent that is in the file."""
        while key and key not in self.lines:
            key = key[:-1]
        return Where(file=self.path, line=self.lines.get(key, 1))


def load(path: Path, shown_as: str = "") -> Document:
    """Read one YAML file.

    A file that has not changed is read once in a process: verify, diff and a switch of factors run several times over the
    same sets. Nobody may change the data. `shown_as` is the name problems print (a path relative to the workspace).
    Raises InputError with every duplicate key, tag and anchor of the file, or the first syntax error.
    """
    stamp = path.stat()
    return _load(path, shown_as or path.name, stamp.st_mtime_ns, stamp.st_size, stamp.st_ino)


@lru_cache(maxsize=KEPT)
def _load(path: Path, name: str, *stamp: int) -> Document:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(MESSAGES.problem("YAML-FILE", Where(file=name), error.strerror or str(error))) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reason = f"不是 UTF-8 编码 not UTF-8 (0x{error.object[error.start]:02x})"
        raise InputError(MESSAGES.problem("YAML-SYNTAX", Where(file=name, line=line), reason)) from None
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """Read YAML text; see `load`."""
    problems = ProblemList(_forbidden(text, name))
    problems.raise_errors()
    node = _compose(text, name)
    document = Document(name, None)
    document.data = _build(node, (), document, problems) if node is not None else None
    problems.raise_errors()
    return document


def _forbidden(text: str, name: str) -> list[Problem]:
    """Anchors, aliases and tags, from the event stream: composing would already have followed them."""
    found: list[Problem] = []
    if not _MARKED.search(text) and not _deep(text):
        return found
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            where = Where(file=name, line=_line(event.start_mark))
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                found.append(MESSAGES.problem("YAML-SYNTAX", where, f"嵌套过深 nested deeper than {MAX_DEPTH}"))
                break
            anchor = getattr(event, "anchor", None)
            tag = getattr(event, "tag", None)
            if anchor:
                sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
                found.append(MESSAGES.problem("YAML-ANCHOR", where, f"{sign}{anchor}"))
            if tag not in _STANDARD_TAGS or (tag and getattr(event, "implicit", None) in (False, (False, False))):
                found.append(MESSAGES.problem("YAML-TAG", where, tag))
    except yaml.YAMLError as error:
        found.append(_syntax(error, name))
    return found


def _deep(text: str) -> bool:
    """Tell whether brackets, indents or dashes may nest deeper than allowed; the event stream then tells for certain."""
    steps = (1 if mark in "[{" else -1 for mark in _BRACKET.findall(text))
    return max(accumulate(steps), default=0) > MAX_DEPTH or _INDENTED.search(text) is not None


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark is not None else 1


def _compose(text: str, name: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise InputError(_syntax(error, name)) from None
    return node


def _syntax(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    return MESSAGES.problem("YAML-SYNTAX", Where(file=name, line=mark.line + 1 if mark else 1), reason)


def _build(node: yaml.Node, at: KeyPath, document: Document, problems: ProblemList) -> Any:
    document.lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, document, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*at, i), document, problems) for i, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, at: KeyPath, document: Document, problems: ProblemList) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            reason = "键不是文字 a key is not plain text"
            problems.add(MESSAGES.problem("YAML-SYNTAX", Where(file=document.path, line=line), reason))
            continue
        key = str(key_node.value)
        if key in out:
            problems.add(MESSAGES.problem("YAML-DUPLICATE", Where(file=document.path, line=line), key))
        document.lines[(*at, key)] = line
        out[key] = _build(value_node, (*at, key), document, problems)
    return out


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) not in (None, ""):
        return text
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text.lower() == "true"
    if _INT.match(text) and len(text) <= MAX_DIGITS:
        return int(text)
    if _FLOAT.match(text) and isfinite(float(text)):
        return float(text)
    return text


def validate(model: type[Model], document: Document, at: KeyPath = ()) -> Model:
    """Return the document's data (or the part at key path `at`) as `model`; raise InputError with all faults."""
    data = document.data
    for step in at:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = ProblemList([_fault(model, detail, document, at) for detail in error.errors(include_url=False)])
        raise InputError(found) from None


def _fault(model: type[BaseModel], detail: Any, document: Document, at: KeyPath) -> Problem:
    key: KeyPath = (*at, *detail["loc"])
    where = document.where(key)
    name = ".".join(str(step) for step in key) or "-"
    if detail["type"] == "extra_forbidden":
        fields = _fields(model, detail["loc"][:-1])
        near = get_close_matches(str(detail["loc"][-1]), fields, n=2, cutoff=0.6)
        return MESSAGES.problem("YAML-KEY", where, name, ", ".join(near or fields))
    if detail["type"] == "missing":
        return MESSAGES.problem("YAML-MISSING", where, name)
    wanted = expected(detail["type"], detail["msg"], detail.get("ctx", {}))
    return MESSAGES.problem("YAML-VALUE", where, repr(detail["input"])[:80], wanted, key=name)


def _fields(model: Any, at: KeyPath) -> list[str]:
    """Return the keys allowed at a key path of a model, [] where the models do not say."""
    if not at:
        models = [one for one in _inner(model) if isinstance(one, type) and issubclass(one, BaseModel)]
        return [field.alias or name for one in models for name, field in one.model_fields.items()]
    if isinstance(at[0], int):
        return _fields(model, at[1:])
    found = [one.model_fields[at[0]].annotation for one in _inner(model) if at[0] in getattr(one, "model_fields", {})]
    return _fields(found[0], at[1:]) if found else []


def _inner(annotation: Any) -> list[Any]:
    """The types an annotation is made of: `list[Target] | None` holds Target."""
    parts = get_args(annotation)
    return [one for part in parts for one in _inner(part)] if parts else [annotation]
