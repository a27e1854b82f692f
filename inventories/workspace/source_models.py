"""The schema of sources.yaml. Docstrings under fields are the manual."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from ...accounting.models import Cited, Evidence, Frozen, Title, Worded
from .models import Name, Period, Text

VINTAGES = {
    "初步数": "preliminary", "快报数": "preliminary", "年报数": "annual", "最终核实数": "verified", "普查修订数": "census",
    "首次公布数": "first", "研究数据": "research",
}  # fmt: skip
"""how a document calls its numbers -> code of the vintage (inventories/data/words.yaml)"""


def vintage_code(value: Any) -> Any:
    """Return the code of a vintage that is written in Chinese; anything else is left."""
    return VINTAGES.get(value.strip(), value) if isinstance(value, str) else value


Vintage = Annotated[
    Literal["", "preliminary", "annual", "verified", "census", "first", "research"], BeforeValidator(vintage_code)
]


class SourceOptions(Frozen):
    """How one table is read where the reader cannot see it itself."""

    header_row: int | None = None
    """row of the header, counted from 1"""
    none: list[str] = Field(default_factory=list)
    """marks that mean 'no data', beside the usual dashes"""
    skip_rows: list[str] = Field(default_factory=list)
    """names of rows that are left out"""
    ignore: list[str] = Field(default_factory=list)
    """columns that are left out without a remark"""
    only: dict[str, Text] = Field(default_factory=dict)
    """tidy and series: read only the rows in which a column holds this text"""
    columns: dict[str, str] = Field(default_factory=dict)
    """tidy and series: field -> the file's own column name"""
    constants: dict[str, Text] = Field(default_factory=dict)
    """tidy and series: field -> one value for all rows"""
    attributes: str = ""
    """added to every row, e.g. `table=standard`"""
    notation_reason: str = ""
    """reason of the notation keys of a table without a note column"""
    scope: Literal["", "society", "above_size"] = ""
    """coal_table: 全社会 or 规模以上"""


Layout = Literal["tidy", "nbs_balance", "ceads", "series", "coal_table", "form_205", "records"]


class Document(Frozen):
    """One publication or form that numbers were taken from: what the line under a table names."""

    id: Name
    """what `document` of a table, or the column `source` of a series, says for it"""
    title: Title
    publisher: Title | None = None
    date: Annotated[Text, Field(pattern=r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$")] = ""
    """of publication: YYYY, YYYY-MM or YYYY-MM-DD"""
    access: Worded = ""
    """where the copy lies that was read; 'from memory' where none was seen"""
    accessed: Text = ""
    """when it was read"""
    vintage: Vintage = ""
    """preliminary 初步数, annual 年报数, verified 最终核实数 …; '' where the document does not say"""
    note: str = ""


class Source(Frozen):
    """One entry of sources.yaml: one table."""

    id: Name
    file: str
    """path relative to the workspace"""
    sheet: str = ""
    layout: Layout
    entity: Text = ""
    """'' = the inventory's entity, or the table's own column"""
    period: Period = ""
    """'' = the table's own column"""
    unit: str = ""
    """one unit for the whole table"""
    unit_row: int | None = None
    """row that holds the units, counted from 1"""
    options: SourceOptions = SourceOptions()
    supplied_by: Worded = ""
    supplied_on: Text = ""
    document: Cited = ""
    """id of one of `documents`, or document and table in words"""
    vintage: Vintage = ""
    """'' = that of the document, or the table's own column"""
    evidence: Literal[""] | Evidence = ""
    """'' = the user's own data"""
    quality: Literal["", "measured", "metered", "purchased", "surveyed", "estimated", "recalled", "published"] = ""
    note: str = ""


class Sources(Frozen):
    """sources.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    documents: list[Document] = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)

    @field_validator("documents")
    @classmethod
    def _once(cls, documents: list[Document]) -> list[Document]:
        if len({one.id for one in documents}) != len(documents):
            raise ValueError("each document once")
        return documents
