"""The line under every table and chart: the documents its figures come from, and their vintage.

Collected from the steps of the figures that are printed, so a table cannot name a document it does not rest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ...inventories import codes
from ...inventories.documents import Provenance
from ..figure import Text
from ..figures import cells
from ..report import Block, Chart, Report, Restricted, Table
from .account_text import THIS_ACCOUNT
from .lookup import Lookup

UNSTATED = Text("数据版本未注明", "vintage not stated")
OWN = Text("填报单位数据", "own data")
VINTAGES = ("first", "preliminary", "annual", "verified", "census", "research")
"""in the order they are named"""


@dataclass
class _Use:
    """How one document is used in a table."""

    vintages: set[str] = field(default_factory=set)
    printed: bool = False
    computed: bool = False
    target: bool = True


def with_sources(report: Report, look: Lookup) -> Report:
    """Return the report with the documents under each table and chart that names no source of its own."""
    sections = (replace(one, blocks=_blocks(one.blocks, look)) for one in report.sections)
    return replace(report, sections=tuple(sections))


def _blocks(blocks: Sequence[Block], look: Lookup) -> tuple[Block, ...]:
    return tuple(_block(one, look) for one in blocks)


def _block(block: Block, look: Lookup) -> Block:
    if isinstance(block, Restricted):
        return Restricted(_blocks(block.blocks, look))
    # a table of a factor set names the set's document: the shares beside its numbers do not change where they are from
    if isinstance(block, Table | Chart) and block.source == THIS_ACCOUNT:
        known = [figure.id for figure in cells(block) if figure.value is not None]
        return replace(block, source=line(look, known) or block.source)
    return block


def line(look: Lookup, figures: Iterable[str]) -> Text | None:
    """Return what stands under a table of these figures; None where no document is behind them.

    First the documents whose numbers are printed as they stand, then those that were computed with (据…计算).
    """
    uses = _uses(look.provenance, figures)
    ways = {(True, False): (), (True, True): ("据", "整理、计算"), (False, True): ("据", "计算")}
    english = {(True, False): "", (True, True): "compiled and computed from ", (False, True): "computed from "}
    texts = []
    for way, zh in ways.items():
        named = [_named(look, name, use) for name, use in uses.items() if (use.printed, use.computed) == way]
        if named:
            before, after = zh or ("", "")
            chinese = f"{before}{'、'.join(one.zh for one in named)}{after}"
            texts.append(Text(chinese, english[way] + "; ".join(one.en for one in named)))
    return Text("；".join(one.zh for one in texts), "; ".join(one.en for one in texts)) if texts else None


def _uses(found: Provenance, figures: Iterable[str]) -> dict[tuple[str, str], _Use]:
    """Return the documents (and tables without one) in the order in which the figures meet them."""
    uses: dict[tuple[str, str], _Use] = {}
    for figure in dict.fromkeys(figures):
        as_it_stands = found.printed(figure)
        for cited in sorted(found.of(figure), key=lambda one: (one.target, one.document, one.source, one.vintage)):
            use = uses.setdefault((cited.document, cited.source), _Use())
            use.printed |= as_it_stands or cited.target
            use.computed |= not as_it_stands and not cited.target
            use.target &= cited.target
            use.vintages.add(cited.vintage)
    return uses


def _named(look: Lookup, name: tuple[str, str], use: _Use) -> Text:
    """Return a document as a citation: publisher, title, year and vintage, as far as they are given."""
    title = document(look, *name)
    if use.target:
        return title
    words = vintages(use.vintages)
    return Text(f"{title.zh}（{words.zh}）", f"{title.en} ({words.en})")


def document(look: Lookup, name: str, source: str = "") -> Text:
    """Return publisher, title and (unless the title holds it) year of a document, or who supplied a table without one."""
    book = look.provenance.book
    if not name:
        table = book.sources.get(source)
        supplier = look.said(table.supplied_by) if table and table.supplied_by else OWN
        return Text(f"{supplier.zh}：{source}", f"{supplier.en}: {source}") if source else supplier
    if name not in book.known:
        return look.said(name)
    found = book.known[name]
    zh, en = found.title.zh, found.title.en
    if found.publisher and found.publisher.zh not in zh:
        mark = "" if zh.startswith("《") else "："
        zh, en = f"{found.publisher.zh}{mark}{zh}", f"{found.publisher.en}: {en}"
    when = found.date[:4]
    return Text(zh, en) if not when or when in zh else Text(f"{zh}，{when}年", f"{en}, {when}")


def vintages(codes_: Iterable[str]) -> Text:
    """Return the words of several vintages; one that nobody states is said to be missing."""
    order = [*VINTAGES, ""]
    known = sorted(set(codes_), key=lambda one: (order.index(one) if one in order else -1, one))
    words = [vintage_word(one) or UNSTATED for one in known] or [UNSTATED]
    return Text("、".join(one.zh for one in words), ", ".join(one.en for one in words))


def vintage_word(code: str) -> Text | None:
    """Return the word of a vintage, None for a blank; a word nobody knows is printed as it is."""
    known = codes.words().codes.get(code)
    return Text(known.zh, known.en) if known else Text(code, code) if code else None


BY_TABLE = Text("见各表资料来源", "see the source line of each table")
"""of a report whose documents are of several vintages, or of one that nobody stated"""
