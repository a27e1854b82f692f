"""Message catalogue of the factors folder."""

from ..accounting.problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

MESSAGES = Catalogue(
    Message(
        "YAML-FILE", ERROR,
        "文件无法读取：{found}。", "The file cannot be read: {found}.",
        "检查该文件是否存在、是否有读取权限、是否被其他程序占用。", "Check that it is there, that you may read it and that no program holds it.",
    ),
    Message(
        "YAML-SYNTAX", ERROR,
        "YAML 语法错误：{found}。", "YAML syntax error: {found}.",
        "按提示的行检查缩进、冒号和引号。", "Check indentation, colons and quotes on that line.",
    ),
    Message(
        "YAML-DUPLICATE", ERROR,
        "键“{found}”出现两次，后一次会悄悄盖掉前一次。", "Key '{found}' stands twice; the second would silently win.",
        "删去其中一个。", "Delete one of them.",
    ),
    Message(
        "YAML-TAG", ERROR,
        "不允许使用 YAML 标签 {found}。", "YAML tag {found} is not allowed.",
        "写普通的文字、数字、列表或映射。", "Write plain text, numbers, lists or mappings.",
    ),
    Message(
        "YAML-ANCHOR", ERROR,
        "不允许使用锚点或引用 {found}。", "Anchor or alias {found} is not allowed.",
        "把内容写全，一处一值。", "Write the content out in each place.",
    ),
    Message(
        "YAML-KEY", ERROR,
        "不认识的键“{found}”，应为：{expected}。", "Unknown key '{found}'; expected: {expected}.",
        "检查拼写，或删去该键。", "Check the spelling or delete the key.",
    ),
    Message(
        "YAML-MISSING", ERROR,
        "缺少必填的键“{found}”。", "Required key '{found}' is missing.",
        "补上该键。", "Add the key.",
    ),
    Message(
        "YAML-VALUE", ERROR,
        "“{key}”的值是 {found}，应为：{expected}。", "Value of '{key}' is {found}; expected: {expected}.",
        "改为所需的类型或取值。", "Change it to the type or value expected.",
    ),
    Message(
        "FACTOR-ID", ERROR,
        "编号“{found}”已经存在（{expected}）；因子集和方案不得就地改写。",
        "The id '{found}' exists already ({expected}); sets and profiles are never replaced in place.",
        "另取一个编号，或写明 supersedes。", "Use another id, or name what it supersedes.",
    ),
    Message(
        "FACTOR-SET", ERROR,
        "没有编号为“{found}”的因子集。相近的有：{expected}。", "There is no factor set '{found}'. Nearest: {expected}.",
        "用 `carbonpeak factors list` 查看全部编号。", "List the ids with `carbonpeak factors list`.",
    ),
    Message(
        "FACTOR-PATH", ERROR,
        "文件里的编号是“{found}”，按文件位置应为“{expected}”。", "The file says id '{found}'; its place says '{expected}'.",
        "改正编号，或移动文件。", "Correct the id or move the file.",
    ),
    Message(
        "FACTOR-KEY", ERROR,
        "因子集 {where} 中没有“{found}”。相近的有：{expected}。", "The set {where} has no factor '{found}'. Nearest: {expected}.",
        "用 `carbonpeak factors show` 查看该集。", "Look at the set with `carbonpeak factors show`.",
    ),
    Message(
        "FACTOR-PROFILE", ERROR,
        "没有名为“{found}”的因子方案。现有：{expected}。", "There is no profile '{found}'. Known: {expected}.",
        "改为现有方案，或在工作区 factors/profiles 中新建。", "Name a known profile or add one to factors/profiles of the workspace.",
    ),
    Message(
        "FACTOR-NONE", WARNING,
        "“{found}”没有{quantity}因子：方案所列因子集都未收录。相近的有：{expected}。共 {count} 组活动数据不计入。",
        "No {quantity} factor for '{found}': none of the profile's sets holds it. Nearest: {expected}. {count} groups of rows are left out.",
        "在方案中声明替代（bridges），或在工作区 factors 中补充有出处的因子。",
        "Declare a bridge in the profile, or add a factor with its source to the workspace's factors folder.",
    ),
    Message(
        "FACTOR-AGE", WARNING,
        "“{found}”在 {place} 没有可用的{quantity}因子：{expected}。共 {count} 组活动数据不计入。",
        "No usable {quantity} factor for '{found}' at {place}: {expected}. {count} groups of rows are left out.",
        "补充该年的因子，或在工作区的方案（factors/profiles）里按名指定某一年的因子（fixed）并说明理由。",
        "Add the factor of that year, or name a factor of another year under fixed of a profile in the workspace's factors/profiles, with the reason.",
    ),
    Message(
        "FACTOR-EDITION", WARNING,
        "“{found}”在 {place} 没有适用版本的{quantity}因子，只见于停用已久的版本：{expected}。共 {count} 组活动数据不计入。",
        "No edition valid at {place} holds a {quantity} factor of '{found}'; only editions long out of force do: {expected}. "
        "{count} groups of rows are left out.",
        "用实测值，或在工作区的方案（factors/profiles）里按名指定（fixed）并说明理由。",
        "Use a measured value, or name the factor under fixed of a profile in the workspace's factors/profiles, with the reason.",
    ),
    Message(
        "FACTOR-REGION", WARNING,
        "{place} 没有公布的“{found}”{quantity}因子，不以区域或全国值代替：{expected}。共 {count} 组活动数据不计入。",
        "No {quantity} factor of '{found}' is published for {place}; a regional or national value is no substitute: {expected}. "
        "{count} groups of rows are left out.",
        "如有主管部门指定的数值，写入工作区 factors 并注明出处。", "If the authority names a value, add it to the workspace with its source.",
    ),
    Message(
        "FACTOR-SECTOR", WARNING,
        "“{found}”的{quantity}因子按行业或技术给出，没有适合 {place} 的一项：{expected}。共 {count} 组活动数据不计入。",
        "The {quantity} factors of '{found}' are given by sector or technology; none fits {place}: {expected}. {count} groups of rows are left out.",
        "在活动数据的 attributes 中写明技术，如 boiler_type=cfb；汽油车的构成写在 inventory.yaml 的 vehicle_technology。",
        "State the technology in the rows' attributes, e.g. boiler_type=cfb; for gasoline vehicles declare vehicle_technology in inventory.yaml.",
    ),
    Message(
        "FACTOR-TECHNOLOGY", ERROR,
        "“{found}”在 {place} 声明的技术“{technology}”没有{quantity}因子，不以一般值代替。是否指：{near}？可用：{expected}。共 {count} 组活动数据。",
        "The technology '{technology}' declared for '{found}' at {place} has no {quantity} factor; the general value is no substitute. "
        "Did you mean: {near}? Known: {expected}. {count} groups of rows.",
        "改正 attributes 中的 technology 或 boiler_type，或删去它而用一般值；有出处的本地因子写入工作区 factors。",
        "Correct technology or boiler_type in attributes, or delete it to take the general value; add a local factor with its source to the workspace's factors folder.",
    ),
    Message(
        "FACTOR-TIE", ERROR,
        "“{found}”在 {place} 有两个同样合适的{quantity}因子：{expected}。", "Two {quantity} factors of '{found}' fit {place} equally well: {expected}.",
        "在工作区的方案（factors/profiles）里按名指定其一（fixed）并说明理由。",
        "Name one of them under fixed of a profile in the workspace's factors/profiles, with the reason.",
    ),
    Message(
        "FACTOR-PURPOSE", ERROR,
        "用途与因子不符：{found}。{expected}。", "The purpose does not fit the factor: {found}. {expected}.",
        "换用与用途相符的方案或因子。", "Use the profile or factor that fits the purpose.",
    ),
    Message(
        "FACTOR-UNIT", ERROR,
        "“{found}”的{quantity}因子 {place} 不能用于该单位的活动数据：{expected}。",
        "The {quantity} factor {place} of '{found}' cannot meet activity in that unit: {expected}.",
        "核对单位；质量与体积之间需要有出处的密度。", "Check the unit; mass and volume need a recorded density.",
    ),
    Message(
        "FACTOR-RANGE", WARNING,
        "“{found}”的{quantity}文件只印出区间 {expected}，没有中值；方案未作选择。共 {count} 组活动数据不计入。",
        "The document prints only a range {expected} for {quantity} of '{found}' and the profile makes no choice. {count} groups of rows are left out.",
        "在方案的 choices 中写明取值、理由。", "State the choice and its reason under choices of the profile.",
    ),
    Message(
        "FACTOR-PART", WARNING,
        "“{found}”的{quantity}因子 {place} 缺少：{expected}。只有实测了该参数的行可以计算（{count} 组）。",
        "The {quantity} factor {place} of '{found}' lacks: {expected}. Only rows with that parameter measured can be computed ({count} groups).",
        "填入实测值，或在方案的 fill 中声明借用值及理由。", "Enter measured values, or declare a filled-in value with its reason under fill.",
    ),
    Message(
        "COAL-MIX", WARNING,
        "“{found}”在该因子系列中没有{quantity}因子，须声明构成比例（{mix}）。按单一种类计算：{expected}。共 {count} 组活动数据不计入。",
        "The family has no {quantity} factor for '{found}'; a mix ({mix}) must be declared. Taken as one kind: {expected}. "
        "{count} groups of rows are left out.",
        "在工作区声明 {mix}（分地区、年份，注明来源；可以是假定，会印出）。",
        "Declare {mix} in the workspace by region and year with its source (an assumption is allowed and printed).",
    ),
    Message(
        "FACTOR-CHECK", ERROR,
        "{found}：{expected}", "{found}: {expected}",
        "改正该因子集。", "Correct the factor set.",
    ),
    Message(
        "FACTOR-OVERLAP", ERROR,
        "有效期重叠：{found} 与 {expected}，同一日有两个版本适用。", "Validity overlaps: {found} and {expected}; two editions hold on one day.",
        "改正 valid_from、valid_to。", "Correct valid_from and valid_to.",
    ),
    Message(
        "FACTOR-GAP", WARNING,
        "有效期有空档：{found}，{expected}，其间没有适用的版本。", "Validity has a gap: {found}, {expected}; no edition holds in between.",
        "核对两个版本的起止日期；确有空档时，其间沿用前一版（max_age 年内）。",
        "Check the dates of both editions; in a real gap the earlier one is used within its max_age.",
    ),
    Message(
        "FACTOR-CHECK-RANGE", HINT,
        "{found} 只印出区间 {expected}，方案 {profile} 未作选择。", "{found} prints only the range {expected}; profile {profile} makes no choice.",
        "用到时在方案的 choices 中声明。", "Declare a choice in the profile when it is used.",
    ),
    Message(
        "FACTOR-CONFIRMED", ERROR,
        "{found} 已由 {expected} 核对原文。", "{found} was already confirmed by {expected}.",
        "如需更正，请删去 confirmations.yaml 中的旧记录。", "To correct it, delete the old entry of confirmations.yaml.",
    ),
    Message(
        "FACTOR-CONFIRM", ERROR,
        "核对记录不完整：{expected} 为 {found}。", "The confirmation is not complete: {expected} is {found}.",
        "写明核对人、日期（YYYY-MM-DD）和页码。", "State who, on which date (YYYY-MM-DD) and which page.",
    ),
    Message(
        "REGION-UNKNOWN", ERROR,
        "不认识的地区“{found}”。是否指：{expected}？", "Unknown place '{found}'. Did you mean: {expected}?",
        "使用 GB/T 2260 代码，或在工作区声明该主体及其上级。", "Use a GB/T 2260 code, or declare the entity and its parent in the workspace.",
    ),
    Message(
        "YEAR-UNKNOWN", ERROR,
        "年份“{found}”不是四位数。", "The year '{found}' has not four digits.",
        "写四位年份。", "Write four digits.",
    ),
)  # fmt: skip
