"""下一步措施: what a bureau does about a finding, in its own words; no name of a file or field."""

from __future__ import annotations

from collections.abc import Iterable

from ...accounting.problems import Problem
from ..figure import Text

STEPS = {
    "DQ-ALLOC": Text("会同统计部门核实燃气生产和供应业的原煤是否应计入加工转换（制气）。", "Settle with the statistics bureau whether raw coal of gas supply belongs to transformation (gas works)."),
    "DQ-EFFICIENCY": Text("核实有关加工转换环节的投入量、产出量和折标系数，书面说明效率异常的原因。", "Verify input, output and coefficients of the transformations concerned and explain the efficiency in writing."),
    "DQ-EFFICIENCY-JUMP": Text("说明加工转换效率较上年变动的原因。", "Explain the change of efficiencies against the year before."),
    "DQ-STAT-DIFF": Text("核实平衡差额较大的品种，说明差额来源。", "Verify the carriers with a large statistical difference and say where it comes from."),
    "DQ-CLOSURE": Text("核实不能闭合的品种和行次。", "Verify the carriers and rows that do not close."),
    "DQ-APPROACH": Text("按品种说明参考方法与部门方法的差异。", "Explain the difference of reference and sectoral approach by fuel."),
    "DQ-COEFFICIENT": Text("核实折标系数超出常见范围的品种。", "Verify the carriers whose coefficient lies outside the usual range."),
    "DQ-COEFFICIENT-JUMP": Text("说明折标系数较上年变动的原因。", "Explain the change of coefficients against the year before."),
    "DQ-COAL-RATE": Text("核实发电用煤与发电量。", "Verify coal and output of power plants."),
    "DQ-CO2-ENERGY": Text("核实单位能源消费碳排放。", "Verify CO2 per unit of energy."),
    "DQ-RECOVERED": Text("收集高炉煤气、转炉煤气、余热余压等回收能数据，单列入表。", "Collect recovered energy (blast furnace and converter gas, waste heat) and enter it in a row of its own."),
    "DQ-ELECTRICITY": Text("说明用电量与能源消费增速相差较大的原因。", "Explain why growth of electricity and of energy lie far apart."),
    "DQ-ABOVE-SIZE": Text("核实规模以上工业与全社会煤炭消费量的口径。", "Verify the coverage of coal use above designated size and of the whole place."),
    "DQ-SALES": Text("会同商务、燃气主管部门核实成品油、天然气的消费量与销售量。", "Verify use and sales of motor fuel and gas with the departments in charge."),
    "DQ-PLACES": Text("与下级地区核对能源消费总量。", "Reconcile energy consumption with the places below."),
    "DQ-PROJECT": Text("核实新投产重大项目的用能和工业能耗。", "Verify the energy of large projects put on stream and that of industry."),
    "SOURCE-THIN": Text("补充数据所出文件的名称、发布机构、日期和数据版本。", "State title, publisher, date and vintage of the documents the data were taken from."),
    "DQ-AGE": Text("补充最近年份的能源平衡表和经济数据。", "Add the energy balance and economic data of recent years."),
    "DQ-VINTAGE": Text("对同一年份的不同版本数据作出衔接说明。", "Add a note that links the vintages of the same year."),
    "DEF-BREAK": Text("取得同一版本、同一口径的数列后再计算变化率和增量。", "Obtain a series of one vintage and definition before rates and increments are taken."),
    "FACTOR-SECTOR": Text("收集车辆技术构成（排放控制水平），补算汽油车甲烷、氧化亚氮。", "Collect the technology of vehicles (emission control) and add CH4 and N2O of gasoline cars."),
    "NEU-STORED": Text("收集用作原料、材料各产品的固碳率，补算非能源利用排放。", "Collect the stored shares of non-energy use by product and add its emission."),
    "SERIES-GAP": Text("补齐间断的数列。", "Fill the gaps of the series."),
    "SERIES-SHORT": Text("补齐截止较早的数列。", "Complete the series that end early."),
}  # fmt: skip
OTHER = Text("逐项核实“数据质量检查结果”所列其余问题。", "Verify the other findings of the checks one by one.")


def actions(problems: Iterable[Problem]) -> list[Text]:
    """Return one step per kind of finding, and one for those without a step of their own."""
    codes = list(dict.fromkeys(problem.code for problem in problems))
    own = [STEPS[code] for code in codes if code in STEPS]
    return [*own, OTHER] if len(own) < len(codes) else own
