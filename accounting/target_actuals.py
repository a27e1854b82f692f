"""What was reached: the figure a target is compared with, found in the book of metrics.

A published result outranks our own chain: `<metric>_cumulative_published`, then the published yearly rates chained,
then our own. Nothing is mixed: rates of two definitions, vintages or price years are refused (definition_break), a
total of 规上 enterprises never answers for the whole society (scope_mismatch), units of another kind are refused.
Reductions come out positive, in the unit of the target.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from . import rates
from .metric_lookup import Found, mixed, span
from .models import weakest
from .target_question import Actual, LackError, MixedError, Question, Words, figure, in_unit, level_names, no_data
from .unit_words import in_words
from .wording import latin, plain

PUBLISHED_CHANGE = {"coal_consumption": "coal_change_published"}
PUBLISHED_INCREMENT = {"energy_total": "energy_increment"}


def whole(question: Question) -> Actual:
    """Return the result from the base year to the asked year, or for a level the year's level."""
    return _answer(_WHOLE, question)


def annual(question: Question) -> Actual:
    """Return the result of the asked year alone."""
    return _answer(_ANNUAL, question)


def _answer(table: dict[str, Callable[[Question], Actual]], question: Question) -> Actual:
    try:
        return table[question.target.kind](question)
    except LackError as lack:
        return Actual(None, reason=lack.reason, missing=lack.missing)


def _level_of(question: Question, year: int) -> Found:
    return figure(question, level_names(question.target.metric), str(year), question.target.unit)


def _level(question: Question) -> Actual:
    found = _level_of(question, question.year)
    answer = _made(found.value, "x(t)", (found,), (f"{question.year}年",))
    own = question.lookup.best(question.target.metric, question.entity, str(question.year), question.wanted)
    beside = [one for one in own if one.key != found.key and one.unit == found.unit]
    return replace(answer, remarks=tuple(_level_beside(question, one) for one in beside[:1]))


def _level_beside(question: Question, own: Found) -> Words:
    (name,) = question.named([question.target.metric])
    return (f"“{name.zh}”为 {own.value:.2f}，列此备查", f"{name.en} is {own.value:.2f}, shown beside")


def _two_levels(question: Question, base: int) -> tuple[Found, Found]:
    """Return the levels of the base year and the asked year, of the same metric, vintage and definition."""
    unit = "" if question.target.unit == "%" else question.target.unit
    lacks: list[LackError] = []
    for name in level_names(question.target.metric):
        try:
            now = figure(question, (name,), str(question.year), unit or _unit(question, name))
            before = _base_level(question, name, base, now.unit)
        except LackError as lack:
            lacks.append(lack)
            continue
        _refuse_mixed((before, now))
        return before, now
    refused = next((lack for lack in lacks if lack.reason != "no_data"), None)
    raise refused or _levels_missing(question, base)


def _levels_missing(question: Question, base: int) -> LackError:
    metric = question.target.metric
    names = level_names(metric)
    given = question.target.base_value is not None and base == question.base_year
    missing = [
        str(year)
        for year in (base, question.year)
        if not (given and year == base)
        and not any(question.lookup.all(name, question.entity, str(year), question.wanted) for name in names)
    ]
    other = [book[metric] for book in (PUBLISHED_CHANGE, PUBLISHED_INCREMENT) if metric in book]
    return no_data(question, [*names, *other], missing or [str(base), str(question.year)])


def _unit(question: Question, metric: str) -> str:
    found = question.lookup.all(metric, question.entity, str(question.year), question.wanted)
    return found[0].unit if found else ""


def _base_level(question: Question, metric: str, base: int, unit: str) -> Found:
    target = question.target
    if target.base_value is None or base != question.base_year:
        return figure(question, (metric,), str(base), unit)
    printed = Found(
        f"{question.plan.id}/{target.id}", target.base_value, target.base_unit or unit, "reported",
        target.evidence.value, target.source, _qualifiers_of(question, metric), printed_in=target.source,
    )  # fmt: skip
    return in_unit(printed, unit)


def _qualifiers_of(question: Question, metric: str) -> dict[str, str]:
    # the printed base is taken to be in the scope of the figure it is compared with
    found = question.lookup.best(metric, question.entity, str(question.year), question.wanted)
    return dict(found[0].qualifiers) if found else {}


