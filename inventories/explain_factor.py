"""The factors of a ledger line in words: document, printed numbers, what was taken of a range, lender, share of the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..accounting.models import Evidence
from ..accounting.wording import coded, words
from ..factors.answer import TCE_ITSELF
from ..factors.cited import cited, locator
from . import measured
from .explain_node import Node, Voice, number_text

RULES = {
    "low": words("下限", "the low end"), "high": words("上限", "the high end"), "named": words("指定值", "a named value"),
}  # fmt: skip
ROLES = {
    "lent": words("借用：本方案所用因子集未印出，借给", "lent, since the family prints no such part, to"),
    "stand_in": words("代用：本品种无因子，代", "stand-in, since the carrier has no factor of its own, for"),
    "mix": words("构成份额，用于", "share in the mix of"),
}


def of_line(voice: Voice, line: Mapping[str, Any]) -> list[Node]:
    """Return the factors whose numbers a line rests on; what the row measured itself is not among them."""
    results = voice.results
    by_factor: dict[str, list[dict[str, Any]]] = {}
    for part in results.numbers.get((str(line["account"]), str(line["line_id"])), ()):
        by_factor.setdefault(str(results.parts[part]["printed_in"]), []).append(results.parts[part])
    found = [_factor(voice, name, own, str(line["factor_id"])) for name, own in by_factor.items()]
    return found or ([named(voice, str(line["factor_id"]))] if line["factor_id"] else [])


def named(voice: Voice, factor_id: str) -> Node:
    """Describe a factor that a step names: all it prints."""
    return _factor(voice, factor_id, [], factor_id)


def _factor(voice: Voice, name: str, used: list[dict[str, Any]], chosen: str) -> Node:
    results, head, gap = voice.results, voice.pick("因子：", "factor: "), voice.pick("　", "; ")
    entry = next((one for one in results.factors if one["factor_id"] == name), None)
    if entry is None:
        meaning = voice.pick("　按定义：1 tce = 29.3076 GJ", ", by definition: 1 tce = 29.3076 GJ")
        said = voice.pick("实测参数", "measured parameters") if name == measured.FACTOR else name
        return Node("factor", f"{head}{said}{meaning if name == TCE_ITSELF else ''}", {"factor": name})
    title = cited(entry["document"], entry["document_en"], voice.lang)
    level = Evidence(entry["evidence"]).label(voice.lang) if entry["evidence"] else ""
    node = Node("factor", f"{head}{name}{gap}{title}{gap}{level}", dict(entry))
    node.below += list(_parts(voice, entry, used))
    why = results.reasons(voice.lang).get(chosen if used else name, "")
    if why and name in chosen:
        node.below.append(Node("why", f"{voice.pick('选用理由：', 'why: ')}{why}"))
    node.below += [_share(voice, share) for share in entry["shares"]]
    return node


def _parts(voice: Voice, entry: Mapping[str, Any], used: list[dict[str, Any]]) -> Iterable[Node]:
    for part in entry["parts"]:
        own = [use for use in used if use["part"] == part["part"]]
        if used and not own:
            continue
        number = part["text"].partition(" ")[0]
        where = f"{voice.pick('　', '; ')}{locator(part['table'], voice.lang)}" if part["table"] else ""
        name = voice.say(coded("word", part["part"]))
        node = Node("part", f"{name} = {number} {voice.unit(part['unit'])}".rstrip() + where)
        for use in own:
            node.below += [Node(kind, text, _record(use)) for kind, text in _said(voice, use)]
        yield node


def _said(voice: Voice, use: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Say what was taken of a printed range, and on whose behalf."""
    if use["rule"] in RULES:
        head = voice.pick("原文只印区间，取", "of the printed range: ")
        rule = voice.say(RULES[use["rule"]])
        level = Evidence(use["evidence"]).label(voice.lang)
        why = use["reason" if voice.lang == "zh" else "reason_en"]
        told = [f"{head}{voice.amount(use['value'], use['unit'])} ({rule})", level, why]
        yield "taken", voice.pick("　", "; ").join(filter(None, told))
    if use["role"] in ROLES:
        share = f"{number_text(use['share'])} " if use["role"] == "mix" else ""
        yield "role", f"{share}{voice.say(ROLES[use['role']])} {voice.say(coded('carrier', use['item']))}"


def _record(use: Mapping[str, Any]) -> dict[str, Any]:
    names = ("item", "role", "share", "low", "high", "value", "unit", "rule", "reason", "reason_en", "evidence")
    return {name: None if use[name] != use[name] else use[name] for name in names}


def _share(voice: Voice, share: Mapping[str, Any]) -> Node:
    bears, of = voice.pick("支撑 ", "bears "), voice.pick("（按贡献绝对值）", " (of absolute contributions)")
    total = voice.say(coded("figure", share["total"]))
    text = f"{bears}{number_text(share['share'])} %{voice.pick('　', ' of ')}{total}{of}"
    return Node("share", text, {"total": share["total"], "share": share["share"]})
