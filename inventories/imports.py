"""`import ceads|nbs-balance FILE --into WORKSPACE`: copy a table unchanged and declare it in sources.yaml.

Where the workspace is not there yet it is made: inventory.yaml with the place and year of the table, and comments that
say what to fill in. The copied bytes are never touched; the reader does the understanding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..accounting import units
from ..accounting.problems import InputError, ProblemList, Where
from ..factors import yamlfile
from .codes import regions
from .command_messages import MESSAGES as COMMANDS
from .import_sheets import Table, Wish, choose, twice
from .readers.check import around
from .readers.part import TCE_KINDS
from .readers.read import read_all
from .scaffold import Subject, add_years, write_inventory, write_sources
from .workspace.source_models import Layout, Source, Sources
from .workspace.workspace import INVENTORY, SOURCES, Workspace

LAYOUTS: dict[str, Layout] = {"ceads": "ceads", "nbs-balance": "nbs_balance"}
STANDARDS = {"ceads": "ceads", "nbs-balance": "provincial_2011"}
PUBLISHED = {
    "ceads": (
        "  document: 'CEADs provincial energy inventory (Shan et al. 2018, 2020 Scientific Data; Guan et al. 2021 Earth''s Future)'",
        "  evidence: transcribed",
        "  quality: published",
    ),
    "nbs-balance": ("  document: ''   # 文件名称、表号 document and table", "  supplied_by: ''"),
}
"""what is known of the origin: CEADs is one publication; a balance may be a bureau's own or a yearbook's"""
MOST_NAMED = 3
"""periods that a title lists one by one"""


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    workspace: Workspace
    left_out: tuple[str, ...] = ()
    """sheets of the file that were not imported"""
    years: tuple[int, ...] = ()
    """years that were added to inventory.yaml"""
    unlisted: tuple[int, ...] = ()
    """years of the tables that could not be added there"""
    beside: tuple[str, ...] = ()
    """places of the tables that are not the workspace's own"""


def import_table(
    kind: str, file: str | Path, into: str | Path, *, entity: str = "", period: str = "", sheet: str = ""
) -> Workspace:
    """Import as `bring_in` does and return the opened workspace."""
    return bring_in(kind, file, into, entity=entity, period=period, sheet=sheet).workspace


def bring_in(
    kind: str, file: str | Path, into: str | Path, *, entity: str = "", period: str = "", sheet: str = ""
) -> Imported:
    """Copy `file` into `into`/data, add one source per table and its year to the years of the account.

    `kind` is ceads or nbs-balance. Of a workbook the sheets that name the place (and period) stated are taken. Place
    and period come from the arguments, else from the names of sheet and file. Raises InputError when either is not to
    be told or several places are left, and with the faults of an existing workspace.
    """
    path, root = Path(file), Path(into)
    tables, left_out = choose(path, Wish(entity, period, sheet))
    standard = _in_coal_equivalent(kind, path, tables)
    _once(path, tables, standard)
    if not (root / INVENTORY).is_file():
        _new(kind, root, tables)
    name = _copy(path, root)
    _declare(kind, root, name, tables, standard)
    home = Workspace.open(root).inventory.entity
    wanted = sorted({int(table.period[:4]) for table in tables if table.entity == home})
    added, unlisted = add_years(root, wanted)
    beside = dict.fromkeys(table.entity for table in tables if table.entity != home)
    return Imported(Workspace.open(root), tuple(left_out), added, unlisted, tuple(beside))


def _in_coal_equivalent(kind: str, path: Path, tables: list[Table]) -> set[str]:
    """Return the sheets whose every unit is one of coal equivalent: the standard-quantity table of a balance.

    Raise InputError HEADER-MISSING before anything is written; faults of single cells are for `check`.
    """
    sources = [
        Source(id=f"t{number}", file=path.name, sheet=table.sheet, layout=LAYOUTS[kind], entity=table.entity, period=table.period)
        for number, table in enumerate(tables)
    ]  # fmt: skip
    read = read_all(around(path, sources))
    ProblemList([problem for problem in read.problems if problem.code == "HEADER-MISSING"]).raise_errors()
    rows = read.activity[read.activity["unit"] != ""]
    ids = rows["row_id"].str.rsplit("/", n=1).str[0]
    tce = rows["unit"].map({text: units.kind(text) in TCE_KINDS for text in rows["unit"].unique()}).astype("bool")
    whole = tce.groupby(ids).all() & (rows.groupby(ids)["item"].nunique() > 1)
    return {table.sheet for number, table in enumerate(tables) if bool(whole.get(f"t{number}", False))}


