"""A scenario that is drawn in a blink, for tests of what commands do around a run."""

TEXT = """\
format: 1
id: district
title: {zh: 某区, en: Some district}
language: zh
years: {baseline: 2021, end: 2026}
indicators:
  visitors:
    label: {zh: 年接待游客量, en: Annual visitors}
    unit: 万人次
    baseline: {value: 3103, sd: 8%, evidence: reported}
    growth: {model: compound, rate: 7%, volatility: 9%, evidence: assumed}
    targets:
      - {at_least: 5000, year: 2026}
"""
ID_LINE = 1 + TEXT.splitlines().index("id: district")
