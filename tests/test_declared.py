"""Every library that the package imports is declared in pyproject.toml."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOR_DEVELOPERS = ("browser", "dev", "docs", "notebooks", "test")


def imported():
    """The libraries that the source imports, standard library and cqsim aside."""
    names = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "needed" and len(node.args) == 2:
                names |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    return names - set(sys.stdlib_module_names) - {"cqsim"}


def declared():
    """The distributions that users are offered, in the spelling of the index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: lines for name, lines in project["optional-dependencies"].items() if name not in FOR_DEVELOPERS}
    lines = [*project["dependencies"], *(line for lines in extras.values() for line in lines)]
    return {spelled(re.split(r"[\[<>=!~ ]", line)[0]) for line in lines}


def spelled(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_is_declared():
    carriers = packages_distributions()
    unknown = {name for name in imported() if not {spelled(one) for one in carriers.get(name, [name])} & declared()}
    assert not unknown
