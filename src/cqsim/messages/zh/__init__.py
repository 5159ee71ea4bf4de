"""全部中文语句."""

from cqsim.messages.zh import charts, problems, results, rules, series

SENTENCES = {**problems.SENTENCES, **series.SENTENCES, **results.SENTENCES, **rules.SENTENCES, **charts.SENTENCES}
