"""The error catalogue: every message about a scenario, with a file that is answered so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from cqsim import ScenarioError, load
from cqsim.errors import STEERING, Problem
from cqsim.messages import Language, en, zh
from cqsim_site.error_chapters import CHAPTERS

_FILES = Path(__file__).parents[2] / "tests" / "bad_scenarios"
_SENTENCES: Mapping[Language, Mapping[str, str]] = {
    "en": {**en.reading.SENTENCES, **en.problems.SENTENCES, **en.tables.SENTENCES},
    "zh": {**zh.reading.SENTENCES, **zh.problems.SENTENCES, **zh.tables.SENTENCES},
}
_AROUND = 2  # lines shown above and below the one that a message names
_MOST = 12  # lines shown of a file whose message names no line


class ErrorCatalogue(SphinxDirective):
    """All messages by chapter; the argument is the language, `zh` or `en`."""

    required_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """The chapters, each with its advice, its messages and their examples."""
        language: Language = directives.choice(self.arguments[0], ("zh", "en"))  # type: ignore[assignment]
        return self.parse_text_to_nodes("\n\n".join(_page(language)), allow_section_headings=True)


@dataclass(frozen=True)
class Example:
    """A file and the problem that it is answered with."""

    file: str
    problem: Problem

    def shown(self, language: Language) -> Iterator[str]:
        """The lines around the problem, and the answer."""
        text = (_FILES / self.file).read_bytes().decode("utf-8", "replace")
        lines = [STEERING.sub("\N{REPLACEMENT CHARACTER}", line) for line in text.split("\n")]
        at = self.problem.mark.line - 1 if self.problem.mark else None
        first = 0 if at is None else max(0, at - _AROUND)
        excerpt = "\n".join(lines[first : _MOST if at is None else at + _AROUND + 1]).rstrip()
        if excerpt:
            marked = [] if at is None else [f":emphasize-lines: {at - first + 1}"]
            yield "\n".join(["``````{code-block} text", f":lineno-start: {first + 1}", *marked, "", excerpt, "``````"])
        answer = self.problem.line(self.file, language)
        yield f"``````{{code-block}} text\n:class: message\n\n{answer}\n``````"


def _page(language: Language) -> Iterator[str]:
    keys = [key for key in _SENTENCES["en"] if "." not in key and key != "with_hint"]  # those with one are parts
    starts = [keys.index(chapter.first) for chapter in CHAPTERS]
    if starts != sorted(starts) or starts[0] != 0:
        raise ValueError("the chapters of docs/cqsim_site/error_chapters.py are not in the order of the messages")
    examples = _examples()
    for chapter, start, end in zip(CHAPTERS, starts, [*starts[1:], len(keys)], strict=True):
        title, advice = chapter.says[language]
        yield f"## {title}"
        yield advice
        for key in keys[start:end]:
            yield f"({language}-error-{key.replace('_', '-')})="
            yield f"**{_pattern(_SENTENCES[language][key])}**"
            for example in examples.get(key, {}).values():
                yield from example.shown(language)


@cache
def _examples() -> Mapping[str, dict[str | None, Example]]:
    """Message key to one example for every hint that goes with it."""
    found: dict[str, dict[str | None, Example]] = {}
    with chdir(_FILES):
        for file in sorted(path.name for path in _FILES.glob("*.yaml")):
            try:
                load(file)
            except ScenarioError as error:
                for problem in error.problems:
                    examples = found.setdefault(problem.fault.key, {})
                    examples.setdefault(problem.fault.hint, Example(file, problem))
    return found


def _pattern(sentence: str) -> str:
    """A sentence with … for what it names, safe as Markdown."""
    plain = re.sub(r"(?<!\{)\{(\w+)\}", "…", sentence).replace("{{", "{").replace("}}", "}")
    parts = plain.split("`")  # every second one is code
    parts[::2] = [re.sub(r"([*_\[\]<>$~\\])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)
