"""关于多序列文件中问题的中文语句."""

SENTENCES = {
    "series_apart": "第 {row} 行：序列“{series}”的各行没有连在一起",
    "series_short": "序列“{series}”有 {train} 个训练值、{test} 个检验值；至少要 2 个和 1 个",
    "series_constant": "序列“{series}”的训练值全部相同，没有误差可作比较",
    "series_cell": "第 {row} 行，序列“{series}”：{column} 列的“{value}”不是数字",
    "series_duplicate": "第 {row} 行，序列“{series}”：期数 {period} 出现两次",
    "series_unsorted": "第 {row} 行，序列“{series}”：期数 {period} 排在 {last} 之后；请按期数排序",
    "series_gap": "第 {row} 行，序列“{series}”：{last} 之后是 {period}，中间缺期",
    "series_no_split": "序列“{series}”没有 split 列；请用 --horizon 说明预测最后几期",
    "series_split": "第 {row} 行，序列“{series}”：split 为“{value}”；请写 train 或 test",
    "series_split_order": "第 {row} 行，序列“{series}”：训练值排在检验值之后",
    "series_not_positive": "对数尺度的模型要求数值大于零，这里有 {value}；trend_linear 可以处理任何数值",
    "series_two_growths": "该模型至少需要两个增速",
    "csv_sense": "{file} 第 {row} 行：sense 为“{value}”；可选：{allowed}",
    "unknown_forecaster": "没有模型 '{key}'；可选：{allowed}",
    "target_series": "目标中的序列“{series}”不在数据里",
    "target_period": "序列“{series}”：目标期数 {period} 不是检验期（{first} 到 {last}）",
}
