"""Every sentence in English."""

from cqsim.messages.en import charts, problems, results, rules, series

SENTENCES = {**problems.SENTENCES, **series.SENTENCES, **results.SENTENCES, **rules.SENTENCES, **charts.SENTENCES}
