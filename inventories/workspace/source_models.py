"""The schema of sources.yaml. Docstrings under fields are the manual."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ...accounting.models import Cited, Evidence, Frozen, Worded
from .models import Name, Period, Text


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
    """document and table the file was taken from"""
    evidence: Literal[""] | Evidence = ""
    """'' = the user's own data"""
    quality: Literal["", "measured", "metered", "purchased", "surveyed", "estimated", "recalled", "published"] = ""
    note: str = ""


class Sources(Frozen):
    """sources.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    sources: list[Source] = Field(default_factory=list)
