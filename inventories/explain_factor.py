"""The factors of a ledger line in words: document, printed numbers, what was taken of a range, lender, share of the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..accounting.models import Evidence
from ..factors.answer import TCE_ITSELF
from .explain_node import Node, number_text
from .results import Results

RULES = {"low": "下限 the low end", "high": "上限 the high end", "named": "指定值 a named value"}
ROLES = {
    "lent": "借用：本方案所用因子集未印出 lent, the family prints no such part",
    "stand_in": "代用：本品种无因子 stand-in, the carrier has no factor of its own",
    "mix": "构成份额 share in the mix",
}


def of_line(results: Results, line: Mapping[str, Any]) -> list[Node]:
    """Return the factors whose numbers a line rests on; what the row measured itself is not among them."""
    by_factor: dict[str, list[dict[str, Any]]] = {}
    for part in results.numbers.get((str(line["account"]), str(line["line_id"])), ()):
        by_factor.setdefault(str(results.parts[part]["printed_in"]), []).append(results.parts[part])
    found = [_factor(results, name, own, str(line["factor_id"])) for name, own in by_factor.items()]
    return found or ([named(results, str(line["factor_id"]))] if line["factor_id"] else [])


def named(results: Results, factor_id: str) -> Node:
    """Describe a factor that a step names: all it prints."""
    return _factor(results, factor_id, [], factor_id)


def _factor(results: Results, name: str, used: list[dict[str, Any]], chosen: str) -> Node:
    entry = next((one for one in results.factors if one["factor_id"] == name), None)
    if entry is None:
        meaning = "　按定义 by definition: 1 tce = 29.3076 GJ" if name == TCE_ITSELF else ""
        return Node("factor", f"因子 factor: {name}{meaning}", {"factor": name})
    node = Node("factor", f"因子 factor: {name}　{entry['document']}　{entry['evidence_zh']}", dict(entry))
    node.below += list(_parts(entry, used))
    why = results.reasons.get(chosen if used else name, "")
    if why and name in chosen:
        node.below.append(Node("why", f"选用理由 why: {why}"))
    node.below += [_share(share) for share in entry["shares"]]
    return node


def _parts(entry: Mapping[str, Any], used: list[dict[str, Any]]) -> Iterable[Node]:
    for part in entry["parts"]:
        own = [use for use in used if use["part"] == part["part"]]
        if used and not own:
            continue
        node = Node("part", f"{part['name']} = {part['text']}　{part['table']}")
        for use in own:
            node.below += [Node(kind, text, _record(use)) for kind, text in _said(use)]
        yield node


def _said(use: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Say what was taken of a printed range, and on whose behalf."""
    if use["rule"] in RULES:
        text = (
            f"原文只印区间，取 of the printed range: {number_text(use['value'])} {use['unit']}（{RULES[use['rule']]}）"
        )
        level = Evidence(use["evidence"]).label("zh")
        yield "taken", f"{text}　{level}　{'　'.join(filter(None, [use['reason'], use['reason_en']]))}"
    if use["role"] in ROLES:
        share = f" {number_text(use['share'])}" if use["role"] == "mix" else ""
        yield "role", f"{ROLES[use['role']]}{share} → {use['item']}"


def _record(use: Mapping[str, Any]) -> dict[str, Any]:
    names = ("item", "role", "share", "low", "high", "value", "unit", "rule", "reason", "reason_en", "evidence")
    return {name: None if use[name] != use[name] else use[name] for name in names}


def _share(share: Mapping[str, Any]) -> Node:
    text = f"支撑 bears {number_text(share['share'])} %　{share['total']}（按贡献绝对值 of absolute contributions）"
    return Node("share", text, {"total": share["total"], "share": share["share"]})
