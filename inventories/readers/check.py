"""What reading shows: every problem of the files of a workspace or of one file, nothing computed."""

from __future__ import annotations

from dataclasses import replace
from os.path import isfile
from pathlib import Path

from ...accounting.problems import InputError, ProblemList, Where
from ...factors import yamlfile
from ..codes import plain
from ..messages import MESSAGES
from ..workspace.models import Inventory
from ..workspace.source_models import Layout, Source, SourceOptions, Sources
from ..workspace.workspace import INVENTORY, SOURCES, Workspace
from .columns import spellings
from .files import load_bytes, open_table
from .grid import Grid
from .matrix import SEARCH, holds_balance
from .read import read_all
from .tidy import FIELDS as TIDY
from .xlsxfile import Book

FORM_205 = {plain(word) for word in ("购进量", "消费量合计", "工业生产消费量", "加工转换投入合计", "能源加工转换产出")}
"""headers that only form 205-1 or 205-2 has"""
PLACE = ("flow", "sector", "row")
"""fields that say where in the balance a row of a tidy table stands; a table of products has none of them"""


def check(place: str | Path) -> ProblemList:
    """Return every problem of a workspace folder, a bundled example, a YAML file or a single table."""
    path = Path(place)
    try:
        if isfile(path) and path.suffix.lower() in (".yaml", ".yml"):
            return _check_yaml(path)
        if isfile(path):
            return _check_table(path)
        return read_all(Workspace.open(place)).problems
    except InputError as error:
        return error.problems


def _check_yaml(path: Path) -> ProblemList:
    """inventory.yaml and sources.yaml against their schema; any other YAML file for its syntax."""
    document = yamlfile.load(path)
    models: dict[str, type[Inventory] | type[Sources]] = {INVENTORY: Inventory, SOURCES: Sources}
    if path.name in models:
        yamlfile.validate(models[path.name], document)
    return ProblemList()


def _check_table(path: Path) -> ProblemList:
    """Read one table as if a workspace named it: each visible sheet with content, its layout told by its header."""
    problems = ProblemList()
    data = load_bytes(path, path.name, Where(file=path.name), problems)
    opened = open_table(data, path.name, problems) if data is not None else None
    if opened is None:
        return problems
    grids = {name: opened.grids[name] for name in opened.filled} if isinstance(opened, Book) else {"": opened}
    sources = [_source(path, name, grid) for name, grid in grids.items()]
    known = [source for source in sources if source is not None]
    for name in (name for name, source in zip(grids, sources, strict=True) if source is None):
        expected = "平衡表 balance, CEADs, tidy, series, 205-1"
        problems.add(MESSAGES.problem("HEADER-MISSING", grids[name].table(), SEARCH, expected))
    read = read_all(around(path, known)).problems if known else ProblemList()
    # no inventory.yaml asks for a year or a place, and what would stand at sources.yaml is about the file
    found = [problem for problem in read.items if problem.where.file != INVENTORY]
    problems.extend(replace(p, where=Where(file=path.name)) if p.where.file == SOURCES else p for p in found)
    return problems


def around(path: Path, sources: list[Source]) -> Workspace:
    """A workspace that holds only this file; the nation stands in for the unknown entity."""
    inventory = Inventory.model_validate(
        {
            "schema": 1, "id": "check", "kind": "region", "title": {"zh": path.name, "en": path.name}, "entity": "CN",
            "years": [2000], "standards": ["none"], "report": {"date": "2000-01-01"},
        }
    )  # fmt: skip
    return Workspace(path.parent.resolve(), inventory, tuple(sources))


def _source(path: Path, sheet: str, grid: Grid) -> Source | None:
    layout = layout_of(grid)
    if layout is None:
        return None
    source = Source(id=f"file{sheet}", file=path.name, sheet=sheet, layout=layout, period="2000")
    if layout == "tidy" and not _placed(grid):
        source = source.model_copy(update={"options": SourceOptions(constants={"flow": "activity"})})
    return source if layout in ("nbs_balance", "ceads", "form_205") else replace_period(source, grid)


def _placed(grid: Grid) -> bool:
    names = spellings(PLACE)
    return any(plain(text) in names for row in range(min(SEARCH, grid.shape[0])) for text in grid.row(row))


def replace_period(source: Source, grid: Grid) -> Source:
    """A long table has its own column of periods; the stand-in is kept only where it has none."""
    names = {plain(text) for row in range(min(SEARCH, grid.shape[0])) for text in grid.row(row)}
    own = any(word in names for word in ("period", "year", "年份", "年", "时期", "date", "月份"))
    return source.model_copy(update={"period": ""}) if own else source


def layout_of(grid: Grid) -> Layout | None:
    """Return the layout a table looks like, or None where its header says nothing."""
    rows = [grid.row(row) for row in range(min(SEARCH, grid.shape[0]))]
    plains = [{plain(text) for text in row if text} for row in rows]
    if any({"指标", "metric"} & row and {"数值", "value", "数据"} & row for row in plains):
        return "series"
    if any(
        len({word for word in row if "煤合计" in word or word in ("火力发电", "原煤", "制气", "其他用途")}) >= 3
        for row in plains
    ):
        return "coal_table"
    if holds_balance(grid):
        return "ceads" if _english(grid) else "nbs_balance"
    if any(FORM_205 & row for row in plains):
        return "form_205"
    names = spellings(TIDY)
    best = max((len({names.get(word, "") for word in row} - {""}) for row in plains), default=0)
    return "tidy" if best >= 3 else None


def _english(grid: Grid) -> bool:
    """The CEADs inventory prints 'Inputs(+) outputs(-)', which no NBS table does."""
    return any(plain(text) == "inputsoutputs" for text in grid.cells[:, 0])
