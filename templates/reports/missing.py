"""What a figure needs when a run does not have it: printed as 暂缺 with the data to be entered."""

from __future__ import annotations

from collections.abc import Callable

from ..figure import NOT_APPLICABLE, Text

Value = Callable[..., float | None]
"""(metric, **qualifiers) -> the value of the place in the period of the figure, None where there is none"""
STEPS = {
    "room_intensity": Text("强度上限", "the highest intensity"),
    "primary_energy_supply": Text("一次能源可供量", "primary energy supply"),
    "non_fossil_share_of_supply": Text("非化石能源占一次能源可供量比重", "share of non-fossil energy in primary energy supply"),
    "coal_above_size_share": Text("规模以上工业占全社会煤炭消费比重", "share of industry above designated size in coal"),
}  # fmt: skip
"""names of figures on the way that are no metrics"""
STEP_UNITS = {
    "primary_energy_supply": "10^4 tce", "non_fossil_share_of_supply": "%",
    "coal_above_size_share": "%",
}  # fmt: skip
NEEDS = {
    "energy_feedstock": Text("缺原料用能专项统计", "needs the survey of feedstock use"),
    "energy_net_of_feedstock": Text("缺原料用能专项统计", "needs the survey of feedstock use"),
    "energy_net_of_renewables": Text("缺原料用能专项统计或可再生能源电力消费量", "needs the survey of feedstock use or renewable electricity consumed"),
    "energy_controlled": Text("缺原料用能专项统计或非化石能源消费量", "needs the survey of feedstock use or non-fossil energy"),
    "energy_new_renewables": Text("缺2020年和本年可再生能源电力消费量（物理电量、绿证）", "needs renewable electricity consumed in 2020 and in the year (flows and certificates)"),
    "primary_energy_supply": Text("缺一次能源生产、调入、调出和库存变化", "needs production, inflow, outflow and stock change of fuels"),
    "non_fossil_share_of_supply": Text("缺非化石能源消费量或一次能源可供量", "needs non-fossil energy or primary energy supply"),
    "industry_intensity": Text("缺工业增加值和规模以上工业能耗", "needs industrial value added and energy use of industry above designated size"),
    "energy_growth": Text("缺上年同口径能源消费总量", "needs the previous year's energy consumption of the same vintage"),
    "energy_total_growth": Text("缺上年同口径能源消费总量", "needs the previous year's energy consumption of the same vintage"),
    "energy_intensity": Text("缺可比价地区生产总值或能源消费总量", "needs GDP at constant prices or energy consumption"),
    "energy_intensity_change": Text("缺上年单位地区生产总值能耗", "needs the previous year's energy intensity"),
    "energy_intensity_change_published": Text("缺公布的单位地区生产总值能耗降低率", "needs the published change of energy intensity"),
    "energy_intensity_cumulative": Text("缺各年单位地区生产总值能耗变化率", "needs the yearly changes of energy intensity"),
    "carbon_intensity": Text("缺可比价地区生产总值或二氧化碳排放量", "needs GDP at constant prices or CO2 emissions"),
    "carbon_intensity_change": Text("缺上年二氧化碳排放量", "needs the previous year's CO2 emissions"),
    "electricity_intensity": Text("缺地区生产总值或全社会用电量", "needs GDP or electricity consumption"),
    "industry_intensity_change": Text("缺工业增加值和规模以上工业能耗", "needs industrial value added and energy use of industry above designated size"),
    "energy_elasticity": Text("缺能源消费增速或地区生产总值增速", "needs growth of energy consumption or of GDP"),
    "electricity_elasticity": Text("缺用电量增速或地区生产总值增速", "needs growth of electricity use or of GDP"),
    "energy_saving": Text("缺上年单位地区生产总值能耗", "needs the previous year's energy intensity"),
    "energy_per_head": Text("缺常住人口", "needs population"),
    "electricity_per_head": Text("缺常住人口", "needs population"),
    "carbon_per_head": Text("缺常住人口", "needs population"),
    "non_fossil_energy": Text("缺水电、风电、太阳能、生物质等非化石发电量", "needs generation of hydro, wind, solar and biomass power"),
    "non_fossil_share": Text("缺水电、风电、太阳能、生物质等非化石发电量", "needs generation of hydro, wind, solar and biomass power"),
    "self_sufficiency": Text("缺一次能源生产量", "needs primary energy production"),
    "electricity_net_inflow": Text("缺调入、调出电量", "needs inflow and outflow of electricity"),
    "electricity_inflow": Text("缺调入电量", "needs inflow of electricity"),
    "electricity_outflow": Text("缺调出电量", "needs outflow of electricity"),
    "electricity_generation": Text("缺该类发电量", "needs generation of this kind"),
    "capacity": Text("缺该类装机容量", "needs capacity of this kind"),
    "energy_total_published": Text("缺公布的能源消费总量", "needs the published total energy consumption"),
    "energy_total": Text("缺能源平衡表", "needs the energy balance"),
    "coal_rate": Text("缺火力发电投入和产出", "needs input and output of thermal power"),
    "co2_electricity": Text("缺调入、调出电量", "needs inflow and outflow of electricity"),
    "co2_heat": Text("缺调入、调出热力", "needs inflow and outflow of heat"),
    "co2_process": Text("缺水泥熟料、石灰、钢铁等产品产量", "needs output of clinker, lime, steel and other products"),
    "co2_reference": Text("缺一次能源生产、调入、调出和库存变化", "needs production, inflow, outflow and stock change of fuels"),
    "co2_approach_difference": Text("缺参考方法结果（一次能源生产、调入、调出和库存变化），或有品种没有CO2因子", "needs the reference approach (production, inflow, outflow, stock change) and a CO2 factor for every fuel"),
    "co2_road": Text("缺车用油品拆分比例", "needs the share of motor fuel burnt on the road"),
    "co2_non_energy": Text("缺非能源利用固碳率", "needs the share of carbon stored in products"),
    "co2_biogenic": Text("缺生物质燃料消费量", "needs use of biofuels"),
    "co2_literature": Text("没有文献核算数据", "no figure from literature"),
    "co2_assessment_2025": Text("缺工业生产过程二氧化碳，净调入电力、热力", "needs process CO2 and net inflow of electricity and heat"),
    "ghg_total": Text("缺CH4、N2O或GWP设定", "needs CH4, N2O or a GWP set"),
    "recovered_energy": Text("来源没有回收能数据", "the source has no recovered energy"),
    "population": Text("缺常住人口", "needs population"),
    "gdp_current": Text("缺地区生产总值", "needs GDP"),
    "gdp_constant": Text("缺可比价地区生产总值", "needs GDP at constant prices"),
    "gdp_growth": Text("缺地区生产总值增速", "needs GDP growth"),
    "coal_consumption_above_size": Text("缺规模以上工业煤炭消费量", "needs coal use of industry above designated size"),
}  # fmt: skip

