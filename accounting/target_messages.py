"""Messages about intensities, targets, plans and judging rules."""

from .problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

MESSAGES = Catalogue(
    Message(
        "DEF-BREAK", WARNING,
        "{key}：数据的口径或版本不一致（{found}），不得连乘、相除或比较，该数不予计算。",
        "{key}: definitions or vintages differ ({found}); they cannot be chained, divided or compared; the figure is not computed.",
        "每个变化率只用同一口径、同一版本的数；公布的累计数单独填报，不与逐年数连乘。",
        "Use figures of one definition and one vintage for a rate; enter a published cumulative figure by itself; it is not chained with yearly ones.",
    ),
    Message(
        "GDP-CURRENT", ERROR,
        "{key}：可比价地区生产总值 {found} 与同年当年价相同，疑为当年价，不能用于计算强度。",
        "{key}: constant-price GDP {found} equals GDP at current prices of that year; it cannot be used for an intensity.",
        "填基年当年价地区生产总值和逐年可比价增速，由程序推算可比价总量。",
        "Enter GDP of the base year at current prices and the yearly real growth; the constant-price level is chained from them.",
    ),
    Message(
        "GDP-BASE", WARNING,
        "{key}：缺基年 {expected} 年的地区生产总值（当年价），无法推算可比价总量，强度暂缺。",
        "{key}: GDP of the base year {expected} at current prices is missing; constant-price GDP cannot be chained and the intensity is left out.",
        "补填基年的 gdp_current。", "Enter gdp_current of the base year.",
    ),
    Message(
        "GDP-GROWTH", WARNING,
        "{key}：缺 {found} 年地区生产总值可比价增速，当年价总量不能代替。",
        "{key}: real GDP growth of {found} is missing; GDP at current prices cannot stand in for it.",
        "补填该年的 gdp_growth。", "Enter gdp_growth of that year.",
    ),
    Message(
        "TARGET-YEAR", ERROR,
        "{found} 年不在规划“{key}”的规划期 {expected} 内。", "Year {found} is outside the period {expected} of the plan '{key}'.",
        "改用规划期内的年份，或选用另一规划。", "Ask for a year of the period, or use another plan.",
    ),
    Message(
        "PLAN-UNKNOWN", ERROR,
        "没有名为“{found}”的规划；最接近的是：{expected}。", "There is no plan '{found}'; nearest: {expected}.",
        "写内置规划的名称，或规划文件的路径。", "Give the id of a bundled plan or the path of a plan file.",
    ),
    Message(
        "PLAN-PLACE", ERROR,
        "规划是 {found} 的，本工作区核算的是 {expected}，不能用来评价。", "The plan is that of {found}, the account that of {expected}: it cannot be judged with it.",
        "列入本地区的规划；只测算排放空间时写在 room 下。", "List a plan of the place; to work out its room only, name it under room.",
    ),
    Message(
        "PLAN-PERIOD", WARNING,
        "规划期 {found} 内没有可评价的年份（核算年份 {expected}），未作评价。", "No year of the plan's period {found} can be judged (years of the account {expected}).",
        "改列规划期包含核算年份的规划。", "List a plan whose period holds a year of the account.",
    ),
    Message(
        "ROOM-TARGET", ERROR,
        "规划中没有可测算空间的指标“{found}”；可用的累计降低率指标：{expected}。",
        "The plan has no indicator '{found}' whose room can be worked out; cumulative reductions of carbon intensity: {expected}.",
        "改正 room 的 indicator。", "Correct `indicator` under room.",
    ),
    Message(
        "PLAN-RESULT", WARNING,
        "assessed 中的考核结果 {key} 不成立，不予采用：找到“{found}”，应为其中之一：{expected}。",
        "The result {key} under assessed cannot be and is not used: found '{found}', expected one of {expected}.",
        "改正规划、指标、年份，或照当年办法的等级用语填写。", "Correct plan, indicator or year, or write a grade of the scheme in force that year.",
    ),
    Message(
        "PLAN-ID", ERROR,
        "规划的 id 是“{found}”，文件名却是“{expected}”。", "The plan's id is '{found}' but its file is named '{expected}'.",
        "两者改为一致。", "Make them agree.",
    ),
    Message(
        "PLAN-METRIC", ERROR,
        "“{key}”使用了不认识的数据项“{found}”；最接近的是：{expected}。",
        "'{key}' names the unknown metric '{found}'; nearest: {expected}.",
        "改用 metrics.yaml 中的名称。", "Use a name of metrics.yaml.",
    ),
    Message(
        "PLAN-UNIT", ERROR,
        "指标“{key}”的单位“{found}”与数据项的单位“{expected}”不是同一类量。",
        "Indicator '{key}' has the unit '{found}', of another kind than the metric's '{expected}'.",
        "改为同类单位；降低率写 %。", "Use a unit of the same kind; reductions are in %.",
    ),
    Message(
        "PLAN-EDGE", WARNING,
        "指标“{key}”原文“{found}”的方向或边界与比较符号 {expected} 不符：以上、不低于为 >=，以下、以内、不超过为 <=，大于、超过为 >，小于、低于、不足为 <。",
        "Indicator '{key}': the printed '{found}' does not agree with {expected}: at least is >=, at most is <=, more than is >, less than is <.",
        "核对原文，改正 op。", "Check the document and correct op.",
    ),
    Message(
        "PLAN-HEDGE", WARNING,
        "指标“{key}”原文“{found}”带有约数或非约束表述，hedge 却是“{expected}”。",
        "Indicator '{key}': the printed '{found}' is hedged, but hedge is '{expected}'.",
        "按原文填写 hedge：about（左右、约）、aim（力争）、in_principle（原则上）、basically（基本）。",
        "Set hedge as printed: about, aim, in_principle or basically.",
    ),
    Message(
        "RULE-UNKNOWN", ERROR,
        "没有名为“{found}”的预警或评级规则；最接近的是：{expected}。",
        "There is no warning or grade scheme '{found}'; nearest: {expected}.",
        "写内置规则的名称，或工作区内规则文件的路径。", "Give the id of a bundled scheme, or the path of a scheme file in the workspace.",
    ),
    Message(
        "RULE-ID", ERROR,
        "预警、评级规则的 id 是“{found}”，应与文件名“{expected}”一致，且不与内置规则重名。",
        "The scheme's id is '{found}'; it must agree with its file name '{expected}' and not be that of a bundled scheme.",
        "改正 id 或文件名。", "Correct the id or the name of the file.",
    ),
    Message(
        "RULE-OVERLAP", ERROR,
        "规则 {found} 与 {expected} 在同一年对同一指标同时有效。",
        "The schemes {found} and {expected} are in force for the same indicator in the same year.",
        "改正 valid_from、valid_to。", "Correct valid_from and valid_to.",
    ),
)  # fmt: skip
