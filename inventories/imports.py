"""`import ceads|nbs-balance FILE --into WORKSPACE`: copy a table unchanged and declare it in sources.yaml.

Where the workspace is not there yet it is made: inventory.yaml with the place and year of the table, and comments that
say what to fill in. The copied bytes are never touched; the reader does the understanding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..accounting.problems import InputError, ProblemList, Where
from ..factors import yamlfile
from .codes import regions
from .messages import MESSAGES
from .readers.cells import period as period_of
from .readers.check import around
from .readers.entities import Entities
from .readers.files import load_bytes, open_table
from .readers.read import read_all
from .readers.xlsxfile import Book
from .scaffold import Subject, write_inventory, write_sources
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


@dataclass(frozen=True)
class Table:
    """One table of the file: its sheet ('' for csv), place and period."""

    sheet: str
    entity: str
    period: str


def import_table(
    kind: str, file: str | Path, into: str | Path, *, entity: str = "", period: str = "", sheet: str = ""
) -> Workspace:
    """Copy `file` into `into`/data and add one source per table; return the opened workspace.

    `kind` is ceads or nbs-balance. Place and period come from the arguments, else from the names of sheet and file.
    Raises InputError when either is not to be told, and with the faults of an existing workspace.
    """
    path, root = Path(file), Path(into)
    problems = ProblemList()
    tables = _tables(path, entity, period, sheet, problems)
    problems.raise_errors()
    _refuse_other_layout(kind, path, tables)
    if not (root / INVENTORY).is_file():
        _new(kind, root, tables[0])
    name = _copy(path, root)
    _declare(kind, root, name, tables)
    return Workspace.open(root)


def _tables(path: Path, entity: str, period: str, sheet: str, problems: ProblemList) -> list[Table]:
    data = load_bytes(path, path.name, Where(file=path.name), problems)
    opened = open_table(data, path.name, problems) if data is not None else None
    problems.raise_errors()
    sheets = [""]
    if isinstance(opened, Book):
        sheets = [sheet] if sheet else [name for name in opened.filled if _dated(name)] or opened.filled
    return [_table(name, path, entity, period, problems) for name in sheets]


def _refuse_other_layout(kind: str, path: Path, tables: list[Table]) -> None:
    """Raise InputError HEADER-MISSING before anything is written; faults of single cells are for `check`."""
    sources = [
        Source(id=f"t{number}", file=path.name, sheet=table.sheet, layout=LAYOUTS[kind], entity=table.entity, period=table.period)
        for number, table in enumerate(tables)
    ]  # fmt: skip
    found = read_all(around(path, sources)).problems
    ProblemList([problem for problem in found if problem.code == "HEADER-MISSING"]).raise_errors()


def _dated(sheet: str) -> bool:
    """Published workbooks name their sheets by place and year (Henan2019) and put notes beside them."""
    return bool(_year(sheet) and _place(sheet))


def _table(sheet: str, path: Path, entity: str, period: str, problems: ProblemList) -> Table:
    where = Where(file=path.name, sheet=sheet)
    known = Entities({}, regions())
    place = (known.find(entity) or "") if entity else (_place(sheet) or _place(path.stem))
    when = period_of(period) if period else (_year(sheet) or _year(path.stem))
    if entity and not place:
        problems.add(MESSAGES.problem("ENTITY-UNKNOWN", where, entity, known.suggest(entity)))
    elif not place:
        problems.add(MESSAGES.problem("IMPORT-ENTITY", where, path.name))
    if not when:
        problems.add(MESSAGES.problem("IMPORT-PERIOD", where, period or path.name))
    return Table(sheet, place, when)


def _year(text: str) -> str:
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", text)
    return years[0] if len(set(years)) == 1 else ""


def _place(text: str) -> str:
    """Return the province (else prefecture or nation) that a name holds, the longest spelling first; '' for none or two."""
    plain = _letters(text)
    for kind in ("province", "prefecture", "nation"):
        hits = {code: word for word, code in _spellings(kind) if word in plain}
        longest = [code for code, word in hits.items() if not any(word in other != word for other in hits.values())]
        if len(longest) == 1:
            return longest[0]
    return ""


def _letters(text: str) -> str:
    return re.sub(r"[^a-z\u3400-\u9fff]", "", text.lower())


def _spellings(kind: str) -> Iterator[tuple[str, str]]:
    book = regions()
    for code, region in book.items():
        if region.kind == kind:
            short = region.zh.rstrip("省市") if len(region.zh) > 2 else region.zh
            for word in {region.zh, short, region.en, *region.aliases}:
                if len(_letters(word)) > 1:
                    yield _letters(word), code


def _copy(path: Path, root: Path) -> str:
    """Copy the file byte by byte; the same file twice is no error, another file of that name is."""
    data = path.read_bytes()
    target = root / "data" / path.name
    if target.is_file() and target.read_bytes() != data:
        raise InputError(MESSAGES.problem("IMPORT-EXISTS", Where(file=f"data/{path.name}"), f"data/{path.name}"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return f"data/{path.name}"


def _new(kind: str, root: Path, table: Table) -> None:
    label, english = regions().label(table.entity), regions().label(table.entity, "en")
    title = {
        "zh": f"{label}{table.period}年能源消费与碳排放核算",
        "en": f"{english} {table.period}: energy and CO2 account",
    }
    year = int(table.period[:4])
    write_inventory(root, root.name, "region", title, Subject(table.entity), [year], [STANDARDS[kind]])
    write_sources(root, [])


def _declare(kind: str, root: Path, name: str, tables: list[Table]) -> None:
    """Append the sources that are not declared yet. The file's own comments and order stay."""
    path = root / SOURCES
    if not path.is_file():
        write_sources(root, [])
    document = yamlfile.load(path, SOURCES)
    listed = yamlfile.validate(Sources, document).sources
    known = {(source.file, source.sheet) for source in listed}
    taken = {source.id for source in listed}
    entries = [_entry(kind, name, table, taken) for table in tables if (name, table.sheet) not in known]
    if entries:
        path.write_text(_appended(path.read_text(encoding="utf-8-sig"), entries), encoding="utf-8")


def _entry(kind: str, name: str, table: Table, taken: set[str]) -> str:
    base = f"{LAYOUTS[kind]}_{table.entity}_{table.period}"
    number = next(n for n in range(1, len(taken) + 2) if (base if n == 1 else f"{base}_{n}") not in taken)
    label = base if number == 1 else f"{base}_{number}"
    taken.add(label)
    lines = [f"- id: {label}", f"  file: {_quoted(name)}"]
    lines += [f"  sheet: {_quoted(table.sheet)}"] if table.sheet else []
    lines += [f"  layout: {LAYOUTS[kind]}", f'  entity: "{table.entity}"', f'  period: "{table.period}"']
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
        raise InputError(MESSAGES.problem("IMPORT-LIST", Where(file=SOURCES), "", block))
    indented = "\n".join(first[1] + line for line in block.splitlines())
    return text.rstrip("\n") + "\n" + indented + "\n"
