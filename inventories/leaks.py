"""Biogenic carbon that a balance hides: ethanol in gasoline, village biomass outside the commercial balance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from ..accounting.models import Evidence, Frozen, Title
from ..accounting.problems import Problem, Where
from ..accounting.wording import coded, placed, words
from ..factors import yamlfile
from ..factors.regions import RegionBook
from .draft import Draft
from .run_messages import MESSAGES

E10 = Path(__file__).parent / "data" / "ethanol_gasoline.yaml"
VILLAGE = ("RES", "RES_R")
"""rows of the balance that hold villages"""


class Paper(Frozen):
    """A document that says where E10 is sold."""

    id: str
    title: Title
    """short, for messages"""
    document: str
    source: str
    evidence: Evidence


class Sale(Frozen):
    """Places that sell E10 in place of other gasoline, by one document."""

    document: str
    """id of the document"""
    first: int
    last: int | None = None
    """None = no end is known"""
    codes: list[str]
    note: str = ""

    def holds(self, year: int) -> bool:
        """Tell whether E10 was sold in a year."""
        return self.first <= year and (self.last is None or year <= self.last)


class _Sales(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    documents: list[Paper]
    places: list[Sale]


@cache
def sales() -> tuple[tuple[Sale, Paper], ...]:
    """Return where and since when E10 is sold, each with its document."""
    found = yamlfile.validate(_Sales, yamlfile.load(E10))
    papers = {paper.id: paper for paper in found.documents}
    return tuple((sale, papers[sale.document]) for sale in found.places)


def check(draft: Draft) -> list[Problem]:
    """Return E10-UNKNOWN and BIOMASS-NONE of every place and year that has a balance."""
    frame = draft.prepared.frame
    final = frame[frame["flow"] == "final"]
    return [*_ethanol(draft, final), *_biomass(draft, final)]


def _ethanol(draft: Draft, final: pd.DataFrame) -> Iterator[Problem]:
    declared = {entry.year for entry in draft.inventory.biogenic_share if entry.item == "gasoline"}
    regions = draft.maker.regions or draft.library.regions
    burnt = final[(final["item"] == "gasoline") & (final["amount"] > 0)]
    for entity, year in burnt[["entity", "year"]].drop_duplicates().itertuples(index=False, name=None):
        found = None if declared & {None, int(year)} else sold(regions, str(entity), int(year))
        if found is not None:
            sale, paper = found
            where = Where(file="inventory.yaml", key="biogenic_share")
            yield MESSAGES.problem(
                "E10-UNKNOWN",
                where,
                coded("region", entity),
                year,
                first=sale.first,
                document=words(paper.title.zh, paper.title.en),
            )


def sold(regions: RegionBook, entity: str, year: int) -> tuple[Sale, Paper] | None:
    """Return by which document a place, something above it or a part of it sells E10 in a year; None where none says so."""
    above = {entity, *regions.chain(entity, year)}
    return next(
        (
            (sale, paper)
            for sale, paper in sales()
            if sale.holds(year) and any(code in above or entity in regions.line(code) for code in sale.codes)
        ),
        None,
    )


def _biomass(draft: Draft, final: pd.DataFrame) -> Iterator[Problem]:
    homes = final[final["sector"].isin(VILLAGE)]
    # a row NE says it too
    said = pd.concat([final, draft.prepared.notation])
    said = said[said["item"].isin(list(draft.book.items["biomass"])) & said["sector"].str.startswith("RES")]
    told = set(zip(said["entity"], said["period"], strict=True))
    for place in homes[["entity", "period"]].drop_duplicates().itertuples(index=False, name=None):
        if place not in told:
            yield MESSAGES.problem("BIOMASS-NONE", Where(), placed(*place))
