"""What a run could not count or close, as figures; and the numerals inside a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from ..accounting.energy import UNIT, WAN
from ..accounting.figure_id import figure_id
from ..accounting.splitting import origin
from ..accounting.steps import Term
from ..accounting.wording import coded, joined, words
from .accounts import ENERGY
from .derived import Derived

PLACE = ("entity", "period", "item")
HEADERS = ("supply", "transform", "loss", "final", "stat_diff")
MOST_TERMS = 8
"""rows named in a step, largest first"""
TOLERANCE = 0.05
"""half a unit of the last printed decimal, times ten: as the check DQ-CLOSURE uses"""
NUMERAL = re.compile(
    r"(?<!GB/T )(?<![\w.\-/〔])[-−]?\d[\d,]*(?:\.\d+)?(?![\w\-/〕^⁰¹²³⁴-⁹])|(?<![\w.\-])\d+(?=-\d+ ?%)|(?<=\d-)\d+(?= ?%)",
    re.ASCII,
)
"""numbers of a sentence and both ends of a range in per cent; not dates, codes, numbers of documents"""


@dataclass(frozen=True)
class LeftOut:
    """Rows an account left out for one reason: how many, and their size in coal equivalent (figures)."""

    account: str
    reason: str
    detail: str
    rows: str
    size: str


def left_out(derived: Derived, entity: str, period: str) -> list[LeftOut]:
    """Record the uncounted rows of a place and year by account and reason.

    Sizes: that of the row where it has one, else the coal equivalent of the same row in the energy account (absolute
    values, so that inputs and outputs do not cancel). Rows without any are counted and not sized.
    """
    frame = derived.results.uncounted
    frame = frame[(frame["entity"] == entity) & (frame["period"] == period)]
    lines = derived.results.lines[derived.results.lines["account"] == ENERGY]
    tce = dict(zip(lines["line_id"].str.rsplit("/", n=2).str[0], lines["value"] / 1e6, strict=True))
    own = frame["size"].where(frame["size_unit"] == "tce")
    sizes = pd.Series(
        [tce.get(origin(row), float("nan")) for row in frame["row_id"]], index=frame.index, dtype="float64"
    )
    frame = frame.assign(tce=own.fillna(sizes).abs())
    out = []
    for (account, reason), rows in frame.groupby(["account", "reason"], sort=True):
        where = {"category": str(reason), "definition": str(account)}
        count = derived.put(
            figure_id("uncounted_rows", entity, period, **where), float(len(rows)), "项", words("未计入的行数", "number of rows not counted"),
            _rows(rows), rule="results/uncounted.csv",
        )  # fmt: skip
        sized = rows["tce"].dropna()
        size = derived.put(
            figure_id("uncounted_size", entity, period, **where),
            float(sized.sum()) / WAN if len(sized) else None, UNIT, words("Σ|折标准煤（当量值）|", "Σ of absolute coal equivalent (calorific value)"), _rows(rows),
            rule="results/uncounted.csv",
        )  # fmt: skip
        out.append(LeftOut(str(account), str(reason), str(rows["detail"].iloc[0]), count, size))
    return out


def _row_name(row: Mapping[str, Any]) -> str:
    return joined(coded("flow", row["flow"]), coded("sector", row["sector"]), coded("carrier", row["item"]))


def _rows(rows: Any) -> list[Term]:
    largest = rows.assign(order=rows["tce"].fillna(0)).sort_values("order", ascending=False, kind="stable")
    terms = [
        Term(_row_name(row), float(row["quantity"]), str(row["unit"]), f"row:{row['row_id']}")
        for row in largest.head(MOST_TERMS).to_dict("records")
    ]  # fmt: skip
    rest = len(rows) - len(terms)
    return [*terms, Term(words("另有行数", "more rows"), float(rest), "项")] if rest > 0 else terms


def residual(derived: Derived, row: Mapping[str, Any]) -> tuple[str, str]:
    """Record a residual of the balance and its share of supply (or of the header)."""
    where = {"item": str(row["item"]), "category": str(row["check"])}
    value, relative = float(row["residual"]), float(row["relative"])
    term = Term(words("左边 - 右边", "left - right"), value, str(row["unit"]), "")
    amount = derived.put(
        figure_id("residual", str(row["entity"]), str(row["period"]), **where), value, str(row["unit"]),
        words(str(row["rule"]), str(row["rule_en"])), [term, *_headers(derived, row)],
    )  # fmt: skip
    share = derived.put(
        figure_id("residual_share", str(row["entity"]), str(row["period"]), **where),
        None if isnan(relative) else 100 * relative, "%", words("残差 / 供应量或合计行 x 100", "residual / supply or total row x 100"), [derived.term(amount)],
    )  # fmt: skip
    return amount, share


def _headers(derived: Derived, row: Mapping[str, Any]) -> list[Term]:
    """The printed header cells of the carrier, as they stand."""
    table = derived.results.activity
    own = table[(table[list(PLACE)] == [row[name] for name in PLACE]).all(axis=1) & table["flow"].isin(HEADERS)]
    return [
        Term(coded("flow", one["flow"]), float(one["quantity"]), str(one["unit"]), f"row:{one['row_id']}")
        for one in own[own["sector"] == ""].to_dict("records")
    ]


def numerals(
    derived: Derived, owner: str, text: str, where: str, told: str
) -> list[tuple[str, float, int, tuple[int, int]]]:
    """Record every numeral of a sentence as a figure: (id, value, decimals, span). Years and codes are no numerals."""
    out = []
    for match in NUMERAL.finditer(text):
        word = match[0].replace(",", "").replace("−", "-")
        if re.fullmatch(r"(19|20)\d\d|\d{6}", word):
            continue
        figure = derived.put(
            f"{owner}/{word}", float(word), "", words("该句中的数字", "number in the sentence"),
            [Term(told, float(word), "", f"input:{where}" if where not in ("", "-") else "")],
        )  # fmt: skip
        out.append((figure, float(word), len(word.partition(".")[2]), match.span()))
    return out
