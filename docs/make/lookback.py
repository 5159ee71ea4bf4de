"""Write docs/zh/lookback.md, the plan of Chongqing looked back on: `python docs/make/lookback.py`.

The table comes from the scenario file; the reading below it speaks of the targets that were decided when it was
written, and the page is refused when others are.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cqsim import LookBack, lookback
from cqsim.report.content.lookback import lookback_document
from cqsim.report.formats.markdown import markdown_text
from cqsim.report.numbers import whole_percent

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "zh" / "lookback.md"
AS_OF = 2021
PATHS = 200_000
# What the reading says came of them.
_READ = {"digital_core_share": "hit", "cars": "hit", "nev": "missed", "software": "hit"}
_ABSTRACT = """\
> Chongqing's industrial targets looked back on: \
probabilities from histories as published by the end of 2021, and realised outcomes.
> {hits} of the {scored} decided targets were hit, each against a probability below one in three; \
{scored} targets prove little.

情景文件：[scenarios/chongqing_2025.yaml](../../scenarios/chongqing_2025.yaml)，算法见[定义](definitions.md#回看)。\
本页由 `python docs/make/lookback.py` 写成，请勿手工修改；概率取整到百分点。
"""
_READING = """\
## 怎么读

- **达到的和没有达到的**：汽车产量（所给概率 {cars}）、数字经济核心产业占比（{digital_core_share}）\
和软件业务收入（{software}）达标，尽管三个概率都说多半达不到；\
新能源汽车 2024 年 95.32 万辆，没有到 100 万辆，所给概率 {nev}。\
Brier 得分 {brier}，既不如事后才知道的达标率（{constant}），也不如一律说 50%（0.25）。
- **实际落在预测的哪里**：汽车和新能源汽车在 {cars_at} 和 {nev_at} 分位；\
数字经济和软件的实际值只知下限，至少在 {digital_core_share_at} 和 {software_at} 分位。\
四个都高于中位数，能确定的两个都没有超出 90% 分位。对这四个指标，判断看来偏低。
- **四个目标证明不了什么**：即使判断毫无偏差，四个互不相关的实际值全部高于中位数的机会也有 1/16；\
它们同属一地、同在几年，这个机会多半更大。其余 {open} 个没有实际数可以判定；完成了的目标也许更容易见报，\
能评分的未必是随机的一部分。
- **近似的实际值怎样读**：数字经济核心产业“超过 10%”按 10 读，软件“超过 5000 亿元”按 5000 读，都恰好等于目标：\
口径相同的话达标与否不受影响，所处分位则只会更高。软件的口径或更宽（软信产业总营收），这一项达标最不可靠。\
规上工业产值 2023 年“超 2.6 万亿元”不是目标年的数，不能判定。\
战略性新兴产业增加值占比 2025 年“36% 左右”按 36 读，但它没有目标，也不能代替产值占比的目标，所以不在表中。
- **这不是当年留下的预测**：情景文件引用了 2022 年以后、直到 2026 年的出处，写成于其后。\
历史只取当时已公布的数，增长判断按当时可知的情况写，但无法证明没有受到后来所知的影响。\
几个基期和目标的出处也在 2021 年以后（见说明），其中新能源汽车 100 万辆的目标 2021 年底还没有提出。
- **不应由此改动什么**：四个目标不足以校准概率，也不应据此事后收窄区间或抬高增速；\
要检验方法，须看许多序列（`cqsim backtest`）。
"""


class ReadingError(Exception):
    """The reading speaks of other targets than those that are decided."""


def page(found: LookBack) -> str:
    """The page of a look-back.

    Raises
    ------
    ReadingError
        When the reading does not fit what was decided.
    """
    outcomes = {one.answer.indicator: one for one in found.scored}
    if {id: one.status for id, one in outcomes.items()} != _READ:
        raise ReadingError("other targets are decided now: write the reading of docs/make/lookback.py anew")
    places = [one.quantile or 0.0 for one in outcomes.values()]
    if not all(0.5 < place < 0.9 for place in places):
        raise ReadingError("what came lies elsewhere in the forecasts: write the reading of docs/make/lookback.py anew")
    summary = found.summary
    if any(one.hit and one.answer.probability >= 1 / 3 for one in outcomes.values()) or summary["brier"] < 0.25:
        raise ReadingError("the chances are others now: write the reading of docs/make/lookback.py anew")
    values = {id: whole_percent(one.answer.probability) for id, one in outcomes.items()}
    values |= {f"{id}_at": whole_percent(place) for id, place in zip(outcomes, places, strict=True)}
    values |= {"brier": f"{summary['brier']:.2f}", "constant": f"{summary['brier_climatology']:.2f}"}
    counts = {name: summary[name] for name in ("hits", "scored", "open")}
    title, targets, more = markdown_text(lookback_document(found)).split("\n## ", 2)
    reading = _READING.format(**values, **counts)
    return "\n".join([title, _ABSTRACT.format(**counts), f"## {targets}", reading, f"## {more}"])


def looked_back() -> LookBack:
    """The look-back that the page shows."""
    file = ROOT / "scenarios" / "chongqing_2025.yaml"
    return lookback(file, AS_OF, paths=PATHS, language="zh", progress=False)


def main() -> None:
    """Write the page, or tell that the reading does not fit."""
    try:
        text = page(looked_back())
    except ReadingError as error:
        sys.exit(str(error))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
