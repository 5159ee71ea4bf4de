"""Search in Chinese by pairs of characters: no dictionary cuts the page one way and the question another."""

from __future__ import annotations

import re

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage, languages

_WORDS = re.compile(r"[A-Za-z0-9_]+|[\u4e00-\u9fff]+")
# The same in the browser: a run of Chinese characters asks for all of its pairs.
_IN_BROWSER = r"""
function splitQuery(query) {
  const found = [];
  for (const word of query.match(/[A-Za-z0-9_]+|[\u4e00-\u9fff]+/g) || []) {
    if (word.charCodeAt(0) < 0x4e00 || word.length === 1) found.push(word);
    else for (let at = 0; at < word.length - 1; at++) found.push(word.slice(at, at + 2));
  }
  return found;
}
"""


class ChinesePairs(SearchLanguage):
    """Latin words as they are, Chinese as overlapping pairs of characters.

    >>> ChinesePairs({}).split("达标概率 CAGR")
    ['达标', '标概', '概率', 'CAGR']
    """

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = _IN_BROWSER

    def split(self, input: str) -> list[str]:
        """The terms of a text."""
        return [term for word in _WORDS.findall(input) for term in _terms(word)]

    def word_filter(self, word: str) -> bool:
        """Single characters say nothing."""
        return len(word) > 1


def _terms(word: str) -> list[str]:
    if word < "\u4e00" or len(word) == 1:
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx's own Chinese search."""
    languages["zh"] = ChinesePairs
