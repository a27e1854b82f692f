"""Tables that the command line lists: examples, standards, factor sets, factors, and what a switch of sets does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from ..factors.library import FactorLibrary
from ..factors.search import search
from ..inventories import standards as bundled
from ..inventories.run import library_for
from ..inventories.workspace.workspace import Workspace
from ..inventories.workspace.workspace import examples as bundled_examples
from .figure import Lang, Text

Columns = tuple[tuple[str, Text], ...]
Listed = tuple[pd.DataFrame, Columns]
ID, TITLE, DOCUMENT = Text("编号", "Id"), Text("名称", "Title"), Text("文件", "Document")


def library(workspace: str) -> FactorLibrary:
    """Return the bundled factor library, with the factors folder of a workspace where one is named."""
    return library_for(Workspace.open(workspace)) if workspace else FactorLibrary.bundled()


def examples(lang: Lang) -> Listed:
    """Return the bundled examples."""
    rows = []
    for name, path in bundled_examples().items():
        inventory = Workspace.open(path).inventory
        years = "-".join(map(str, sorted({min(inventory.years), max(inventory.years)})))
        rows.append({"id": name, "title": inventory.title.text(lang), "years": years, "folder": str(path)})
    frame = pd.DataFrame(rows, columns=["id", "title", "years", "folder"])
    return frame, (("id", ID), ("title", TITLE), ("years", Text("年份", "Years")), ("folder", Text("目录", "Folder")))


def standards(lang: Lang) -> Listed:
    """Return the bundled accounting standards."""
    found = [bundled.standard(name) for name in bundled.ids()]
    rows = [{"id": one.id, "title": one.title.text(lang), "profile": one.profile} for one in found]
    frame = pd.DataFrame(rows, columns=["id", "title", "profile"])
    return frame, (("id", ID), ("title", TITLE), ("profile", Text("因子方案", "Factor profile")))


def sets(workspace: str, lang: Lang) -> Listed:
    """Return every factor set with its document."""
    rows = [
        {"id": one.id, "title": one.title.text(lang), "document": one.document, "year": str(one.year or ""), "region": one.region, "factors": len(one.factors)}
        for one in library(workspace).load_all().values()
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["id", "title", "document", "year", "region", "factors"])
    return frame, (
        ("id", ID),
        ("title", TITLE),
        ("document", DOCUMENT),
        ("year", Text("年份", "Year")),
        ("region", Text("地区", "Region")),
        ("factors", Text("因子数", "Factors")),
    )


def factors(words: str, workspace: str, lang: Lang) -> Listed:
    """Return the factors in which every word occurs."""
    return search(library(workspace), words), (
        ("factor_id", ID),
        ("name_zh" if lang == "zh" else "name_en", Text("品种", "Item")),
        ("quantity", Text("量", "Quantity")),
        ("value", Text("数值", "Value")),
        ("unit", Text("单位", "Unit")),
        ("evidence", Text("依据", "Evidence")),
    )


def outline(record: Any, depth: int = 0) -> Iterator[str]:
    """Yield a nested record as indented lines."""
    pad = "  " * depth
    pairs = record.items() if isinstance(record, dict) else (("-", value) for value in record)
    for key, value in pairs:
        if isinstance(value, dict | list) and value:
            yield f"{pad}{key}:" if key != "-" else f"{pad}-"
            yield from outline(value, depth + 1)
        elif value not in (None, "", [], {}):
            yield f"{pad}{key}: {value}" if key != "-" else f"{pad}- {value}"


def differences(one: str, other: str, workspace: str, lang: Lang, progress: Callable[[str], None]) -> dict[str, Listed]:
    """Return two sets or profiles side by side, and what the switch changes in a workspace where one is named."""
    from ..factors.diff import diff
    from ..inventories.switch import metrics_of, profiles_of

    shelf = library(workspace)
    found: dict[str, Listed] = {}
    if one in shelf.ids() or other in shelf.ids():
        found["factors"] = (diff(shelf.set(one), shelf.set(other)), FACTOR_COLUMNS)
    if workspace:
        pair = profiles_of(Workspace.open(workspace), shelf, one, other)
        found["metrics"] = (metrics_of(Workspace.open(workspace), shelf, pair, progress), METRIC_COLUMNS)
    return found
