"""Write docs/validation.md from the known answers, or check that it is what this command writes.

    python -m tests.validation            write docs/validation.md; exit 1 when a known answer fails
    python -m tests.validation --check    exit 1 when the file differs from what would be written, or an answer fails

Numbers are printed with two significant digits and deviations below 1e-9 as 0, so that the file is the same on every
machine.
"""

from __future__ import annotations

import difflib
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from .known_answers.case import CLASSES, NO_ANSWERS, cases, later
from .known_answers.compare import Result, result

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
INTRO = """# 算例核对 Known answers

由 `make validation`（`python -m tests.validation`）写出，`make test` 核对；请勿手改。算例在 `tests/cases/answers`，真实数据按本工具表式重新整理在 `tests/data` 和 `inventories/examples`。除“数据一致性”一类外，每个数都由本工具自己的程序算出。
Written by `make validation` and checked by `make test`; never edited by hand. Cases stand in `tests/cases/answers`, real tables, re-tabulated in our own schema, in `tests/data` and `inventories/examples`. Outside the class data_consistency every number is computed by the package itself.

各类独立性分开列表、分开计数，举例和推算从不与公布数相加。超出容差的值逐一列在“容差以外”。最大偏差后括号内为容差；相对偏差注明“相对”。
Kinds of independence are listed and counted apart: constructed and derived cases are never summed with published ones. Values outside their tolerance are listed one by one under “Outside tolerance”. The tolerance stands in brackets behind the worst deviation.
"""
HEAD = """| 算例 case | 内容 topic | 比较 values compared | 在容差内 within tolerance | 在容差外 outside | 容差内最大偏差 worst deviation within | 未比较及原因 left out and why |
|---|---|--:|--:|--:|---|---|
"""
COUNTS = """| 独立性 independence | 算例 cases | 比较 values compared | 在容差内 within | 在容差外 outside |
|---|--:|--:|--:|--:|
"""
TINY = 1e-9


def results() -> list[Result]:
    """Return every case, computed and compared."""
    return [result(case.id) for case in cases()]


def page(found: Sequence[Result]) -> str:
    """Return the text of docs/validation.md."""
    parts = [INTRO, _counts(found, [kind for kind in CLASSES if kind not in NO_ANSWERS])]
    parts += ["下列两类不是答案的核对 The two below check no answers：\n", _counts(found, NO_ANSWERS), _outside(found)]
    for kind, (zh, en) in CLASSES.items():
        own = _of(found, kind)
        if own:
            parts.append(f"## {kind}\n\n{zh}。{en[0].upper()}{en[1:]}.\n\n{HEAD}{''.join(map(_row, own))}")
    parts += [_left_out(found), _beside(found), _sources(found), _later()]
    return "\n".join(parts)


def _of(found: Sequence[Result], kind: str) -> list[Result]:
    return [one for one in found if one.case.independence == kind]


def _counts(found: Sequence[Result], kinds: Iterable[str]) -> str:
    rows = [(kind, own) for kind in kinds if (own := _of(found, kind))]
    return COUNTS + "".join(
        f"| {kind} | {len(own)} | {sum(one.compared for one in own)} | {sum(one.within for one in own)}"
        f" | {sum(len(one.outside) for one in own)} |\n"
        for kind, own in rows
    )


def _outside(found: Sequence[Result]) -> str:
    lines = [
        "## 容差以外 Outside tolerance\n",
        "来源的数、本工具的数和原因；两者变动，测试即不通过。Number of the source, ours, and why; the tests fail when either moves.\n",
    ]
    for one in found:
        for name in one.outside:
            known, value = one.case.outside[name], float({**one.case.expected, **one.answer.expected}[name])
            gap = f"{known.ours - value:+.2g} ({one.case.allowed(name):g})"
            lines.append(
                f"- {one.case.id} {name}：{value:.12g}，{known.ours:.12g}，{gap}。{known.why.zh}。{known.why.en}."
            )
    return "\n".join(lines) + "\n"


def _row(one: Result) -> str:
    case, reasons = one.case, one.answer.left_out
    left = "；".join(
        f"{sum(why == text for why in reasons.values())}：{text}" for text in dict.fromkeys(reasons.values())
    )
    cells = (
        case.id,
        f"{case.title.zh} {case.title.en}",
        one.compared,
        one.within,
        len(one.outside),
        _worst(one),
        left,
    )
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |\n"


def _worst(one: Result) -> str:
    if math.isnan(one.worst):
        return "—"
    kind = "相对 relative " if one.case.relative else ""
    at = f"{one.worst_at}：" if one.compared > 1 and one.worst >= TINY else ""
    return f"{at}{kind}{short(one.worst)} ({one.case.allowed(one.worst_at):g})"


def short(value: float) -> str:
    """Return two significant digits; what is only binary rounding is 0."""
    return "0" if abs(value) < TINY else f"{value:.2g}"


def _left_out(found: Sequence[Result]) -> str:
    lines = ["## 未比较的值 Values left out\n"]
    for one in found:
        reasons = one.answer.left_out
        for why in dict.fromkeys(reasons.values()):
            names = ", ".join(name for name, text in reasons.items() if text == why)
            lines.append(f"- {one.case.id}：{names}。{why}")
    return "\n".join(lines) + "\n"


def _beside(found: Sequence[Result]) -> str:
    lines = ["## 并列的结果 Stated beside\n", "不作比较，供参考。Not compared.\n"]
    for one in found:
        if one.answer.beside:
            values = ", ".join(f"{name} {value:.6g}" for name, value in one.answer.beside.items())
            lines.append(f"- {one.case.id}：{values}")
    return "\n".join(lines) + "\n"


def _sources(found: Sequence[Result]) -> str:
    lines = ["## 出处和说明 Sources and notes\n"]
    for one in found:
        note = f"　{one.case.note}" if one.case.note else ""
        lines.append(f"- {one.case.id}：{one.case.source}{note}")
    return "\n".join(lines) + "\n"


def _later() -> str:
    lines = ["## 以后 Later\n", "所需部分尚未建成，未比较。The part they need is not there yet.\n"]
    for group in later():
        ids = f"：{', '.join(group.ids)}" if group.ids else ""
        lines.append(f"- {group.part.zh} {group.part.en}{ids}")
        lines += [f"  - {name}：{need.zh} {need.en}" for name, need in group.needs.items()]
    return "\n".join(lines) + "\n"


def failures(found: Iterable[Result]) -> list[str]:
    """Return one line per value that is wrong: outside its tolerance and not listed so, or listed and moved."""
    return [f"{one.case.id}: {text}" for one in found for text in one.failures]


def difference(text: str) -> list[str]:
    """Return how the committed page differs from a text; empty when it does not."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    return list(difflib.unified_diff(old.splitlines(), text.splitlines(), str(PAGE.name), "computed", lineterm=""))


def main(arguments: Sequence[str]) -> int:
    """Write or check the page; return the exit code."""
    found = results()
    text, wrong = page(found), failures(found)
    if "--check" in arguments:
        wrong += difference(text)
    else:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    print("\n".join([*wrong, f"{len(found)} cases, {sum(not one.passed for one in found)} failed"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
