"""Messages of a run: accounts, figures, runs on disk."""

from ..accounting.problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

MESSAGES = Catalogue(
    Message(
        "SELECTED-TWICE", ERROR,
        "标准的两条规则选取了同一行：{found}（规则 {expected}）。", "Two rules of the standard select one row: {found} (rules {expected}).",
        "检查该标准的 YAML，使每行只有一个归属。", "Check the standard's YAML so that each row has one owner.",
    ),
    Message(
        "STANDARD-UNKNOWN", ERROR,
        "没有标准“{found}”，可用：{expected}。", "There is no standard '{found}'; known: {expected}.",
        "在 inventory.yaml 的 standards 中改正。", "Correct it under standards in inventory.yaml.",
    ),
    Message(
        "FIGURE-UNKNOWN", ERROR,
        "没有这个数字：{found}。相近：{expected}。", "No such figure: {found}. Near: {expected}.",
        "用 figures.json 或 html 中的编号。", "Use an id of figures.json or of the html page.",
    ),
    Message(
        "RUN-EXISTS", ERROR,
        "目录已存在：{found}。", "The folder exists: {found}.",
        "换一个目录，或加 --force 覆盖。", "Choose another folder, or overwrite it with --force.",
    ),
    Message(
        "RUN-NOT", ERROR,
        "这不是一次运行的目录：{found}。", "This is not the folder of a run: {found}.",
        "给出 carbonpeak run 的 --out 目录。", "Give the --out folder of carbonpeak run.",
    ),
    Message(
        "RUN-NEVER", ERROR,
        "工作区 {found} 还没有运行过，没有可核验的结果。", "The workspace {found} has not been run yet: there is nothing to verify.",
        "先执行 carbonpeak run。", "Do carbonpeak run first.",
    ),
    Message(
        "EVIDENCE-WEAK", ERROR,
        "{found} 的依据弱于要求的 {expected}。", "{found} rests on less than the required {expected}.",
        "核对原文：因子用 factors confirm 记录，数据改写其依据；或降低 --require-evidence。",
        "Check the document: record a factor with factors confirm, restate the evidence of data; or lower --require-evidence.",
    ),
    Message(
        "NOTATION-OPEN", WARNING,
        "{found} 填报 {expected}（NE 未估计，C 保密），不计入合计；含该项的合计标注“不完整”。",
        "{found}: {expected} (NE not estimated, C confidential) adds nothing; totals with it are marked incomplete.",
        "补填数字；确无活动的填 NO 或 0，已含在别处的填 IE。", "Enter the number; use NO or 0 where there is none, IE where it is included elsewhere.",
    ),
    Message(
        "DQ-ENTERED", Level.WARNING,
        "{what}：录入 {found}，按数据表核算为 {expected}；以录入数为准。", "{what}: entered {found}, computed from the tables {expected}; the entered figure holds.",
        "核对录入数和数据表。", "Check the entered figure and the tables.",
    ),
    Message(
        "MIXED-UNITS", ERROR,
        "{found} 在同一张平衡表里用了两类单位：{expected}。", "{found} stands in two kinds of unit in one balance: {expected}.",
        "统一为一类单位，或把标准量表作为单独的数据源。", "Use one kind of unit, or enter the standard-quantity table as a source of its own.",
    ),
    Message(
        "BALANCE-NONE", WARNING,
        "{found} 的能源数据不是能源平衡表（只有：{expected}），没有终端消费、损失和加工转换，不计算能源消费总量和能源活动排放。",
        "The energy data of {found} are no energy balance (only {expected}): without final consumption, loss and transformation no total and no emissions of energy activities are computed.",
        "提供能源平衡表；单个企业的 205 表用 kind: enterprise 的工作区。", "Supply an energy balance; forms 205 of one enterprise belong to a workspace of kind: enterprise.",
    ),
    Message(
        "E10-UNKNOWN", WARNING,
        "{found}（或其部分地区）自 {first} 年起销售车用乙醇汽油（E10）（{document}），没有申报 {expected} 年汽油的生物成因份额，按 0 计，二氧化碳偏高。",
        "{found} or a part of it sells E10 gasoline since {first} ({document}); the biogenic share of {expected} is not declared and taken as 0, so CO2 is too high.",
        "在 inventory.yaml 的 biogenic_share 写 item: gasoline 的份额（按热量）及来源；该年没有销售的，份额写零。停用的年份未见文件。",
        "Give the share (of heat) of item gasoline with its source under biogenic_share; zero for a year without E10. No document on its end was seen.",
    ),
    Message(
        "BIOMASS-NONE", HINT,
        "{found} 的居民生活没有秸秆、薪柴等生物质：商品能源平衡表不含，按未估计（NE）处理，不是 0。",
        "Residential use of {found} has no straw or wood: commercial balances leave it out; it is not estimated (NE), not 0.",
        "用 tidy 表补充居民生活的生物质消费量，或填 NE 并注明理由。", "Enter residential biomass in a tidy table, or NE with the reason.",
    ),
    Message(
        "DQ-CLOSURE", WARNING,
        "{found} 的平衡不闭合，差 {expected}。", "{found} does not close; residual {expected}.",
        "核对该列各行与合计。", "Check the rows of that column against their headers.",
    ),
    Message(
        "DQ-STAT-DIFF", WARNING,
        "{found} 的平衡差额占可供量的 {expected}，超过 {limit} %。", "The statistical difference of {found} is {expected} of supply, more than {limit} %.",
        "在报告中说明原因。", "Explain it in the report.",
    ),
    Message(
        "DQ-ALLOC", WARNING,
        "{label} 燃气生产和供应业终端消费原煤 {found} 万吨，占终端原煤的 {expected}：属统计分摊，不作为结论。",
        "{label}: final raw coal of gas production and supply is {found} × 10⁴ t, {expected} of final raw coal: an allocation artefact, not a finding.",
        "核对该行业是否应计入加工转换（制气）。", "Check whether it belongs to transformation (gas works).",
    ),
    Message(
        "DQ-EFFICIENCY", WARNING,
        "{found}的加工转换效率超出通常范围 {expected}。", "The efficiency of {found} lies outside the usual range {expected}.",
        "核对投入、产出及折标系数。", "Check input, output and coefficients.",
    ),
    Message(
        "DQ-RECOVERED", WARNING,
        "{label} 来源没有“回收能”行，{found}净额为正，合计 {expected} 万吨标准煤，未计入能源消费总量。",
        "{label}: the source has no row for recovered energy; {found} with a positive net, {expected} × 10⁴ tce in all, are left out of the total.",
        "如有回收能数据，请补充该行。", "Add the row if the data exist.",
    ),
    Message(
        "DQ-COAL-RATE", WARNING,
        "发电标准煤耗 {found} gce/kWh 不在 {expected} 之间。", "The coal rate of thermal power, {found} gce/kWh, lies outside {expected}.",
        "核对火力发电投入与发电量；热电联产须分摊。", "Check input and output of thermal power; split CHP.",
    ),
    Message(
        "DQ-CO2-ENERGY", WARNING,
        "单位能源二氧化碳 {found} t/tce 不在 {expected} 之间。", "CO2 per energy, {found} t/tce, lies outside {expected}.",
        "核对因子、口径和单位。", "Check factors, boundary and units.",
    ),
    Message(
        "DQ-ABOVE-SIZE", WARNING,
        "{what}规模以上工业煤炭消费 {found} 万吨多于全社会的 {expected} 万吨。",
        "{what}: coal use above designated size, {found} × 10⁴ t, is more than that of the whole place, {expected} × 10⁴ t.",
        "核对两个数的口径和单位。", "Check coverage and unit of both.",
    ),
    Message(
        "DQ-SALES", WARNING,
        "{what}消费量 {found} 与销售量 {expected} 相差 {gap}%，超过 ±{limit}%。",
        "{what}: {found} used and {expected} sold differ by {gap} %, more than {limit} %.",
        "核对销售范围、库存和跨区加注。", "Check the area of sales, stocks and fuelling across the border.",
    ),
    Message(
        "DQ-PLACES", WARNING,
        "{what}下级地区能源消费总量之和 {found} 万吨标准煤与本级 {expected} 相差 {gap}%，超过 ±{limit}%。",
        "{what}: the places below sum to {found} × 10⁴ tce, the place itself has {expected}: {gap} %, more than {limit} %.",
        "核对下级是否齐全、口径是否一致。", "Check whether all places are there and mean the same.",
    ),
    Message(
        "DQ-PROJECT", WARNING,
        "{what}新投产项目用能 {found} 万吨标准煤，工业能耗只增加 {expected} 万吨标准煤，不足其 {limit}%。",
        "{what}: projects put on stream use {found} × 10⁴ tce, but energy of industry grew by {expected}, less than {limit} % of it.",
        "核对项目投产时间、负荷和工业能耗。", "Check start, load and the energy of industry.",
    ),
    Message(
        "SOURCE-THIN", Level.HINT,
        "数据表 {label}：{found}，报告中相应各表的“资料来源”不全。", "Table {label}: {found}; the source lines that name it are incomplete.",
        "在 sources.yaml 的 documents 写明文件名称、发布机构、日期和 vintage（初步数、年报数、最终核实数等），或在表中填“数据版本”列。",
        "State title, publisher, date and vintage under documents in sources.yaml, or fill the column vintage of the table.",
    ),
    Message(
        "DQ-AGE", WARNING,
        "数据截至 {found}，报告日期为 {expected}：数据时效不足。", "Data end in {found}, the report is of {expected}: outdated.",
        "补充最新年份，或在报告中说明。", "Add recent years, or say so in the report.",
    ),
)  # fmt: skip
