"""From an entry of sources.yaml to the grid of its table, with the file's facts for the manifest."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from os.path import isdir, isfile
from pathlib import Path

from ...accounting.problems import ProblemList, Where
from ..messages import MESSAGES
from ..workspace.source_models import Source
from ..workspace.workspace import Workspace
from .csvfile import read_csv
from .grid import Grid
from .xlsxfile import Book, read_xlsx

TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta|head|body)\b", re.I)
"""what web systems save under the name of a table"""


@dataclass(frozen=True)
class FileFact:
    """One file that was read."""

    path: str
    """relative to the workspace"""
    size: int
    sha256: str
    sheets: tuple[str, ...] = ()


@dataclass
class Files:
    """The files of a workspace; each is opened once however many sources use it."""

    workspace: Workspace
    facts: dict[str, FileFact] = field(default_factory=dict)
    _open: dict[str, Grid | Book | None] = field(default_factory=dict)

    def place(self, source: Source, problems: ProblemList) -> Path | None:
        """Return the path of a source's file, or None with a problem where it lies outside the workspace."""
        path = self.workspace.resolve(source.file)
        if path is None:
            problems.add(MESSAGES.problem("PATH-OUTSIDE", self.workspace.where(source, "file"), source.file))
        return path

    def grid(self, source: Source, problems: ProblemList) -> Grid | None:
        """Return the grid of a source, or None with a problem."""
        path = self.place(source, problems)
        if path is None:
            return None
        if source.file not in self._open:
            where = self.workspace.where(source, "file")
            self._open[source.file] = self._load(path, source.file, where, problems)
        opened = self._open[source.file]
        grid = _sheet(opened, source, self.workspace, problems) if isinstance(opened, Book) else opened
        if grid is not None and grid.blank():
            problems.add(MESSAGES.problem("SHEET-EMPTY", grid.table()))
            return None
        return grid

    def _load(self, path: Path, name: str, where: Where, problems: ProblemList) -> Grid | Book | None:
        data = load_bytes(path, name, where, problems)
        if data is None:
            return None
        opened = open_table(data, name, problems)
        sheets = tuple(opened.grids) if isinstance(opened, Book) else ()
        self.facts[name] = FileFact(name, len(data), hashlib.sha256(data).hexdigest(), sheets)
        return opened


def load_bytes(path: Path, name: str, where: Where, problems: ProblemList) -> bytes | None:
    """Return the bytes of a table file, or None with a problem: missing, of another type, held open."""
    if not isfile(path):
        shown = f"{name}（目录 a folder）" if isdir(path) else name.replace("\0", "\\0")
        problems.add(MESSAGES.problem("FILE-MISSING", where, shown))
        return None
    if path.suffix.lower() not in TABLES:
        problems.add(MESSAGES.problem("FILE-FORMAT", where, path.suffix or path.name, ", ".join(TABLES)))
        return None
    try:
        return path.read_bytes()
    except OSError:
        problems.add(MESSAGES.problem("FILE-OPEN", where, name))
        return None


def open_table(data: bytes, name: str, problems: ProblemList) -> Grid | Book | None:
    """Return the grid of a csv file or the sheets of a workbook, told by content, not by name."""
    if data.startswith(b"PK\x03\x04"):
        return read_xlsx(data, name, problems)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        problems.add(
            MESSAGES.problem("FILE-PASSWORD", Where(file=name), name)
            if locked
            else MESSAGES.problem("FILE-FORMAT", Where(file=name), ".xls", ", ".join(TABLES))
        )
        return None
    if _MARKUP.match(data):
        problems.add(MESSAGES.problem("FILE-FORMAT", Where(file=name), "html / xml", ", ".join(TABLES)))
        return None
    return read_csv(data, name, problems)


def _sheet(book: Book, source: Source, workspace: Workspace, problems: ProblemList) -> Grid | None:
    where = workspace.where(source, "sheet")
    if source.sheet:
        if source.sheet not in book.grids:
            problems.add(MESSAGES.problem("SHEET-MISSING", where, source.sheet, ", ".join(book.grids)))
            return None
        if source.sheet in book.hidden:
            problems.add(MESSAGES.problem("SHEET-HIDDEN", where, source.sheet, "但已按 sources.yaml 读取 it is read"))
        return book.grids[source.sheet]
    for name in book.hidden:
        if not book.grids[name].blank():
            problems.add(MESSAGES.problem("SHEET-HIDDEN", where, name, "没有读取 it is not read"))
    if len(book.filled) > 1:
        problems.add(MESSAGES.problem("SHEET-AMBIGUOUS", where, ", ".join(book.filled)))
        return None
    return book.grids[book.filled[0]] if book.filled else next(iter(book.grids.values()), None)