def _once(path: Path, tables: list[Table], standard: set[str]) -> None:
    """Two sheets of one place and period are two counts of the same, unless one of them is the standard-quantity table."""
    for table in tables:
        same = [
            one.sheet for one in tables
            if (one.entity, one.period, one.sheet in standard) == (table.entity, table.period, table.sheet in standard)
        ]  # fmt: skip
        if len(same) > 1:
            raise InputError(twice(path, same, table))


def _copy(path: Path, root: Path) -> str:
    """Copy the file byte by byte; the same file twice is no error, another file of that name is."""
    data = path.read_bytes()
    target = root / "data" / path.name
    if target.is_file() and target.read_bytes() != data:
        raise InputError(COMMANDS.problem("IMPORT-EXISTS", Where(file=f"data/{path.name}"), f"data/{path.name}"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return f"data/{path.name}"


def _new(kind: str, root: Path, tables: list[Table]) -> None:
    entity, years = tables[0].entity, sorted({int(table.period[:4]) for table in tables})
    label, english = regions().label(entity), regions().label(entity, "en")
    periods = sorted({table.period for table in tables})
    shown = periods if len(periods) <= MOST_NAMED else [f"{years[0]}—{years[-1]}"]
    title = {
        "zh": f"{label}{'、'.join(shown)}年能源消费与碳排放核算",
        "en": f"{english} {', '.join(shown)}: energy and CO2 account",
    }
    write_inventory(root, root.name, "region", title, Subject(entity), years, [STANDARDS[kind]])
    write_sources(root, [])


def _declare(kind: str, root: Path, name: str, tables: list[Table], standard: set[str]) -> None:
    """Append the sources that are not declared yet. The file's own comments and order stay."""
    path = root / SOURCES
    if not path.is_file():
        write_sources(root, [])
    document = yamlfile.load(path, SOURCES)
    listed = yamlfile.validate(Sources, document).sources
    known = {(source.file, source.sheet) for source in listed}
    taken = {source.id for source in listed}
    new = [table for table in tables if (name, table.sheet) not in known]
    entries = [_entry(kind, name, table, taken, table.sheet in standard) for table in new]
    if entries:
        path.write_text(_appended(path.read_text(encoding="utf-8-sig"), entries), encoding="utf-8")


def _entry(kind: str, name: str, table: Table, taken: set[str], standard: bool) -> str:
    base = f"{LAYOUTS[kind]}_{table.entity}_{table.period}" + ("_standard" if standard else "")
    number = next(n for n in range(1, len(taken) + 2) if (base if n == 1 else f"{base}_{n}") not in taken)
    label = base if number == 1 else f"{base}_{number}"
    taken.add(label)
    lines = [f"- id: {label}", f"  file: {_quoted(name)}"]
    lines += [f"  sheet: {_quoted(table.sheet)}"] if table.sheet else []
    lines += [f"  layout: {LAYOUTS[kind]}", f'  entity: "{table.entity}"', f'  period: "{table.period}"']
    lines += (
        [
            "  options: {attributes: table=standard}   # 标准量表，单位均为标准煤 standard quantities, every unit is coal equivalent"
        ]
        if standard
        else []
    )
    return "\n".join([*lines, *PUBLISHED[kind]])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _appended(text: str, entries: list[str]) -> str:
    block = "\n".join(entries)
    empty = re.search(r"^sources:\s*\[\s*\]\s*$", text, re.M)
    if empty:
        return text[: empty.start()] + "sources:\n" + block + "\n" + text[empty.end() :].lstrip("\n")
    first = re.search(r"^sources:\s*(?:#.*)?\n(?:\s*(?:#.*)?\n)*([ ]*)- ", text, re.M)
    if first is None:
        raise InputError(COMMANDS.problem("IMPORT-LIST", Where(file=SOURCES), "", block))
    indented = "\n".join(first[1] + line for line in block.splitlines())
    return text.rstrip("\n") + "\n" + indented + "\n"
