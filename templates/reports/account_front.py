"""The first pages: summary with data problems, documents and sources, definitions."""

from __future__ import annotations

from ..figure import Text
from ..report import Block, Heading, Note, Section
from .account_basis import basis
from .account_scope import scope
from .account_summary import assessment, carbon, energy, intensity, peak
from .account_warnings import warnings
from .lookup import Lookup


def sections(look: Lookup) -> list[Section]:
    """Return 摘要, 编制依据 and 口径说明."""
    return [summary(look), basis(look), scope(look)]


def summary(look: Lookup) -> Section:
    """Return the summary: one paragraph an account, the count of indicators, and what a reader must know first."""
    blocks: list[Block] = [energy(look), *intensity(look), carbon(look), *assessment(look), *peak(look)]
    notes = warnings(look)
    if notes:
        blocks.append(Heading(2, Text("阅读前须知的数据问题", "Data problems to know before reading")))
        blocks += [Note(note, "warning") for note in notes]
    return Section(Text("摘要", "Summary"), tuple(blocks), kind="plain")
