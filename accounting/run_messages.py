"""Messages of the accounts."""

from .problems import Catalogue, Level, Message

MESSAGES = Catalogue(
    Message(
        "FEEDSTOCK-ROW", Level.ERROR,
        "{key} {found} 等于平衡表“用作原料、材料”行 {expected}：两者口径不同。",
        "{key}: {found} equals the balance row 'non-energy use' {expected}; they are two things.",
        "填写原料用能专项统计的数；没有时留空，不作扣除。", "Enter the number of the feedstock survey; leave it out where there is none.",
    ),
    Message(
        "GEC-CAP", Level.WARNING,
        "{key} {found} 万吨标准煤未抵扣：绿证抵扣不得超过完成五年目标所需节能量的一半，所需节能量没有填报（{expected}）。",
        "{key}: {found} × 10⁴ tce is not deducted: certificates deduct at most half of the saving the five-year target needs, which is not entered ({expected}).",
        "填报同年的 energy_saving_needed（所需节能量）及来源。", "Enter energy_saving_needed of the year with its source.",
    ),
    Message(
        "NEU-ORPHAN", Level.ERROR,
        "{found} 的非能源利用（{expected} 万吨CO2）没有归属：能源活动已扣除，工业过程没有数据。",
        "Non-energy use of {found} ({expected} × 10⁴ t CO2) has no owner: energy leaves it out and there are no process data.",
        "在 options.non_energy_owner 指定 energy 并给出 stored_carbon，或提供工业过程产品产量。",
        "Set options.non_energy_owner to energy with stored_carbon, or supply the process activity.",
    ),
    Message(
        "NEU-STORED", Level.WARNING,
        "{found} 的非能源利用（燃烧时为 {expected} 万吨CO2）已从燃烧中扣除，但没有固碳率：其中排放的部分暂缺。",
        "Non-energy use of {found} ({expected} × 10⁴ t CO2 if burnt) is taken out of combustion, but there is no stored share: the emitted part is missing.",
        "在 inventory.yaml 的 stored_carbon 给出固碳率及来源。", "Give stored_carbon with its source in inventory.yaml.",
    ),
    Message(
        "STEEL-TWICE", Level.ERROR,
        "{found}：炼钢降碳的碳来自已计入能源活动的焦炭，同一碳会计两次（{expected} 万吨CO2）。",
        "{found}: the carbon removed in steel making came from coke already counted in energy ({expected} × 10⁴ t CO2).",
        "把 options.steel_carbon 设为 coke_energy 并删去该行，或设为 mass_balance。",
        "Set options.steel_carbon to coke_energy and drop the row, or to mass_balance.",
    ),
)  # fmt: skip
