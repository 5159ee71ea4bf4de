"""Every sentence in English."""

from cqsim.messages.en import charts, lookback, problems, reports, results, rules, series

_PARTS = (problems, series, results, rules, lookback, charts, reports)
SENTENCES = {key: sentence for part in _PARTS for key, sentence in part.SENTENCES.items()}
