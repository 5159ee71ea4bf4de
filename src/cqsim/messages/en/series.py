"""English sentences about what is wrong with files of many series."""

SENTENCES = {
    "series_apart": "row {row}: the rows of series '{series}' are not contiguous",
    "series_short": "series '{series}' has {train} training and {test} test values; it needs at least 2 and 1",
    "series_constant": "all training values of series '{series}' are equal: there is no error to compare with",
    "series_cell": "row {row}, series '{series}': '{value}' is not a number in column {column}",
    "series_duplicate": "row {row}, series '{series}': period {period} appears twice",
    "series_unsorted": "row {row}, series '{series}': period {period} comes after {last}; sort the periods",
    "series_gap": "row {row}, series '{series}': period {period} follows {last}; the periods in between are missing",
    "series_no_split": "series '{series}' has no column split; say with --horizon how many of the last values to forecast",
    "series_split": "row {row}, series '{series}': split is '{value}'; write train or test",
    "series_split_order": "row {row}, series '{series}': a training value comes after a test value",
    "series_not_positive": "a model on the log scale needs values above zero, found {value}; trend_linear accepts any value",
    "series_two_growths": "the model needs at least two growth rates",
    "csv_sense": "{file}, row {row}: the sense is '{value}'; choose one of: {allowed}",
    "unknown_forecaster": "there is no model '{key}'; choose one of: {allowed}",
    "target_series": "the targets name series '{series}', which is not in the data",
    "target_period": "series '{series}': the target's period {period} is not a test period ({first} to {last})",
}