KINDS = {
    "hydro": Text("水电", "hydro"), "nuclear": Text("核电", "nuclear"), "wind": Text("风电", "wind"),
    "solar": Text("太阳能", "solar"), "biomass": Text("生物质", "biomass"),
}  # fmt: skip
"""kinds of non-fossil generation"""
GROWTHS = {"energy_elasticity": "energy_growth", "electricity_elasticity": "electricity_growth"}


def special(metric: str, value: Value) -> Text | None:
    """Say what a figure lacks where part of what its metric needs is there; None where nothing special holds."""
    if metric in GROWTHS:
        known = [value(GROWTHS[metric]), value("gdp_growth")]
        return NOT_APPLICABLE if any(one is not None and one <= 0 for one in known) else None
    if metric == "co2_electricity" and value("electricity_net_inflow") is not None:
        return Text("缺调入电量的送端和排放因子", "needs the sender of inflow and its factor")
    if metric in ("non_fossil_energy", "non_fossil_share"):
        lacking = [name for kind, name in KINDS.items() if value("electricity_generation", category=kind) is None]
        if 0 < len(lacking) < len(KINDS):
            zh, en = "、".join(one.zh for one in lacking), ", ".join(one.en for one in lacking)
            return Text(f"缺{zh}发电量或净调入电量", f"needs generation of {en}, or net inflow")
    return None
