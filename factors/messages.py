"""Message catalogue of the factors folder."""

from ..accounting.problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

MESSAGES = Catalogue(
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
)  # fmt: skip
