"""编制依据: standards, plans, factor sets and data sources, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...accounting.models import weakest
from ...factors.cited import cited as cited_as
from ...inventories.documents import Cited
from ...inventories.standards import standard
from ...inventories.workspace.source_models import Source
from ..figure import NOT_APPLICABLE, Text
from ..report import Column, Note, Ref, Row, Section, Table, para, row
from ..words import EVIDENCES
from .assessed import assessed
from .lookup import Lookup, same
from .source_lines import document, vintages

OWN = Text("填报单位自有", "own data")


def basis(look: Lookup) -> Section:
    """Return the standards and plans; factor sets and data sources stand in the annexes."""
    where = para(
        zh="用到的因子集和数据来源及其依据等级见{d}、{s}。", en="Factor sets used and data sources with their evidence stand in {d} and {s}.",
        d=Ref("factor-sets"), s=Ref("sources"),
    ) if look.results.factors else para(zh="数据来源及其依据等级见{s}。", en="Data sources with their evidence stand in {s}.", s=Ref("sources"))  # fmt: skip
    return Section(Text("编制依据", "Basis"), (documents(look), Note(where)), kind="plain")


def whole(look: Lookup) -> Section:
    """Return documents, factor sets and sources together, for a short report without annexes."""
    sets = (factor_sets(look),) if look.results.factors else ()
    return Section(Text("编制依据", "Basis"), (documents(look), *sets, sources(look)), kind="plain")


def annexes(look: Lookup) -> list[Section]:
    """Return the factor sets and the data sources."""
    tables = (*((factor_sets(look),) if look.results.factors else ()), sources(look))
    return [Section(Text("因子集和数据来源", "Factor sets and data sources"), tables, kind="annex")]


def evidence(level: str) -> Text:
    """Return the printed word of an evidence level; blank is the user's own."""
    return EVIDENCES.get(level, OWN)


DOCUMENT = (
    Column(Text("名称", "Title"), width=3.2), Column(Text("文件", "Document"), width=3.2), Column(Text("依据等级", "Evidence"), width=1.2),
)  # fmt: skip


def documents(look: Lookup) -> Table:
    """Return standards and plans."""
    columns = (Column(Text("类别", "Kind"), width=0.9), *DOCUMENT)
    rows = [*_standards(look), *_plans(look)]
    return Table("documents", Text("依据文件", "Documents"), columns, tuple(rows), notes=(NOT_SEEN,))


def factor_sets(look: Lookup) -> Table:
    """Return the factor sets that the run used."""
    return Table("factor-sets", Text("因子集", "Factor sets"), DOCUMENT, tuple(_sets(look)), notes=(NOT_SEEN,))


NOT_SEEN = Text(
    "“公开转录（未核原文）”指从公开转录本录入、未核对发布机关原文；核对后可用 factors confirm 记录。",
    "'transcribed' means entered from a public copy; the issuer's own document was not seen. `factors confirm` records a check.",
)


def _standards(look: Lookup) -> Iterable[Row]:
    for name in look.results.workspace.inventory.standards:
        found = standard(name)
        yield row(
            Text("核算标准", "Standard"),
            look.standard_name(name),
            look.said(found.document),
            evidence(str(found.evidence)),
        )


def _plans(look: Lookup) -> Iterable[Row]:
    plans = {one.plan.id: one.plan for one in assessed(look)}
    for plan in plans.values():
        level = weakest(str(target.evidence) for target in plan.targets)
        yield row(
            Text("规划目标", "Plan"), Text(plan.title.zh, plan.title.en), look.said(plan.document), evidence(level)
        )


def _sets(look: Lookup) -> Iterable[Row]:
    sets: dict[str, list[dict[str, Any]]] = {}
    for factor in look.results.factors:
        sets.setdefault(str(factor["set"]), []).append(factor)
    for factors in sets.values():
        first = factors[0]
        title = Text(str(first["title_zh"]), str(first["title_en"]))
        level = weakest(str(part["evidence"]) for factor in factors for part in factor["parts"] if part["used"])
        yield row(title, citation(first), evidence(level))


def citation(entry: Mapping[str, object]) -> Text:
    """Return the document of a factor set: in English its English title, the original in brackets."""
    document, english = str(entry["document"]), str(entry["document_en"])
    return Text(document, cited_as(document, english, "en"))


def sources(look: Lookup) -> Table:
    """Return the documents behind each table of the workspace: publisher, date, where the copy lies, vintage, evidence."""
    columns = (
        Column(Text("数据表", "Table"), width=1.2), Column(Text("资料", "Document"), width=3.2),
        Column(Text("所读文本", "Copy read"), width=2.4),
        Column(Text("数据版本", "Vintage"), width=1.0), Column(Text("依据等级", "Evidence"), width=1.0),
    )  # fmt: skip
    rows = [_source(look, one, cited, level) for one, cited, level in look.provenance.book.used(look.results)]
    return Table("sources", Text("数据来源", "Data sources"), columns, tuple(rows))


def _source(look: Lookup, table: Source, taken: Sequence[Cited], level: str) -> Row:
    """One document of one table, in all its vintages."""
    first = taken[0]
    known = look.provenance.book.of(first.document)
    return row(
        same(table.id), document(look, first.document, first.source),
        _read(look, known.access or table.supplied_by, known.accessed or table.supplied_on),
        vintages(one.vintage for one in taken), evidence(level),
    )  # fmt: skip


def _read(look: Lookup, copy: str, when: str) -> Text:
    """Say where the copy that was read lies, and when it was read."""
    parts = [look.said(text) for text in (copy, when) if text]
    if not parts:
        return NOT_APPLICABLE
    zh, en = "，".join(one.zh for one in parts), ", ".join(one.en for one in parts)
    return Text(zh.replace("/", f"/{BREAK}"), en.replace("/", f"/{BREAK}"))


BREAK = "\u200b"
"""where the address of a copy may break"""
