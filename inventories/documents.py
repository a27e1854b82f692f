"""Which documents a figure comes from, and in which vintage: read off the steps, down to the input rows.

A table's source line names them (templates/reports/source_lines.py), and `check` tells which of them say too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ..accounting.models import Title, weakest
from ..accounting.problems import Problem, Where
from ..accounting.splitting import origin
from ..accounting.steps import Step, Term
from ..accounting.wording import words
from .evidence import LineLevels
from .results import Results
from .run_messages import MESSAGES
from .workspace.source_models import Document, Source
from .workspace.workspace import SOURCES, Workspace

LEG = "inventory.yaml "
"""what stands before the source of an entry of inventory.yaml that holds a quantity"""
PARAMETER = "kgce/kWh"
"""unit of a declared coal rate: a parameter, whose document stands with the factors"""


@dataclass(frozen=True)
class Cited:
    """One document in the vintage of the numbers taken from it; '' where neither row nor document says."""

    document: str
    """id, name in words, or '' for a table without a document"""
    vintage: str
    source: str = ""
    """id of the table, where it names no document"""
    target: bool = False
    """a document that sets a number (a plan, a notice): it has no vintage"""


class Book:
    """The documents of a workspace: those of sources.yaml by id, others by the words that name them."""

    def __init__(self, workspace: Workspace) -> None:
        self.known = {one.id: one for one in workspace.documents}
        self.sources = {one.id: one for one in workspace.sources}
        self.files = {one.file for one in workspace.sources}

    def of(self, name: str) -> Document:
        """Return a document; one that is only named in words has nothing but a title."""
        return self.known.get(name) or Document(id=name or "-", title=Title(zh=name, en=name))

    def of_row(self, source: Source) -> Cited:
        """Return what the rows of a table cite."""
        vintage = source.vintage or self.of(source.document).vintage
        return Cited(source.document, vintage, "" if source.document else source.id)

    def of_metric(self, row: Mapping[str, Any]) -> Cited:
        """Return what a number that was read cites: its own document and vintage first, then those of its table."""
        document = str(row["document"])
        if not document:
            own = next((one for one in self.sources.values() if self._holds(one, str(row["source"]))), None)
            return Cited("", str(row["vintage"]) or (own.vintage if own else ""), own.id if own else "")
        return Cited(document, str(row["vintage"]) or self.of(document).vintage)

    def used(self, results: Results) -> Iterator[tuple[Source, list[Cited], str]]:
        """Yield the documents behind each table, with every vintage of its numbers and the weakest evidence of them."""
        rows = results.metrics.assign(table=results.metrics["source"].str.rpartition("!")[0])
        # a table of thousands of numbers names a handful of documents
        once = rows.drop_duplicates(["table", "document", "vintage", "evidence"])
        read = once[once["source"].map(lambda text: Where.parse(str(text)).file in self.files)]
        numbers = [{str(name): value for name, value in row.items()} for row in read.to_dict("records")]
        for source in self.sources.values():
            own: dict[str, dict[Cited, set[str]]] = {}
            for row in (row for row in numbers if self._holds(source, str(row["source"]))):
                cited = self.of_metric(row)
                own.setdefault(cited.document, {}).setdefault(cited, set()).add(str(row["evidence"]))
            if not own:
                own = {source.document: {self.of_row(source): {str(source.evidence)}}}
            for cited_as in own.values():
                yield source, list(cited_as), weakest(level for levels in cited_as.values() for level in levels)

    @staticmethod
    def _holds(source: Source, address: str) -> bool:
        at = Where.parse(address)
        return source.file == at.file and source.sheet in ("", at.sheet)


def thin(results: Results) -> Iterator[Problem]:
    """Yield one note per table whose documents lack a name or a vintage, once the report names who issues it.

    An enterprise reports its own numbers: they need no document.
    """
    inventory = results.workspace.inventory
    issuer = inventory.report.issuer
    if inventory.kind == "enterprise" or issuer is None or not issuer.zh:
        return
    book = Book(results.workspace)
    lacking: dict[str, list[Cited]] = {}
    for source, cited, _ in book.used(results):
        lacking.setdefault(source.id, []).extend(one for one in cited if not one.document or not one.vintage)
    for name, found in lacking.items():
        if found:
            where = Where(file=SOURCES, key=name)
            yield MESSAGES.problem("SOURCE-THIN", where, _lacks(book, found), label=name)


def _lacks(book: Book, found: list[Cited]) -> str:
    """Say what is not stated: the document, or the vintage of which documents."""
    titles = [book.of(one.document).title for one in found if one.document]
    unnamed = [words("没有写明所出文件", "no document is named")] if len(titles) < len(found) else []
    stated = words("、", "; ").join(words(title.zh, title.en) for title in titles)
    return words("；", "; ").join(
        [*unnamed, *([words("未注明数据版本：", "vintage not stated: ") + stated] if titles else [])]
    )


@dataclass
class Provenance:
    """Documents behind the figures of one run."""

    results: Results
    steps: Mapping[str, Step]
    rows: Mapping[str, Mapping[str, Any]]
    """metrics by figure id"""
    lines: LineLevels
    known: dict[str, frozenset[Cited]] = field(default_factory=dict)
    by_query: dict[str, frozenset[Cited]] = field(default_factory=dict)

    @cached_property
    def book(self) -> Book:
        """The documents of the workspace."""
        return Book(self.results.workspace)

    def printed(self, figure: str) -> bool:
        """Tell whether a figure is a number of a document as it stands, not computed from it."""
        if self._read(figure) is not None:
            return True
        refs = [term.ref for term in self.steps[figure].terms] if figure in self.steps else []
        return len(refs) == 1 and refs[0].startswith("row:")

    def of(self, figure: str) -> frozenset[Cited]:
        """Return every document a figure rests on."""
        if figure not in self.known:
            self.known[figure] = frozenset()  # a figure never rests on itself
            row = self._read(figure)
            if row is not None:
                self.known[figure] = frozenset({self.book.of_metric(row)})
            elif figure in self.steps:
                self.known[figure] = self._union(self._of_term(term) for term in self.steps[figure].terms)
        return self.known[figure]

    def _read(self, figure: str) -> Mapping[str, Any] | None:
        """Return the row of a number that was read; None for one that the run made, of whatever status."""
        row = self.rows.get(figure)
        return row if row is not None and Where.parse(str(row["source"])).file in self.book.files else None

    def _of_term(self, term: Term) -> frozenset[Cited]:
        kind, _, rest = term.ref.partition(":")
        match kind:
            case "figure":
                return self.of(rest)
            case "lines":
                return self._of_lines(term.ref)
            case "row":
                source = self.book.sources.get(_source_of(rest))
                return frozenset({self.book.of_row(source)}) if source else frozenset()
            case "input" if term.unit != PARAMETER:
                return self._of_input(rest)
        return frozenset()

    @staticmethod
    def _of_input(text: str) -> frozenset[Cited]:
        """A document named in words: the plan of a target, the source of an electricity leg; an address is none."""
        if "!" in text or text.endswith("]"):
            return frozenset()
        name = text.removeprefix(LEG).strip()
        return frozenset({Cited(name, "", target=not text.startswith(LEG))}) if name else frozenset()

    def _of_lines(self, ref: str) -> frozenset[Cited]:
        if ref not in self.by_query:
            used = self._by_line[self.lines.mask(ref)].any(axis=0)
            self.by_query[ref] = frozenset(one for one, there in zip(self._sources, used, strict=True) if there)
        return self.by_query[ref]

    @cached_property
    def _sources(self) -> list[Cited]:
        return [self.book.of_row(one) for one in self.book.sources.values()]

    @cached_property
    def _by_line(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Ledger lines down, tables across: whether a line rests on a row of the table."""
        lines, linked = self.results.lines, self.results.line_inputs
        place = {name: number for number, name in enumerate(self.book.sources)}
        used = np.zeros((len(lines), len(place)), dtype=bool)
        own = lines["line_id"].str.rsplit("/", n=2).str[0]
        at = pd.MultiIndex.from_arrays([lines["account"], lines["line_id"]])
        many = at.get_indexer(pd.MultiIndex.from_arrays([linked["account"], linked["line_id"]]))
        rows = pd.concat([own.reset_index(drop=True), linked["row_id"].reset_index(drop=True)[many >= 0]])
        numbers = np.concatenate([np.arange(len(own)), many[many >= 0]])
        found = rows.map({row: place.get(_source_of(row), -1) for row in rows.unique()}).to_numpy(dtype="int64")
        used[numbers[found >= 0], found[found >= 0]] = True
        return used

    @staticmethod
    def _union(parts: Iterable[frozenset[Cited]]) -> frozenset[Cited]:
        return frozenset().union(*parts)


def _source_of(row_id: str) -> str:
    return origin(row_id).rpartition("/")[0]
