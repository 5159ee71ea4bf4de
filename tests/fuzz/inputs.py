"""The inputs: each follows from a seed and its number alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import yaml
from tests.fuzz import corpus
from tests.fuzz.mutations import KEYS, ODD, SCALARS, bent_bytes, bent_table, bent_text, bent_tree, formula

_SMALL = 6000  # bytes


@dataclass(frozen=True)
class Input:
    """Files, and the commands that are given them; a scenario is read, saved and run as well.

    Parameters
    ----------
    files : dict of str to bytes
    commands : tuple of tuple of str
        Arguments of `cqsim`.
    scenario : str or None
        The file that is one.
    quantities : tuple of str
        Texts to be read as quantities.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    commands: tuple[tuple[str, ...], ...] = ()
    scenario: str | None = None
    quantities: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Write the files, and the commands beside them."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        commands = ["cqsim " + " ".join(map(repr, command)) for command in self.commands]
        (folder / "commands.txt").write_text("\n".join([*commands, *map(repr, self.quantities)]), encoding="utf-8")


def make(seed: int, number: int) -> Input:
    """The input of that number."""
    random = Random(f"{seed}/{number}")
    kinds, weights = zip(*_KINDS.items(), strict=True)
    return random.choices(kinds, weights)[0](random)


def _scenario(content: bytes, random: Random) -> Input:
    beside = {"visitors.csv": corpus.VISITORS.encode(), "came.csv": corpus.CAME.encode()}
    few = ("--paths", "64", "--seed", "1", "--threads", "1")
    more: list[tuple[str, ...]] = [("check", "x.yaml"), ("check", "--strict", "x.yaml"), ("sources", "x.yaml")]
    more += [("run", "x.yaml", *few, "--case", "all"), ("run", "x.yaml", *few, "--out", "out")]
    more += [("run", "x.yaml", *few, "--json", "--case", "good"), ("lookback", "x.yaml", "--as-of", "2023", *few[:4])]
    # A range of every case of a large file may take its seconds, and rightly.
    commands = (random.choice(more),) if random.random() < 0.3 and len(content) < _SMALL else ()
    return Input({"x.yaml": content, **beside}, commands, "x.yaml")


def _of_text(random: Random) -> Input:
    return _scenario(bent_bytes(bent_text(corpus.some_text(random), random), random), random)


def _of_tree(random: Random) -> Input:
    tree = bent_tree(corpus.some_tree(random), random)
    return _scenario(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode(errors="replace"), random)


def _of_formula(random: Random) -> Input:
    known = {"evidence": "assumed"}
    growth = {"model": "compound", "rate": "5%", "volatility": "4%", **known}
    grown = {"unit": "亿元", "baseline": {"value": random.choice((100, 1, -3, 0.01)), **known}, "growth": growth}
    names = ["a", "b", "c"]
    computed = {name: {"formula": formula(random, names)} for name in ("b", "c")}
    target = {random.choice(("at_least", "at_most")): random.choice((1, 150, 0, -5)), "year": 2026}
    data = {"years": {"baseline": 2022, "end": 2026}, "indicators": {"a": grown, **computed}}
    data["indicators"]["c"]["targets"] = [target]
    return _scenario(yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode(errors="replace"), random)


def _of_quantities(random: Random) -> Input:
    pieces = (*ODD, "1", "3.5", "-2", "%", "亿", "万", "元", "pp", "/", "人", " ", "e", "^", "*", "²", "‰", "km", "/年")
    texts = tuple("".join(random.choices(pieces, k=random.randint(1, 5))) for _ in range(40))
    return Input(quantities=texts)


def _of_settings(random: Random) -> Input:
    tree = corpus.some_tree(random)
    places = ["indicators", "run.seed", "years.end", *(f"indicators.{id}" for id in list(tree["indicators"] or {})[:3])]
    parts = [
        random.choice(places),
        *random.choices([*KEYS, "targets[0]", "targets[9]", "[", ""], k=random.randrange(3)),
    ]
    value = random.choice((random.choice(ODD), str(random.choice(SCALARS))))
    options = random.choice(
        ((), ("--accuracy", "9pp"), ("--accuracy", value), ("--fail-below", value), ("--case", "x"))
    )
    command = ("run", "x.yaml", "--set", f"{'.'.join(parts)}={value}", *(options or ("--paths", "64")))
    return Input({"x.yaml": yaml.safe_dump(tree, allow_unicode=True).encode()}, (command,))


def _of_history(random: Random) -> Input:
    visitors, came = corpus.VISITORS, corpus.CAME
    if random.random() < 0.6:
        visitors = bent_table(visitors, random)
    else:
        came = bent_table(came, random)
    files = {"visitors.csv": bent_bytes(visitors, random), "came.csv": bent_bytes(came, random)}
    looked = ("lookback", "x.yaml", "--as-of", "2023", "--paths", "64")
    return Input({"x.yaml": corpus.HISTORY.encode(), **files}, (looked,), "x.yaml")


def _of_backtest(random: Random) -> Input:
    data, targets = corpus.SERIES, corpus.TARGETS
    if random.random() < 0.6:
        data = bent_table(data, random)
    else:
        targets = bent_table(targets, random)
    files = {"data.csv": bent_bytes(data, random), "targets.csv": bent_bytes(targets, random)}
    command = ("backtest", "data.csv", "--targets", "targets.csv", "--horizon", str(random.choice((1, 2, 11, 99))))
    models = ("--model", "naive", "--model", "random_walk", "--workers", "1")
    return Input(files, ((*command, *models, *random.choice(((), ("--json",), ("--lang", "zh")))),))


def _of_yardsticks(random: Random) -> Input:
    content = bent_bytes(bent_table(corpus.YARDSTICKS, random), random)
    return Input({"data.csv": content}, (("yardsticks", "data.csv", *random.choice(((), ("--json",)))),))


def _of_template(random: Random) -> Input:
    """A Word template with a damaged archive, or a damaged part."""
    from docx import Document

    file = BytesIO()
    Document().save(file)
    content = bytearray(file.getvalue())
    if random.random() < 0.5:
        for _ in range(random.randint(1, 20)):
            content[random.randrange(len(content))] = random.randrange(256)
    else:
        content = bytearray(_with_a_damaged_part(bytes(content), random))
    text = (corpus.ROOT / "docs" / "zh" / "tutorial" / "1_target.yaml").read_bytes()
    command = ("report", "x.yaml", "--paths", "64", "-o", "r.docx", "--template", "t.docx")
    return Input({"x.yaml": text, "t.docx": bytes(content)}, (command,))


def _with_a_damaged_part(archive: bytes, random: Random) -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(file, "w") as written:
        names = given.namelist()
        damaged = random.choice(names)
        for name in names:
            part = given.read(name)
            if name == damaged:
                match random.randrange(3):
                    case 0:
                        continue
                    case 1:
                        part = part[: random.randint(0, len(part))]
                    case _:
                        part = bent_text(part.decode("latin-1"), random).encode("latin-1", errors="replace")
            written.writestr(name, part)
    return file.getvalue()


_KINDS: dict[Callable[[Random], Input], float] = {
    _of_text: 36,
    _of_tree: 34,
    _of_formula: 8,
    _of_quantities: 2,
    _of_settings: 7,
    _of_history: 5,
    _of_backtest: 4,
    _of_yardsticks: 3.7,
    _of_template: 0.3,
}
