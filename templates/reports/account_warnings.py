"""Data problems a reader must know before reading: they stand on the first page."""

from __future__ import annotations

from ...accounting.problems import Problem
from ...accounting.wording import words
from ..figure import Text
from ..report import Paragraph, para
from . import account_evidence
from .lookup import Lookup


def warnings(look: Lookup) -> list[Paragraph]:
    """Return what applies to this run: recovered gas, gas works, unsplit electricity, age, weak evidence, errors."""
    found = [
        recovered(look),
        gas_works(look),
        unsplit(look),
        age(look),
        account_evidence.sentence(look, look.year),
        errors(look),
    ]
    return [one for one in found if one is not None]


def _problem(look: Lookup, code: str) -> Problem | None:
    return next((one for one in look.results.problems if one.code == code), None)


def recovered(look: Lookup) -> Paragraph | None:
    """Recovered gas counted on top of coke by the literature, and left out of our totals."""
    own = look.find("co2_literature", look.year, item="other_gas")
    total = look.find("co2_literature", look.year)
    if not own or not total:
        return None
    share = look.derived.share(
        f"recovered_gas_share@{look.entity}:{look.year}",
        own,
        total,
        words("其他煤气 / 文献合计", "other gas / total of the literature"),
    )
    return para(
        zh="回收煤气：文献（CEADs）{y}年二氧化碳合计{t}中，其他煤气占{g}（{s}），其中高炉、转炉煤气的碳已随焦炭计入，属重复计算；本报告各标准按平衡表把其他煤气的{p}作回收煤气，不计，其余为制气产品，计入。",
        en="Recovered gas: of the {t} in literature (CEADs) in {y}, other gas makes {g} ({s}); the carbon of blast-furnace and converter gas in it is already counted with coke. By the balance {p} of other gas was recovered and is not counted under the standards of this report; the rest was made at gas works and is counted.",
        y=look.year, t=look.figure(total), g=look.figure(own), s=look.figure(share, decimals=1),
        p=look.metric("other_gas_recovered_share", look.year, item="other_gas"),
    )  # fmt: skip


def gas_works(look: Lookup) -> Paragraph | None:
    """Raw coal booked as final use of gas production."""
    balance = look.balances.get(look.year)
    coal = balance.physical(look.derived, "final/D45", "raw_coal") if balance else ""
    if not coal or _problem(look, "DQ-ALLOC") is None:
        return None
    ours = look.emissions(look.main, look.year).cell("sector", "D45", "raw_coal")
    theirs = look.find("co2_literature", look.year, sector="D45", item="raw_coal")
    return para(
        zh="燃气生产和供应业：来源把{c}原煤列为该行业终端消费，对应二氧化碳{a}（文献核算{b}），是统计分摊的结果，不作为结论。",
        en="Gas production and supply: the source books {c} of raw coal as its final use, {a} here ({b} in literature): an allocation of the source, not a finding.",
        c=look.figure(coal), a=look.figure(ours) if ours else look.metric("co2_by_sector", look.year, sector="D45"),
        b=look.figure(theirs) if theirs else look.metric("co2_literature", look.year, sector="D45", item="raw_coal"),
    )  # fmt: skip


def unsplit(look: Lookup) -> Paragraph | None:
    """Electricity of which only the sum of primary generation and net inflow is known."""
    balance = look.balances.get(look.year)
    key = look.find("electricity_not_from_fuel", look.year)
    known = look.has(look.find("electricity_net_inflow", look.year))
    if not key or known or balance is None or "production" in balance.nodes:
        return None
    return para(
        zh="电力：{w}为一次电力与净调入之和，来源未拆分；净调入电力隐含二氧化碳和非化石能源占比暂缺，不得以全部电量乘以排放因子。",
        en="Electricity: {w} is primary electricity plus net inflow, not split by the source; CO2 of net inflow and the non-fossil share are not available, and the whole must not be multiplied by an emission factor.",
        w=look.figure(key),
    )  # fmt: skip


def age(look: Lookup) -> Paragraph | None:
    """Data that end years before the report."""
    if _problem(look, "DQ-AGE") is None:
        return None
    return para(
        zh="数据时效：数据截至{y}年，报告日期为{d}，不足以判断近年趋势。",
        en="Age: data end in {y}, the report is of {d}; recent trends cannot be told.",
        y=look.year, d=look.results.workspace.inventory.report.date,
    )  # fmt: skip


def errors(look: Lookup) -> Paragraph | None:
    """Errors that a run survived: some figures are missing."""
    found = look.results.problems.errors
    if not found:
        return None
    codes = "、".join(dict.fromkeys(problem.code for problem in found))
    return para(
        zh="本次运行有错误级问题（{c}），相应数字暂缺，见“数据质量检查”。",
        en="The run met problems of level error ({c}); the figures concerned are not available, see 'Data quality checks'.",
        c=Text(codes, codes.replace("、", ", ")),
    )
