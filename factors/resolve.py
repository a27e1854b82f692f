"""Resolution: distinct keys -> the coefficient chosen for each, what has none and why, and the sets that were used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ..accounting.problems import Problem, ProblemList
from ..accounting.tables import COEFFICIENTS, FACTOR_PARTS
from ..accounting.wording import coded, listed, placed, words
from .answer import DEFINITION, Answer, Answerer
from .choose import Chooser
from .library import FactorLibrary
from .messages import MESSAGES
from .narrow import Refusal
from .profile import Mix, Profile
from .questions import KEYS, Asking, Codes, Keys
from .regions import RegionBook
from .use import Use

_PARTS = ("ncv", "carbon_content", "oxidation", "per_heat", "value", "u_low", "u_high", "distribution")


@dataclass(frozen=True)
class Answered:
    """Keys with the number of the answer of each, and the answers."""

    keys: pd.DataFrame
    numbers: Codes
    answers: Sequence[Answer | Refusal]


@dataclass(frozen=True)
class Resolution:
    """Coefficients, what has none, and why."""

    coefficients: pd.DataFrame
    """tables.COEFFICIENTS with an empty `account`"""
    unmatched: pd.DataFrame
    """KEYS plus reason (code) and detail (nearest candidates, in words)"""
    problems: ProblemList
    sets_used: tuple[str, ...]
    answered: Answered

    @cached_property
    def parts(self) -> pd.DataFrame:
        """tables.FACTOR_PARTS with an empty `account`: the printed numbers behind the coefficients."""
        return _parts(self.answered)


def resolve(
    keys: pd.DataFrame,
    library: FactorLibrary,
    profile: Profile,
    *,
    coal_mix: Sequence[Mix] = (),
    regions: RegionBook | None = None,
) -> Resolution:
    """Choose a coefficient for every distinct key.

    `keys` holds the columns KEYS; repeated keys are answered once. `coal_mix` are the mixes that the workspace declares,
    `regions` a book that also knows its own entities. Nothing is raised for a missing factor: `unmatched` and `problems`
    say what and why. A key that is asked for in two units (t in the physical table, tce in the
    standard one) gets a coefficient per unit; `per` tells them apart.
    """
    answerer = Answerer(Chooser(library, profile), coal_mix)
    asking = Asking(Keys.of(keys), library, profile, regions or library.regions, answerer)
    answer_of_key, answers = asking.run()
    problems = ProblemList(asking.problems())
    frame = asking.codes.keys
    problems.extend(_problems(frame, answer_of_key, answers, library))
    matched = np.array([isinstance(answer, Answer) for answer in answers], dtype=bool)[answer_of_key]
    return Resolution(
        _coefficients(frame.loc[matched], answer_of_key[matched], answers),
        _unmatched(frame.loc[~matched], answer_of_key[~matched], answers),
        problems,
        _sets(answers),
        Answered(frame, answer_of_key, answers),
    )


def _parts(of: Answered) -> pd.DataFrame:
    """List the numbers of every answer once for each place, year and carrier that asked."""
    answers = [answer if isinstance(answer, Answer) else None for answer in of.answers]
    uses = pd.DataFrame(
        [
            {"answer": number, "factor_id": answer.factor_id, "printed_in": use.factor_id, **_described(use)}
            for number, answer in enumerate(answers)
            if answer is not None
            for use in answer.numbers.uses
        ],
        columns=["answer", "factor_id", "printed_in", *_DESCRIBED],
    )
    asked = of.keys[["entity", "year", "item", "quantity"]].assign(answer=of.numbers).drop_duplicates()
    joined = asked.merge(uses.astype({"answer": "int64"}), on="answer").drop(columns="answer")
    return FACTOR_PARTS.conform(joined.drop_duplicates(list(FACTOR_PARTS.key[1:]), ignore_index=True))


_DESCRIBED = (
    "part", "serves", "role", "share", "value", "low", "high", "unit", "rule", "reason", "evidence",
)  # fmt: skip


def _described(use: Use) -> dict[str, object]:
    return {name: getattr(use, name) for name in _DESCRIBED}


def _coefficients(keys: pd.DataFrame, numbers: Codes, answers: Sequence[Answer | Refusal]) -> pd.DataFrame:
    """Spread the answers back over the keys."""
    rows = [_row(answer) if isinstance(answer, Answer) else {} for answer in answers]
    table = pd.DataFrame(rows, columns=[name for name in COEFFICIENTS.names if name not in KEYS and name != "account"])
    chosen = table.iloc[numbers].reset_index(drop=True)
    own = keys.drop(columns="unit").reset_index(drop=True)
    per = keys["unit"].reset_index(drop=True).rename("per")
    return COEFFICIENTS.conform(pd.concat([own, chosen.drop(columns="per"), per], axis=1))


def _row(answer: Answer) -> dict[str, object]:
    return {
        **{name: getattr(answer.numbers, name) for name in _PARTS},
        "factor_id": answer.factor_id,
        "ncv_from": answer.ncv_from,
        "set": answer.set_id,
        "kind": answer.kind,
        "matched_on": answer.matched_on(),
        "evidence": answer.numbers.weakest(),
    }


def _unmatched(keys: pd.DataFrame, numbers: Codes, answers: Sequence[Answer | Refusal]) -> pd.DataFrame:
    rows = [(a.code, a.detail) if isinstance(a, Refusal) else ("", "") for a in answers]
    table = pd.DataFrame(rows, columns=["reason", "detail"], dtype="str")
    chosen = table.iloc[numbers].reset_index(drop=True)
    return pd.concat([keys.reset_index(drop=True), chosen], axis=1)


def _sets(answers: Sequence[Answer | Refusal]) -> tuple[str, ...]:
    used = {name for answer in answers if isinstance(answer, Answer) for name in (answer.set_id, *answer.sets)}
    return tuple(sorted(used - {DEFINITION}))


def _problems(
    keys: pd.DataFrame, numbers: Codes, answers: Sequence[Answer | Refusal], library: FactorLibrary
) -> list[Problem]:
    """Make one problem per item, quantity and reason, with the first key as its address and the number of keys."""
    asked, first, counts = np.unique(numbers, return_index=True, return_counts=True)
    merged: dict[tuple[str, str, str, str], tuple[int, dict[str, str]]] = {}
    for number, row, count in zip(asked, first, counts, strict=True):
        trouble = _trouble(answers[number])
        if trouble is None:
            continue
        code, detail, params = trouble
        key = keys.iloc[int(row)]
        place = placed(key["entity"], key["year"], coded("sector", key["sector"]))
        group = (code, _name(library, str(key["item"])), coded("word", key["quantity"]), detail)
        before, kept = merged.get(group, (0, {"mix": "", "place": place, **params}))
        merged[group] = (before + int(count), kept)
    return [
        MESSAGES.problem(code, "", item, detail, quantity=quantity, count=count, **params)
        for (code, item, quantity, detail), (count, params) in merged.items()
    ]


def _name(library: FactorLibrary, item: str) -> str:
    """Return what a carrier or product is called."""
    product = library.products.get(item)
    if product is not None:
        return words(product.zh, product.en)
    return words(library.carriers.label(item), library.carriers.label(item, "en"))


def _trouble(answer: Answer | Refusal) -> tuple[str, str, dict[str, str]] | None:
    if isinstance(answer, Refusal):
        return answer.code, answer.detail, answer.params
    if answer.lacks:
        return "FACTOR-PART", listed(coded("word", part) for part in answer.lacks), {"place": answer.factor_id}
    return None
