"""Tables that the command line lists: examples, standards, factor sets, factors, and what a switch of sets does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from ..accounting.models import Evidence
from ..accounting.unit_names import chinese, english
from ..accounting.wording import halves, latin
from ..factors.cited import cited, locator
from ..factors.diff import diff
from ..factors.editions import span
from ..factors.library import FactorLibrary
from ..factors.search import search
from ..inventories import standards as bundled
from ..inventories.names import Names
from ..inventories.run import library_for
from ..inventories.switch import switch
from ..inventories.workspace.workspace import Workspace
from ..inventories.workspace.workspace import examples as bundled_examples
from .figure import NOTHING, Lang, Text

Columns = tuple[tuple[str, Text], ...]
Listed = tuple[pd.DataFrame, Columns]
ID, TITLE, DOCUMENT = Text("编号", "Id"), Text("名称", "Title"), Text("文件", "Document")
QUANTITY, UNIT, ITEM = Text("量", "Quantity"), Text("单位", "Unit"), Text("品种", "Item")
BEFORE, AFTER, CHANGE = Text("前者", "First"), Text("后者", "Second"), Text("变化", "Change")
FACTOR_COLUMNS: Columns = (
    ("item_name", ITEM),
    ("factor", Text("因子", "Factor")),
    ("part_name", Text("组成", "Part")),
    ("a", BEFORE),
    ("b", AFTER),
    ("unit_name", UNIT),
    ("change", CHANGE),
    ("note", Text("说明", "Note")),
)
METRIC_COLUMNS: Columns = (
    ("figure", Text("数字", "Figure")),
    ("a", BEFORE),
    ("b", AFTER),
    ("unit", UNIT),
    ("change", CHANGE),
)


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
    shelf = library(workspace)
    rows = [
        {
            "id": one.id, "title": one.title.text(lang), "document": cited(one.document, one.document_en, lang), "year": str(one.year or ""),
            "region": shelf.regions.label(one.region, lang), "valid": span(one).replace("…/…", ""), "factors": len(one.factors),
        }
        for one in shelf.load_all().values()
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["id", "title", "document", "year", "region", "valid", "factors"])
    return frame, (
        ("id", ID),
        ("title", TITLE),
        ("document", DOCUMENT),
        ("year", Text("年份", "Year")),
        ("region", Text("地区", "Region")),
        ("valid", Text("适用期", "Validity")),
        ("factors", Text("因子数", "Factors")),
    )


def factors(words: str, workspace: str, lang: Lang) -> Listed:
    """Return the factors in which every word occurs."""
    found = search(library(workspace), words)
    found = found.assign(
        quantity_name=[_name("word", code, lang) for code in found["quantity"]],
        unit_name=[" / ".join(_unit(one, lang) for one in text.split(" / ")) for text in found["unit"]],
        evidence_name=[Evidence(level).label(lang) if level else "" for level in found["evidence"]],
    )
    columns: Columns = (
        ("factor_id", ID),
        ("name_zh" if lang == "zh" else "name_en", ITEM),
        ("quantity_name", QUANTITY),
        ("value", Text("数值", "Value")),
        ("unit_name", UNIT),
        ("evidence_name", Text("依据", "Evidence")),
    )
    if not found["taken"].map(len).any():
        return found, columns
    # what profiles take of a printed range, in words beside the records that --json gives
    found = found.assign(taken_text=found["taken"].map(lambda records: _taken(records, lang)))
    return found, (*columns[:4], ("taken_text", Text("取用值", "Taken")), *columns[4:])


RULES = {"low": Text("下限", "low end"), "high": Text("上限", "high end"), "named": Text("指定值", "named value")}


def _taken(records: list[dict[str, Any]], lang: Lang) -> str:
    """Return the values taken of the first printed range, with the rule: 1.33（上限）, 1.33 (high end)."""
    own = [one for one in records if one["part"] == records[0]["part"]]
    text = "；".join(dict.fromkeys(f"{one['value']:g}（{RULES[one['rule']].in_(lang)}）" for one in own))
    return text if lang == "zh" else latin(text)


def _name(kind: str, code: str, lang: Lang) -> str:
    return Names.bundled().of(kind, code)[0 if lang == "zh" else 1]


def _unit(unit: str, lang: Lang) -> str:
    return chinese(unit) if lang == "zh" else english(unit)


PAIRED = ("document", "publisher")
HALVES = ("basis", "note", "notes")
"""fields of a factor set that hold `Chinese / English`"""


def in_language(record: Any, lang: Lang, field: str = "") -> Any:
    """Return a record of the library with one language where it holds two; ids and keys stay as they are written."""
    if isinstance(record, list):
        return [in_language(value, lang, field) for value in record]
    if isinstance(record, str):
        zh, _, en = record.partition(" / ") if field in HALVES else (record, "", record)
        return zh if lang == "zh" or not en else en
    if not isinstance(record, dict):
        return record
    if set(record) == {"zh", "en"}:
        return record[lang]
    own = {key: in_language(value, lang, key) for key, value in record.items() if not key.endswith("_en")}
    for key in PAIRED:
        if own.get(key) and record.get(f"{key}_en") and lang == "en":
            own[key] = cited(own[key], record[f"{key}_en"], lang) if key == "document" else record[f"{key}_en"]
    for key in ("table", "unit"):
        if isinstance(own.get(key), str):
            own[key] = locator(own[key], lang) if key == "table" else _unit(own[key], lang)
    return own


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


def differences(one: str, other: str, workspace: str, lang: Lang) -> Listed:
    """Return two sets or profiles side by side.

    Raises FactorError with near ids where the names are neither two sets nor two profiles.
    """
    shelf = library(workspace)
    profiles = one in shelf.profiles() or other in shelf.profiles()
    if profiles:
        return _orders(shelf, one, other, lang)
    return _said(diff(shelf.set(one), shelf.set(other)), lang), FACTOR_COLUMNS


def effects(one: str, other: str, workspace: str, progress: Callable[[str], None]) -> Listed:
    """Return what a switch of sets or profiles changes in a workspace, the largest change first.

    Raises InputError where the workspace cannot be computed with the other one.
    """
    return switch(Workspace.open(workspace), library(workspace), one, other, progress), METRIC_COLUMNS


def _said(found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Differences with carriers, parts, units and remarks in words; the ids stay in the records of `--json`."""
    place = 0 if lang == "zh" else 1
    part = [
        _name("word", text.partition(" ")[0], lang) + ENDS.get(text.partition(" ")[2], NOTHING).in_(lang)
        for text in found["part"]
    ]
    return found.assign(
        item_name=[_name("carrier", code, lang) for code in found["item"]], part_name=part,
        unit_name=[_unit(unit, lang) for unit in found["unit"]], note=[halves(text)[place] for text in found["note"]],
    )  # fmt: skip


ENDS = {"(low)": Text("（下限）", " (low)"), "(high)": Text("（上限）", " (high)")}


def _orders(shelf: FactorLibrary, one: str, other: str, lang: Lang) -> Listed:
    """Two profiles: which sets answer each quantity, in which order."""
    left, right = (shelf.profile(name).order for name in (one, other))
    rows = [
        {"quantity": _name("word", name, lang), "a": ", ".join(left.get(name, [])), "b": ", ".join(right.get(name, []))}
        for name in dict.fromkeys([*left, *right])
    ]
    columns = (("quantity", QUANTITY), ("a", Text(one, one)), ("b", Text(other, other)))
    return pd.DataFrame(rows, columns=["quantity", "a", "b"]), columns
