"""The chapters of the error catalogue: where each begins, and what to do about its errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cqsim.messages import Language


@dataclass(frozen=True)
class Chapter:
    """Messages from `first` up to the next chapter's, in the order in which they stand in `cqsim.messages`."""

    first: str
    says: Mapping[Language, tuple[str, str]]
    """Title and advice."""


def _chapter(first: str, zh: tuple[str, str], en: tuple[str, str]) -> Chapter:
    return Chapter(first, {"zh": zh, "en": en})


CHAPTERS = (
    _chapter(
        "file_missing",
        (
            "文件与 YAML 写法",
            "先看文件名和编码（UTF-8），再看标点：冒号、逗号、引号要用半角，冒号后面空一格，缩进用空格。",
        ),
        (
            "The file and its YAML",
            "Look at the name and the encoding (UTF-8) first, then at the signs: half-width colons, commas and "
            "quotes, a space after each colon, spaces for indentation.",
        ),
    ),
    _chapter(
        "missing_key",
        ("键和值的种类", "对照情景文件参考里该块的表：粗体的键必写，“可以写”一栏说明值的种类。"),
        (
            "Keys and kinds of values",
            "Compare with the table of the block in the scenario reference: bold keys are required, and the column "
            "“takes” says what kind of value may stand there.",
        ),
    ),
    _chapter(
        "unknown_model",
        (
            "数字、单位与分布",
            "增速、波动、概率都要带 `%`；数量要么不带单位（以指标的 unit 计），要么写全单位；"
            "分布的几个数必须同类并且递增。",
        ),
        (
            "Numbers, units and distributions",
            "Rates, volatilities and probabilities carry their `%`; amounts are bare (in the indicator's unit) or "
            "carry the whole unit; the figures of a distribution are of one kind and increase.",
        ),
    ),
    _chapter(
        "years_order",
        (
            "年份、名称、目标与另一套数值",
            "目标年要在基期之后、结束年以前；来源、指标、情景的名称要与文件里写的完全相同，"
            "`set:` 的路径逐级写出文件里的键。",
        ),
        (
            "Years, names, targets and cases",
            "A target lies after the baseline and not after the end; names of sources, indicators and cases are "
            "those of the file, and a path under `set:` spells the keys of the file from the top.",
        ),
    ),
    _chapter(
        "no_model",
        (
            "基期与增长模型",
            "先想清楚指标是哪一类：数量、占比、个数还是项目；再选模型，并核对基期在它能用的范围之内。",
        ),
        (
            "Baselines and growth models",
            "Say first what the indicator is: an amount, a share, a count or a list of projects; then choose the "
            "model, and see that the baseline lies where the model can start.",
        ),
    ),
    _chapter(
        "level_strength",
        (
            "事件与措施",
            "对水平的影响写百分比（`-20%`），对增速的影响写百分点（`+1.5pp`）；"
            "公式不能直接受影响，要写在它所用的指标上。",
        ),
        (
            "Events and levers",
            "A change of the level is a percentage (`-20%`), a change of growth is in points (`+1.5pp`); a formula "
            "cannot take an effect, but what it is computed from can.",
        ),
    ),
    _chapter(
        "formula_sign",
        (
            "公式",
            "公式里用半角的 `+ - * / ** ( )`、指标名、带单位的数和 `sum min max exp log prev`；"
            "含逗号而写在 `{ }` 里的公式要加引号；单位不同类的量不能相加。",
        ),
        (
            "Formulas",
            "Half-width `+ - * / ** ( )`, ids, numbers with units, and `sum min max exp log prev`; a formula with a "
            "comma inside `{ }` goes in quotes; amounts of different kinds cannot be added.",
        ),
    ),
    _chapter(
        "correlated_formula",
        ("相关", "只能写有年度波动的指标，每一对写一次，系数在 -1 与 1 之间，并且合起来不矛盾。"),
        (
            "Correlation",
            "Between indicators with yearly noise, each pair once, with a coefficient between -1 and 1, and such "
            "that all of them together are possible.",
        ),
    ),
    _chapter(
        "needs_source",
        (
            "来源与依据",
            "前三条只在 `cqsim check --strict` 时出现：给数字补上 `source:`，给假设在 `note:` 里写理由。",
        ),
        (
            "Sources and evidence",
            "The first three appear with `cqsim check --strict` only: give the figure its `source:`, the assumption "
            "its reason in `note:`.",
        ),
    ),
    _chapter(
        "spread_of_zero",
        ("由历史拟合", "历史要按年递增、都是有限的数；对数尺度要求大于零，占比要在 0 与 100% 之间。"),
        (
            "Fitting to a history",
            "Years increase and values are finite; the log scale needs them above zero, shares lie between 0 and "
            "100 %.",
        ),
    ),
    _chapter(
        "csv_column",
        (
            "历史数据的 CSV 文件",
            "首行是列名 `year,value`（还可以有 source、evidence、published、note），每年一行，数字不带千位分隔符，"
            "文件放在情景文件旁边。",
        ),
        (
            "CSV files of history",
            "The first line names the columns `year,value` (and source, evidence, published, note if wanted), one "
            "row a year, no thousands separators; the file lies beside the scenario.",
        ),
    ),
)
