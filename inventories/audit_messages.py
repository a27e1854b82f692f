"""Messages of the checks that compare numbers of an input with each other: totals, neighbours, published partners.

What is inferred from other numbers is a warning or a note: published tables hold such oddities, and a user who has
checked one must be able to go on.
"""

from ..accounting.problems import Catalogue, Level, Message

WARNING, HINT = Level.WARNING, Level.HINT

MESSAGES = Catalogue(
    Message(
        "NUMBER-HUGE", Level.ERROR,
        "{label} 的数 {found} 大到不可能。", "{label}: {found} is impossibly large.",
        "核对该数和单位。", "Check the number and its unit.",
    ),
    Message(
        "PARAMETER-RANGE", Level.ERROR,
        "{label} 的实测参数 {found} 不可能，应为 {expected}。", "{label}: the measured parameter {found} cannot be; expected {expected}.",
        "核对数值和单位；折标准煤或热量的行不填低位发热量和折标系数。",
        "Check number and unit; a row in coal equivalent or heat has no heat value of its own.",
    ),
    Message(
        "NUMBER-ZERO", Level.ERROR,
        "{label} 写作 0，它要作除数，不可能为 0。", "{label} is given as 0; it is divided by and cannot be 0.",
        "没有数据时留空。", "Leave it blank where there is no number.",
    ),
    Message(
        "RATE-RANGE", Level.ERROR,
        "{label} 为 {found}%，下降不可能达到或超过 100%。", "{label} is {found} %: nothing falls by 100 % or more.",
        "核对该数；变化率的单位是百分之一。", "Check the number; rates are in per cent.",
    ),
    Message(
        "VALUE-ODD", WARNING,
        "{label} 的数 {found} 与 {count} 处合计都不符，改为 {expected} 后全部相等。",
        "{label}: {found} disagrees with {count} totals; with {expected} all of them hold.",
        "核对该单元格。", "Check the cell.",
    ),
    Message(
        "TOTAL-MISSING", WARNING,
        "{label} 没有合计（{found}），同表其他各列都有；分项之和为 {expected}。",
        "{label} has no total ({found}) where the other columns of the table have one; its parts sum to {expected}.",
        "补上该合计，或核对是否漏行。", "Enter the total, or look for the row that is missing.",
    ),
    Message(
        "PARTS-MISSING", WARNING,
        "{label} 为 {found}，却没有分项；同表其他各列都有分项。", "{label} is {found} but has no parts, while the other columns of the table have theirs.",
        "核对是否漏行。", "Look for the rows that are missing.",
    ),
    Message(
        "UNIT-ODD", WARNING,
        "{label} 的单位是 {found}，同表该品种其余各行都是 {expected}；统计报表惯用 {custom}。",
        "{label} is in {found} where the other rows of the carrier are in {expected}; statistical tables use {custom}.",
        "两种单位总有一种不对：核对该行，也核对其余各行。", "One of the two units is wrong: check this row and the others.",
    ),
    Message(
        "WORD-ODD", WARNING,
        "{label} 的 {column} 写作“{found}”，同表其余写作“{expected}”。",
        "{label}: {column} reads '{found}' where the rest of the table reads '{expected}'.",
        "如系误写，请改正；两种写法会作为两组数。", "Correct it if it is a slip: the two words make two groups of numbers.",
    ),
    Message(
        "YEAR-RANGE", WARNING,
        "{label} 的时期 {found} 不在 {expected} 之间。", "{label}: the period {found} lies outside {expected}.",
        "核对年份。", "Check the year.",
    ),
    Message(
        "SERIES-GAP", HINT,
        "{label} 缺 {found} 年的数，前后各年都有。", "{label} has no value for {found}, though years before and after do.",
        "补填，或在报告中列为暂缺。", "Enter it, or list it as not available.",
    ),
    Message(
        "SERIES-SHORT", HINT,
        "{label}：该系列止于 {found} 年，同一指标的其他系列到 {expected} 年。", "{label}: the series ends in {found}; others of the metric reach {expected}.",
        "补填，或在报告中列为暂缺。", "Enter the years, or list them as not available.",
    ),
    Message(
        "SERIES-JUMP", WARNING,
        "{label} 的数 {found} 与前后年份相差过大，按前后年份约为 {expected}。",
        "{label}: {found} is far from the years around it, which suggest about {expected}.",
        "核对该数、单位和口径。", "Check the number, its unit and its coverage.",
    ),
    Message(
        "LOSS-SHARE", WARNING,
        "{label} 为 {found}，占该品种使用量的 {share}%，超过 {expected}%。",
        "{label} is {found}, {share} % of what is used of the carrier, more than {expected} %.",
        "核对损失量。", "Check the loss.",
    ),
    Message(
        "SHARES-SUM", WARNING,
        "{label} 各项比重之和为 {found}%，不等于 {expected}%（另见 {cells}）。",
        "{label}: the shares sum to {found} %, not {expected} % (see also {cells}).",
        "核对各项比重及其口径。", "Check the shares and what they are shares of.",
    ),
    Message(
        "SHARE-RANGE", WARNING,
        "{label} 的比重 {found}% 不在 {expected}% 之间。", "{label}: a share of {found} % lies outside {expected} %.",
        "核对该数和单位。", "Check the number and its unit.",
    ),
    Message(
        "CO2-PARTNER", WARNING,
        "{label}：公布的二氧化碳（{other}）按同品种其他行业的系数反推为 {expected}，表中为 {found}。",
        "{label}: the published CO2 ({other}) stands for {expected} by the coefficient of the other sectors; the table has {found}.",
        "核对这两个单元格。", "Check both cells.",
    ),
    Message(
        "CO2-ALONE", WARNING,
        "{label} 有 {found} {unit}，{expected} 中没有对应的另一半。", "{label} has {found} {unit} without its partner in the {expected}.",
        "核对是否漏行。", "Look for the row that is missing.",
    ),
    Message(
        "YEAR-EMPTY", WARNING,
        "inventory.yaml 要求核算 {found}，但没有该地区该年的活动数据；有数据的是：{expected}。",
        "inventory.yaml asks for {found}, but there are no activity data of that place and year; there are: {expected}.",
        "改正 entity、years，或补充数据。", "Correct entity or years, or supply the data.",
    ),
    Message(
        "YEAR-BESIDE", HINT,
        "{label} 有 {found} 年的活动数据，但 inventory.yaml 的 years 只有 {expected}，这些年份的结果不写进报告。",
        "{label} has activity data of {found}, but years in inventory.yaml asks for {expected} only; the results of those years are left out of the report.",
        "要报告这些年份，请加进 years。", "Add them to years to have them reported.",
    ),
    Message(
        "DECLARED-UNUSED", WARNING,
        "inventory.yaml 的 {label} 写明 {found}，不在核算的 {expected} 之内，不会用到。",
        "{label} in inventory.yaml is for {found}, which is not among those of the account, {expected}; it is not used.",
        "改正年份或主体，或删去。", "Correct year or entity, or delete the entry.",
    ),
    Message(
        "DQ-IDENTITY", WARNING,
        "{label} 公布为 {found}%，按总量与增速推算（1＋能耗增速）/（1＋地区生产总值增速）－1 为 {expected}%，相差超过 {limit} 个百分点（另见 {cells}）。",
        "{label} is published as {found} %, while (1+E)/(1+G)-1 of published energy and growth gives {expected} %: more than {limit} points apart (see also {cells}).",
        "核对三个数及其口径、版本。", "Check the three numbers, their coverage and their vintage.",
    ),
    Message(
        "DQ-INCREMENT", WARNING,
        "{label} 公布为 {found}，按两年总量推算为 {expected}（另见 {cells}）。",
        "{label} is published as {found}, while the totals of the two years give {expected} (see also {cells}).",
        "核对总量、增量（增速）及其版本。", "Check the totals, the increment (growth) and their vintage.",
    ),
    Message(
        "DQ-DEFLATOR", WARNING,
        "{label} 由当年价总量和可比价增速推算的价格变动为 {found}%，超出 {expected}%（另见 {cells}）。",
        "{label}: current-price GDP and real growth imply a price change of {found} %, outside {expected} % (see also {cells}).",
        "核对地区生产总值、增速及其版本。", "Check GDP, its growth and their vintage.",
    ),
    Message(
        "DQ-ELECTRICITY", WARNING,
        "{label} 用电量增长 {found}%，能源消费增长 {expected}%，相差超过 {limit} 个百分点（另见 {cells}）。",
        "{label}: electricity grew by {found} %, energy by {expected} %: more than {limit} points apart (see also {cells}).",
        "在报告中说明原因。", "Explain it in the report.",
    ),
    Message(
        "DQ-INTENSITY-FALL", WARNING,
        "{label} 一年下降 {found}%，超过 {expected}%。", "{label} fell by {found} % in one year, more than {expected} %.",
        "在报告中说明原因。", "Explain it in the report.",
    ),
    Message(
        "DQ-VINTAGE", HINT,
        "{label} 有{found}版本，数值不同：{expected}。", "{label} stands in the vintages {found} with different numbers: {expected}.",
        "在报告中附数据修订说明；变化率只用同一版本。", "Add a note on the recalculation; take rates inside one vintage only.",
    ),
    Message(
        "DQ-EFFICIENCY-JUMP", WARNING,
        "{label} 加工转换效率由 {expected} 变为 {found}，一年相差超过 {limit} 个百分点。",
        "{label}: efficiency went from {expected} to {found}, more than {limit} points in one year.",
        "核对两年的投入、产出及折标系数。", "Check input, output and coefficients of both years.",
    ),
    Message(
        "DQ-COEFFICIENT", WARNING,
        "{label} 隐含的折标系数 {found} {unit} 超出参考值 {expected} 的 ±{limit}%。",
        "{label}: the implied standard-coal coefficient {found} {unit} is more than {limit} % away from {expected}.",
        "核对实物量、标准量和单位。", "Check physical quantity, standard quantity and units.",
    ),
    Message(
        "DQ-COEFFICIENT-JUMP", WARNING,
        "{label} 隐含的折标系数由上年的 {expected} 变为 {found} {unit}，超过 ±{limit}%。",
        "{label}: the implied standard-coal coefficient went from {expected} to {found} {unit}, more than {limit} %.",
        "核对两年的实物量和标准量。", "Check physical and standard quantity of both years.",
    ),
    Message(
        "DQ-APPROACH", WARNING,
        "{label} 参考方法与部门方法相差 {found}%，超过 ±{expected}%；分品种：{items}。",
        "{label}: reference and sectoral approach differ by {found} %, more than {expected} %; by fuel: {items}.",
        "按品种说明差异（库存、损失、非能源利用、平衡差额）。", "Explain it by fuel (stocks, losses, non-energy use, statistical difference).",
    ),
)  # fmt: skip
