"""Messages of the enterprise kind: audit rules of forms 205-1 and 205-2 (errors and queries), factors, certificates."""

from ..accounting.problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

MESSAGES = Catalogue(
    Message(
        "EF-PARTS", ERROR,
        "{found} 不等于工业生产消费加非工业生产消费 {expected}。", "{found} is not the sum of production and other use, {expected}.",
        "核对该行三栏。", "Check the three columns of this line.",
    ),
    Message(
        "EF-OVER", ERROR,
        "{found} 大于 {expected}，部分不能大于总量。", "{found} exceeds {expected}: a part cannot be more than the whole.",
        "核对两栏；加工转换投入包含在工业生产消费中。", "Check both columns; input to transformation lies inside production use.",
    ),
    Message(
        "EF-NEGATIVE", ERROR,
        "{found} 不能为负。", "{found} cannot be negative.",
        "填绝对值；收支方向由栏目决定。", "Enter the amount; the column gives the direction.",
    ),
    Message(
        "EF-KINDS", ERROR,
        "{found} 不等于其中各品种之和 {expected}。", "{found} is not the sum of its kinds, {expected}.",
        "核对“其中”各行。", "Check the rows of its kinds.",
    ),
    Message(
        "EF-TWICE", ERROR,
        "{found} 年的消费量在两张表中都有（另见 {expected}），会重复计算。", "The use of {found} stands in two tables (see {expected}) and would be counted twice.",
        "只留一张表的数，或在 205-1 表中分列工业生产消费量。", "Keep one of the tables, or enter production use in a column of form 205-1.",
    ),
    Message(
        "EF-TOTAL", ERROR,
        "{found} 吨标准煤不等于各品种折标之和 {expected}。", "{found} tce is not the sum over carriers, {expected}.",
        "核对采用折标系数和各品种消费量；“其中”行不重复相加。", "Check the coefficients and the consumption of each carrier; kinds are not added to their carrier.",
    ),
    Message(
        "EF-OPENING", ERROR,
        "{found} 的年初库存量在年内变化：{expected}。", "The opening stock of {found} changes within the year: {expected}.",
        "年初库存量全年不变，等于上年末库存。", "The opening stock is that of the year's first day in every month.",
    ),
    Message(
        "EF-CARRIED", ERROR,
        "年初库存量 {found} 不等于上年末库存量 {expected}。", "The opening stock {found} is not last year's closing stock, {expected}.",
        "核对两年报表。", "Check the forms of both years.",
    ),
    Message(
        "EF-FALLS", ERROR,
        "累计数下降：{found}，上期 {expected}。", "A year-to-date figure falls: {found} after {expected}.",
        "核对两期报表；累计数不能减少。填的是当月数时，在 sources.yaml 的 options 写 attributes: span=month。",
        "Check both months; year-to-date figures do not fall. For figures of single months write attributes: span=month in the options of sources.yaml.",
    ),
    Message(
        "EF-OVERLAP", ERROR,
        "{found} 既有月度数，又有季度或半年数，相加会重复。", "{found} is given by month and by quarter or half-year; adding them counts twice.",
        "同一品种、同一栏只用一种时期。", "Use one kind of period for a carrier and column.",
    ),
    Message(
        "EF-STOCK", ERROR,
        "{found} 没有库存，却填了库存量。", "{found} has no stock, but a stock is given.",
        "删去该数。", "Delete the number.",
    ),
    Message(
        "EF-PROFILE", ERROR,
        "因子方案 {found} 不是企业报告用的。", "The factor profile {found} is not for reports of enterprises.",
        "删去 profile，或改为 {expected}；地区清单的因子不用于企业。", "Delete profile or use {expected}; factors of a regional inventory are not for enterprises.",
    ),
    Message(
        "EF-KIND", ERROR,
        "企业报告的外购电力不用 {found} 类因子。", "Purchased electricity of an enterprise's report does not take a factor of kind {found}.",
        "删去 ef_kind；平均因子自动选取，绿电写在 inventory.yaml 的 certificates。", "Delete ef_kind; the average is chosen by itself, green power goes to certificates in inventory.yaml.",
    ),
    Message(
        "EF-CERTIFICATE", ERROR,
        "已核销绿证电量 {found} 万kWh 大于净购入电量 {expected} 万kWh。", "Retired certificates for {found} x10^4 kWh exceed net purchased electricity, {expected} x10^4 kWh.",
        "核对绿证数量、年份和购入电量。", "Check number and year of the certificates and the electricity bought.",
    ),
    Message(
        "EF-COEFFICIENT", WARNING,
        "采用折标系数 {found} 超出 {expected}。", "The coefficient {found} lies outside {expected}.",
        "核对实测热值或单位。", "Check the measured heat value or the unit.",
    ),
    Message(
        "EF-MONTHS", WARNING,
        "{found} 为各月之和，不等于全年数 {expected}，取全年数。", "{found} is the sum of the months, not the year, {expected}; the year is taken.",
        "核对月报与年报。", "Check months against the year.",
    ),
    Message(
        "EF-CUMULATIVE", WARNING,
        "{found} 逐月递增，像是 1 月起的累计数，已按当月数相加。", "{found} rises month by month like figures from 1 January; they were added as single months.",
        "如为累计数，写明 attributes: span=ytd，只取最后一期。", "If they are year-to-date figures, write attributes: span=ytd; then only the last month is taken.",
    ),
    Message(
        "EF-BALANCE", WARNING,
        "期末库存量 {found}，按年初、购进、自产、消费、外供推算为 {expected}，差额超过 5 %。",
        "The closing stock {found} differs from {expected}, which opening stock, purchases, own output, consumption and supply give, by more than 5 %.",
        "说明损耗、盘点或调拨。", "Explain losses, stock-taking or transfers.",
    ),
    Message(
        "EF-BOUGHT", WARNING,
        "{found}（购进与自产）明显小于消费量 {expected}。", "{found} (bought and own output) is clearly less than consumption, {expected}.",
        "补填自产量（205-2 表）或核对购进量。", "Enter own output (form 205-2) or check the purchases.",
    ),
    Message(
        "EF-EFFICIENCY", WARNING,
        "加工转换效率 {found} 超出 {expected}。", "The conversion efficiency {found} lies outside {expected}.",
        "核对投入、产出和折标系数。", "Check input, output and coefficients.",
    ),
    Message(
        "EF-JUMP", WARNING,
        "消费量 {found} 比上年 {expected} 变化超过 50 %。", "Consumption {found} differs from last year's {expected} by more than 50 %.",
        "说明原因。", "Explain it.",
    ),
    Message(
        "EF-NOTHING", WARNING,
        "综合能源消费量 {found} 吨标准煤不大于零，而有能源消费。", "Comprehensive energy consumption of {found} tce is not above zero though energy is used.",
        "核对加工转换产出和回收利用。", "Check output of transformation and recovery.",
    ),
    Message(
        "EF-STATUS", HINT,
        "综合能源消费量 {found} 吨标准煤，上年 {expected} 吨，越过 1 000、5 000 或 10 000 吨标准煤界限。",
        "Comprehensive energy consumption of {found} tce, {expected} the year before, crosses a limit of 1 000, 5 000 or 10 000 tce.",
        "核对统计范围和重点用能单位名录。", "Check the coverage of the statistics and the list of key energy users.",
    ),
    Message(
        "EF-PERIOD", HINT,
        "{found} 年的数据只到 {expected}，结果不是全年数。", "The data of {found} end in {expected}; the results are not those of a whole year.",
        "年终补齐后重算。", "Run again when the year is complete.",
    ),
)  # fmt: skip
