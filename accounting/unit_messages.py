"""Messages about units."""

from .problems import Catalogue, Level, Message

MESSAGES = Catalogue(
    Message(
        "UNIT-UNKNOWN", Level.ERROR,
        "不认识的单位“{found}”。", "Unknown unit '{found}'.",
        "{expected}", "{expected}",
    ),
    Message(
        "UNIT-TRAP", Level.ERROR,
        "单位“{found}”有歧义，不作猜测。", "Unit '{found}' is ambiguous; it is not guessed.",
        "{expected}", "{expected}",
    ),
    Message(
        "UNIT-KIND", Level.ERROR,
        "单位“{found}”与所需的“{expected}”不是同一类量，不能换算。",
        "Unit '{found}' is of another kind than '{expected}' and cannot be converted.",
        "改用同类单位，或给出换算所需的系数及其来源。", "Use a unit of that kind, or give the coefficient with its source.",
    ),
)  # fmt: skip
