"""Finds what a reader cannot read: Chinese in an English text, inner ids, English sentences in a Chinese text.

`texts` gives what a reader sees of a document; `chinese`, `ids` and `english` give the texts at fault. What is allowed
is declared: originals of cited documents, names that a user types (fields of the workspace, sources, files, factors).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

from pydantic import BaseModel

from carbonpeak.factors import yamlfile
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import codes
from carbonpeak.inventories.workspace.models import Inventory
from carbonpeak.inventories.workspace.source_models import Sources
from carbonpeak.inventories.workspace.workspace import Workspace, examples

HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SNAKE = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![A-Za-z0-9_])")
PROSE = re.compile(r"(?:[A-Za-z][a-z]+[ ,;:]+){4,}[A-Za-z]{2,}")
TYPED = re.compile(
    r"[\w./]*[\w/]+#[\w/:.\-]+|[\w./\-]+\.(?:csv|yaml|xlsx|docx|html|json)\b(?:![A-Z]+\d+)?|\S+\.(?:com|cn|org|net)/\S*(?: inst/[\w/ &-]+\.xlsx)?|\w+=[\w.]+"
)
"""factor ids, files and cells, addresses in the web, attributes: what a reader types or opens"""
INDEX = "数字索引", "Figure index"
"""the sheet whose first column is the ids of figures"""
_INLINE = {"a", "span", "b", "i", "sup", "sub", "em", "strong", "code", "small", "tspan"}


# what a reader sees ----------------------------------------------------------------------------------------------


def texts(path: Path) -> list[str]:
    """Return the distinct texts of a html, docx or xlsx file without the declared columns and tooltips of ids."""
    read = {".html": _html, ".docx": _docx, ".xlsx": _xlsx}[path.suffix]
    # an address may break at its strokes
    return list(dict.fromkeys(text.replace("\u200b", "") for text in read(path) if text.strip()))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.open, self.hidden = "", 0

    def _close(self) -> None:
        self.out.append(" ".join(self.open.split()))
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script")
        if tag not in _INLINE:
            self._close()
        given = dict(attrs)
        # a number's tooltip is `id | unit | evidence`, the place where its id is declared
        self.out += [
            (given.get("title") or "").partition(" | ")[2],
            given.get("alt") or "",
            given.get("aria-label") or "",
        ]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")
        if tag not in _INLINE:
            self._close()

    def handle_data(self, data: str) -> None:
        self.open += "" if self.hidden else data


def _html(path: Path) -> list[str]:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page.out


def _docx(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not name.endswith(".xml") or not name.startswith(("word/", "docProps/")):
                continue
            root = ElementTree.fromstring(package.read(name))
            if name.startswith("docProps/"):
                yield from (node.text for node in root.iter() if node.text)
                continue
            for node in root.iter():
                yield node.get("descr") or ""
                if node.tag.endswith("}p"):
                    yield "".join(part.text or "" for part in node.iter() if part.tag.endswith("}t"))


def _xlsx(path: Path) -> Iterator[str]:
    from openpyxl import load_workbook

    book = load_workbook(path)
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if (
                    isinstance(cell.value, str)
                    and not cell.value.startswith("=")
                    and not (sheet.title in INDEX and cell.column == 1)
                ):
                    yield cell.value
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith(("xl/charts/", "docProps/")) and name.endswith(".xml"):
                yield from (node.text for node in ElementTree.fromstring(package.read(name)).iter() if node.text)


# what is declared ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Declared:
    """What may stand in a text although it is not of its language."""

    chinese: Collection[str] = ()
    """originals, printed in brackets behind the English title"""
    latin: Collection[str] = ()
    """titles and names that are English in the original"""
    names: Collection[str] = ()
    """identifiers that a user types"""


@cache
def declared() -> Declared:
    """Return what the data and the models of the program declare."""
    sets = FactorLibrary.bundled().load_all().values()
    roots = [Path(codes.__file__).parent / "data", *examples().values()]
    files = [path for root in roots for path in sorted(root.rglob("*.yaml"))]
    given = [pair for path in files for pair in _citations(yamlfile.load(path).data)]
    originals = [one.document for one in sets if HAN.search(one.document)] + [
        text for text in given if HAN.search(text)
    ]
    latin = [one.document for one in sets] + [text for text in given] + ["Carbon Emission Accounts and Datasets"]
    sources = [source.id for path in examples().values() for source in Workspace.open(path).sources]
    return Declared(
        sorted(originals, key=len, reverse=True),
        sorted(latin, key=len, reverse=True),
        {*fields(Inventory), *fields(Sources), *sources},
    )


def _citations(data: Any) -> Iterator[str]:
    """The originals of cited documents: `document` and `source`, one text or a pair."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("document", "source"):
                own = value.get("zh") if isinstance(value, dict) else value
                yield from [own] if isinstance(own, str) and own else []
            yield from _citations(value)
    elif isinstance(data, list):
        for value in data:
            yield from _citations(value)


def fields(model: type[BaseModel]) -> set[str]:
    """The names of the fields of a model and of the models it holds: what is written in a workspace."""
    out: set[str] = set()
    for name, field in model.model_fields.items():
        out.add(name)
        for held in _models(field.annotation):
            out |= fields(held)
    return out


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _models(part)


# what is at fault ------------------------------------------------------------------------------------------------


def chinese(found: Iterable[str], allowed: Declared) -> list[str]:
    """Return the texts that hold Chinese which is no declared original in brackets."""
    return [
        text
        for text in found
        if HAN.search(text) and HAN.search(_without(text, [f"({one})" for one in allowed.chinese]))
    ]


def ids(found: Iterable[str], allowed: Declared) -> list[str]:
    """Return the texts that hold an inner id (words joined by underscores) which no user types."""
    return [text for text in found if any(word not in allowed.names for word in SNAKE.findall(TYPED.sub(" ", text)))]


def english(found: Iterable[str], allowed: Declared) -> list[str]:
    """Return the texts that hold five English words in a row beside declared titles."""
    return [
        text for text in found if PROSE.search(text) and PROSE.search(TYPED.sub(" ", _without(text, allowed.latin)))
    ]


def _without(text: str, parts: Iterable[str]) -> str:
    # documents print CO₂ where the data write CO2
    text = text.replace("₂", "2").replace("₄", "4")
    for part in parts:
        if part in text:
            text = text.replace(part, " ")
    return text
