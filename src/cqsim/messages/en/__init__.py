"""Every sentence in English."""

from cqsim.messages.en import lookback, problems, results, rules, series

SENTENCES = {**problems.SENTENCES, **series.SENTENCES, **results.SENTENCES, **rules.SENTENCES, **lookback.SENTENCES}
