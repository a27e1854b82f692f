"""《X省（市）X年度能源消费与碳排放核算报告》 Energy and CO2 Account: what a run found, as a report to sign.

Parts: account_front (摘要, 编制依据, 口径说明), account_targets with account_years, account_energy, account_balance,
account_fuels, account_intensity, account_co2 with account_sources, account_compare, account_quality, account_factors,
account_close. The main text comes first and is short: what is long stands in the annexes of the same parts, and
`shortened` leaves its largest rows in the text. Nothing is computed here.
"""

from __future__ import annotations

from ... import __version__
from ...factors.library import FactorLibrary
from ...inventories.results import Results
from ...inventories.workspace.source_models import vintage_code
from ..figure import Text
from ..report import Report, Section, SignOff
from . import (
    account_annex_list,
    account_balance,
    account_basis,
    account_close,
    account_co2,
    account_compare,
    account_energy,
    account_factors,
    account_front,
    account_fuels,
    account_intensity,
    account_quality,
    account_targets,
)
from .lookup import Lookup, same
from .nation import national
from .source_lines import BY_TABLE, UNSTATED, vintage_word, with_sources


def build(results: Results, library: FactorLibrary) -> Report:
    """Return the account report of a run. Figures that are no metric are recorded in `results.steps`.

    The report must be built before a run is stored, so that `explain` finds every number it prints.
    """
    look = Lookup(results, library)
    inventory = results.workspace.inventory
    period = _period(look)
    issuer = inventory.report.issuer
    report = Report(
        id="account",
        title=Text(
            f"{look.place().zh}{period}年度能源消费与碳排放核算报告",
            f"{look.place().en}: Energy and CO2 Account {period}",
        ),
        sections=_sections(look),
        issuer=Text(issuer.zh, issuer.en) if issuer else Text("", ""),
        date=inventory.report.date,
        sign_off=sign_off(look),
        meta=meta(look),
    )
    report = with_sources(report, look)
    return national(report) if look.entity == "CN" else report


def _period(look: Lookup) -> str:
    return look.year if len(look.years) == 1 else f"{look.years[0]}—{look.years[-1]}"


def _sections(look: Lookup) -> tuple[Section, ...]:
    body = (
        account_front.sections(look),
        account_targets.sections(look),
        account_energy.sections(look),
        account_balance.sections(look),
        account_fuels.sections(look),
        account_intensity.sections(look),
        account_co2.sections(look),
        account_compare.sections(look),
        account_targets.links(look),
        account_quality.sections(look),
        account_close.sections(look),
        account_targets.annexes(look),
        account_energy.annexes(look),
        account_balance.annexes(look),
        account_co2.annexes(look),
        account_compare.annexes(look),
        account_close.annexes(look),
        account_quality.annexes(look),
        account_basis.annexes(look),
        account_factors.annexes(look),
    )
    sections = [section for part in body for section in part]
    annexes = (number for number, section in enumerate(sections) if section.kind == "annex")
    first = next(annexes, len(sections))
    return (*sections[:first], account_annex_list.annex_list(look, sections), *sections[first:])


def sign_off(look: Lookup) -> SignOff:
    """Return the last page: who filled in, who checked, who answers for it."""
    inventory = look.results.workspace.inventory
    people, issuer = inventory.report.signatories, inventory.report.issuer
    return SignOff(
        filled_by=people.prepared_by,
        checked_by=people.reviewed_by,
        head=people.head,
        phone=people.phone,
        unit=Text(issuer.zh, issuer.en) if issuer else Text("", ""),
        date=inventory.report.date,
    )


def meta(look: Lookup) -> tuple[tuple[Text, Text], ...]:
    """Return the lines of the cover."""
    inventory = look.results.workspace.inventory
    names = [look.standard_name(name) for name in inventory.standards]
    # an enterprise reports its own numbers; its tables name no documents
    unstated = UNSTATED if inventory.kind == "enterprise" else BY_TABLE
    years = "、".join(look.years)
    return (
        (Text("核算对象", "Subject"), look.place()),
        (Text("核算年度", "Year"), Text(f"{years}年", ", ".join(look.years))),
        (
            Text("排放核算标准", "Emission standards"),
            Text("；".join(n.zh for n in names), "; ".join(n.en for n in names)),
        ),
        (Text("数据版本", "Vintage of the data"), vintage_word(vintage_code(inventory.report.vintage)) or unstated),
        (Text("核算程序", "Program"), same(f"carbonpeak {__version__}")),
    )
