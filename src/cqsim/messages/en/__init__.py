"""Every sentence in English."""

from cqsim.messages.en import (
    charts,
    commands,
    explorer,
    lookback,
    problems,
    reading,
    reports,
    results,
    rules,
    series,
    tables,
)

_PARTS = (problems, reading, tables, series, results, rules, lookback, charts, reports, explorer, commands)
SENTENCES = {key: sentence for part in _PARTS for key, sentence in part.SENTENCES.items()}