def _refuse_mixed(figures: Sequence[Found]) -> None:
    difference = mixed(figures)
    if difference:
        raise MixedError(
            "definition_break", f"口径或数据版本不一致，不得连乘或比较（{plain(difference)}）",
            f"definitions or vintages differ and cannot be combined ({plain(latin(difference), 'en')})",
        )  # fmt: skip


def _made(value: float, equation: str, figures: Sequence[Found], names: Sequence[str]) -> Actual:
    definitions = {found.qualifiers.get("definition", "") for found in figures} - {""}
    return Actual(
        value,
        equation,
        tuple(found.term(name) for found, name in zip(figures, names, strict=True)),
        weakest(found.evidence for found in figures),
        "；".join(dict.fromkeys(found.source for found in figures if found.source)),
        definition="、".join(sorted(definitions)),
    )


def _years(question: Question) -> list[int]:
    return list(range(question.first, question.year + 1))


def _chained(question: Question, metric: str) -> Actual:
    """Return the cumulative reduction from yearly changes of one metric."""
    figures = [figure(question, (metric,), str(year), "%") for year in _years(question)]
    _refuse_mixed(figures)
    reduction = -rates.chain(found.value for found in figures)
    return _made(reduction, "R = 1 - Π(1 + d)", figures, [f"d {year}年" for year in _years(question)])


def _printed_total(question: Question, metric: str) -> Actual:
    found = figure(question, (metric,), span(question.first, question.year), "%")
    return _made(-found.value, "R = -(累计变化)", (found,), ("累计变化 cumulative change",))


def _intensity_whole(question: Question) -> Actual:
    """Published cumulative figure, published rates chained, own cumulative figure, own rates chained."""
    metric = question.target.metric
    published = [
        (_printed_total, f"{metric}_cumulative_published"),
        (_chained, f"{metric}_change_published"),
    ]
    own = [(_printed_total, f"{metric}_cumulative"), (_chained, f"{metric}_change")]
    answers, lacks = _attempts(question, [*published, *own])
    if not answers:
        raise next((lack for lack in lacks if lack.reason != "no_data"), None) or _years_missing(question)
    chosen, *others = answers
    refused = [lack.missing for lack in lacks if isinstance(lack, MixedError)]
    remarks = [_beside(question, chosen, other) for other in others[:1]] + refused
    return replace(chosen, remarks=tuple(remarks))


def _years_missing(question: Question) -> LackError:
    """Say which yearly rates are missing, for the series that has most of them."""
    missing: list[int] = _years(question)
    names = [f"{question.target.metric}_change_published", f"{question.target.metric}_change"]
    for name in names:
        gaps = [year for year in _years(question) if not question.lookup.all(name, question.entity, str(year))]
        missing = min(missing, gaps, key=len)
    return no_data(question, names, [str(year) for year in missing])


def _attempts(
    question: Question, ways: Sequence[tuple[Callable[[Question, str], Actual], str]]
) -> tuple[list[Actual], list[LackError]]:
    answers: list[Actual] = []
    lacks: list[LackError] = []
    for way, metric in ways:
        for single in question.by_definition():
            try:
                answers.append(way(single, metric))
            except LackError as lack:
                lacks.append(lack)
    return answers, lacks


def _beside(question: Question, chosen: Actual, other: Actual) -> Words:
    """Show the result of the next source beside the one used; two definitions are named, never compared."""
    down = (other.value or 0.0) >= 0
    zh_value = f"{'下降' if down else '上升'} {abs(other.value or 0.0):.2f}%"
    en_value = f"{'down' if down else 'up'} {abs(other.value or 0.0):.2f} %"
    metrics = dict.fromkeys(term.ref.removeprefix("figure:").partition("@")[0] for term in other.terms)
    zh, en = (
        "、".join(name.zh for name in question.named(metrics)),
        ", ".join(name.en for name in question.named(metrics)),
    )
    if chosen.definition != other.definition:
        pair = f"{chosen.definition or '—'} ≠ {other.definition or '—'}"
        return (
            f"按“{zh}”{zh_value}，口径不同（{pair}），不可比较",
            f"{en}: {en_value} under another definition ({pair}), not comparable",
        )
    return (f"按“{zh}”{zh_value}，列此备查", f"{en}: {en_value}, shown beside")


