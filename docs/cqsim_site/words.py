"""The words of the scenario reference: its chapters, the kinds of values, and every noun in Chinese."""

from __future__ import annotations

from cqsim.messages import Language

_DISTRIBUTIONS = ["Percentiles", "Interval", "Triangular", "Pert", "Normal", "StudentT", "Lognormal", "Uniform"]
_DISTRIBUTIONS += ["Beta", "Empirical"]
_MODELS = ["Compound", "Average", "Linear", "Logistic", "Gompertz", "Bass", "Staged", "Stage", "Trend", "TrendPrior"]
_MODELS += ["Bootstrap", "Regimes", "Regime", "Proportion", "Count", "Milestones", "Project", "Fixed"]
_NOUNS = [
    ["Scenario", "Years", "Source", "NotTarget", "Case", "RunSettings", "Bilingual"],
    ["Indicator", "Baseline", "History", "Point", "Target", "TimesBaseline"],
    _MODELS,
    ["Event", "Lever", "Effect", "Correlation"],
    _DISTRIBUTIONS,
]
_TITLES: dict[Language, list[str]] = {
    "zh": ["整个文件", "指标", "增长模型", "事件、措施与相关", "分布"],
    "en": ["The whole file", "Indicators", "Growth models", "Events, levers, correlation", "Distributions"],
}
CHAPTERS: dict[Language, dict[str, list[str]]] = {
    language: dict(zip(titles, _NOUNS, strict=True)) for language, titles in _TITLES.items()
}

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "head": "| 键（粗体必写） | 可以写 | 默认 | 说明 |",
        "or": " 或 ",
        "string": "文字",
        "integer": "整数",
        "number": "数",
        "boolean": "`true` 或 `false`",
        "any": "任意值",
        "list": "列表：{}",
        "block": "若干 `名称:` {}",
        "Quantity": "[数字](scenario.md#数字)",
        "Uncertain": "[数字](scenario.md#数字)或[分布](scenario_reference.md#分布)",
        "Growth": "[增长模型](scenario_reference.md#增长模型)",
    },
    "en": {
        "head": "| key (bold: required) | takes | default | meaning |",
        "or": " or ",
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "`true` or `false`",
        "any": "any value",
        "list": "list of {}",
        "block": "entries `name:` {}",
        "Quantity": "[number](scenario.md#numbers)",
        "Uncertain": "[number](scenario.md#numbers) or [distribution](scenario_reference.md#distributions)",
        "Growth": "[growth model](scenario_reference.md#growth-models)",
    },
}

NOUNS_ZH = {
    "Scenario": ("情景", "文件的最上一层：已知的、假设的和已公布的，都写在这里。"),
    "Years": ("时段", "从哪一年起，模拟到哪一年。"),
    "Source": ("来源", "数字出自哪里。"),
    "NotTarget": ("不给概率的目标", "没有数字或年份、不能给出概率的目标，以及为什么。"),
    "Case": ("情景（另一套数值）", "在若干路径上换用别的数值，如乐观、谨慎。"),
    "RunSettings": ("运行设置", "命令没有另说时怎样运行。"),
    "Bilingual": ("两种语言的文字", "凡是写文字的地方，也可以分别写中文和英文。"),
    "Indicator": ("指标", "一个年度数字：从基期增长，或者由其他指标按公式算出。"),
    "Baseline": ("基期", "指标从哪里开始：一个数值，或者由其他指标的基期算出。"),
    "History": ("历史", "过去各年的数值，以及它们有多可靠。"),
    "Point": ("某年的数值", "历史中的一年。"),
    "Target": ("目标", "公布了什么：多少，哪一年。"),
    "TimesBaseline": ("基期的倍数", "以每条路径自己的基期为准。"),
    "Compound": ("复合增长", "每年按典型增速增长，另有年度波动。"),
    "Average": ("平均增速", "若干年的平均增速，波动已含在内：平常说“到 2026 年年均 7%”的意思。"),
    "Linear": ("线性增长", "每年增加大致相同的数量，可以经过零。"),
    "Logistic": ("逻辑斯蒂增长", "先快后慢，趋近而不超过容量。"),
    "Gompertz": ("龚珀兹增长", "趋近容量，增长最快的时候来得较早。"),
    "Bass": ("巴斯扩散", "新事物的采用：一部分人自发，一部分人受已采用者带动。"),
    "Staged": ("分阶段增长", "各阶段各有典型增速；一次抽取决定所有阶段偏高还是偏低。"),
    "Stage": ("阶段", "增速相同的若干年。"),
    "Trend": ("由历史拟合的趋势", "只写了历史、没有写增长时的默认模型；历史短，留下的不确定就大。"),
    "TrendPrior": ("看历史之前的判断", "在看到历史之前，认为增速和波动通常是多少。"),
    "Bootstrap": ("从历史中重抽", "成段抽取过去的增速；过去没有发生过的，这里也不会发生。"),
    "Regimes": ("状态切换", "几种状态之间逐年切换，各有自己的增速和波动。"),
    "Regime": ("一种状态", "一种增长方式。"),
    "Proportion": ("占比", "在 0 与 100% 之间变动的比例。"),
    "Count": ("计数", "每年发生多少个：整数，逐年或累计。"),
    "Milestones": ("具名项目", "逐个列出的项目，达到一个算一个。"),
    "Project": ("项目", "可能达到的一件事，或若干件相同而互不相干的事。"),
    "Fixed": ("保持不变", "各年都等于基期。"),
    "Event": ("事件", "可能发生的事。"),
    "Lever": ("措施", "可以采取的措施。"),
    "Effect": ("影响", "事件或措施使一个指标怎样变。"),
    "Correlation": ("相关", "两个指标的年度波动、典型增速一起变动。"),
    "Percentiles": ("三个分位数 `{p10, p50, p90}`", "三个数都恰好满足：十次里一次更低，一次更高。"),
    "Interval": ("区间 `{p05, p95}`", "居中的 90% 区间；正的数量和增速取对数正态。"),
    "Triangular": ("三角分布", "最低、最可能、最高。"),
    "Pert": ("PERT 分布", "比三角分布更集中在最可能值附近，均值为（最低 + 4 × 最可能 + 最高）/ 6。"),
    "Normal": ("正态分布", "可以用 `low`、`high` 截断。"),
    "StudentT": ("t 分布", "两端比正态分布厚；`sd` 是尺度。"),
    "Lognormal": ("对数正态分布", "写数值自己的均值和标准差；对增速则指 1 + 增速。"),
    "Uniform": ("均匀分布", "两端之间机会均等。"),
    "Beta": ("贝塔分布", "在两端之间，形状由 alpha、beta 决定。"),
    "Empirical": ("经验分布", "从所列数值中等可能地取一个。"),
}