def _intensity_annual(question: Question) -> Actual:
    metric = question.target.metric
    ways = [(_single_rate, f"{metric}_change_published"), (_single_rate, f"{metric}_change")]
    answers, lacks = _attempts(question, ways)
    if answers:
        beside = [_beside(question, answers[0], other) for other in answers[1:2]]
        return replace(answers[0], remarks=tuple(beside))
    refused = next((lack for lack in lacks if lack.reason != "no_data"), None)
    raise refused or no_data(question, [name for _, name in ways], [str(question.year)])


def _single_rate(question: Question, metric: str) -> Actual:
    found = figure(question, (metric,), str(question.year), "%")
    return _made(-found.value, "r = -d", (found,), (f"d {question.year}年",))


def _percent(question: Question, base: int, period: str) -> Actual:
    published = PUBLISHED_CHANGE.get(question.target.metric, "")
    if published:
        try:
            found = figure(question, (published,), period, "%")
            return _made(-found.value, "R = -(累计变化)", (found,), ("累计变化 cumulative change",))
        except LackError as lack:
            if lack.reason != "no_data":
                raise
    before, now = _two_levels(question, base)
    if before.value == 0:
        raise _no_percentage(now, base)
    value = -rates.change(now.value, before.value)
    return _made(value, "R = 1 - x(t)/x(0)", (before, now), (f"x(0) {base}年", f"x(t) {question.year}年"))


def _no_percentage(now: Found, base: int) -> LackError:
    """A percentage of nothing: not applicable while the level stays 0, and not to be told once it does not."""
    if now.value == 0:
        return LackError(
            "not_applicable",
            f"{base} 年基数为 0，降低率不适用",
            f"the base of {base} is 0: a reduction in % does not apply",
        )
    level = in_words(f"{now.value:g}", now.unit)
    return LackError(
        "zero_base", f"{base} 年基数为 0，现为 {level[0]}，降低率无法计算",
        f"the base of {base} is 0 and the level now {level[1]}: there is no reduction in %",
    )  # fmt: skip


def _cut(question: Question, base: int) -> Actual:
    before, now = _two_levels(question, base)
    value = before.value - now.value
    return _made(value, "削减量 = x(0) - x(t)", (before, now), (f"x(0) {base}年", f"x(t) {question.year}年"))


def _growth(question: Question, base: int, period: str) -> Actual:
    published = PUBLISHED_INCREMENT.get(question.target.metric, "")
    if published:
        try:
            found = figure(question, (published,), period, question.target.unit)
            return _made(found.value, "增量 = 公布数", (found,), ("增量 increment",))
        except LackError as lack:
            if lack.reason != "no_data":
                raise
    before, now = _two_levels(question, base)
    value = rates.increment(now.value, before.value)
    return _made(value, "增量 = x(t) - x(0)", (before, now), (f"x(0) {base}年", f"x(t) {question.year}年"))


def _sum(question: Question) -> Actual:
    figures = [_level_of(question, year) for year in _years(question)]
    _refuse_mixed(figures)
    total = sum(found.value for found in figures)
    return _made(total, "Σ = x(1) + … + x(t)", figures, [f"{year}年" for year in _years(question)])


_WHOLE: dict[str, Callable[[Question], Actual]] = {
    "level": _level,
    "hold_level": _level,
    "cap": _level,
    "trend": _level,
    "cumulative_pct": _intensity_whole,
    "reduction_pct": lambda q: _percent(q, q.base_year, span(q.first, q.year)),
    "reduction_amount": lambda q: _cut(q, q.base_year),
    "cumulative_amount": _sum,
    "increment_cap": lambda q: _growth(q, q.base_year, span(q.first, q.year)),
}
_ANNUAL: dict[str, Callable[[Question], Actual]] = {
    "level": _level,
    "hold_level": _level,
    "cap": _level,
    "trend": _level,
    "cumulative_pct": _intensity_annual,
    "reduction_pct": lambda q: _percent(q, q.year - 1, str(q.year)),
    "reduction_amount": lambda q: _cut(q, q.year - 1),
    "cumulative_amount": _level,
    "increment_cap": lambda q: _growth(q, q.year - 1, str(q.year)),
}
