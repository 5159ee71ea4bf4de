"""The house: no import cycle, short files and functions, names that say what they hold."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

SOURCE = Path(__file__).parents[1] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}
# Accessors that show, draw and write: the design names them.
EXCEPTIONS = {
    ("cqsim.answers.surface", "cqsim.report.figures"),
    ("cqsim.answers.surface", "cqsim.report.writing"),
    ("cqsim.in_notebooks", "cqsim.report.formats.notebook"),
}
VAGUE = {"found", "one", "thing", "tmp"}
LONGEST_FILE, LONGEST_FUNCTION, TYPICAL_FUNCTION, FILES_AT_ONE_LEVEL = 300, 60, 8, 15
ONE_FILE_A_PLUG_IN = {"cqsim.growth.models"}


def imports(tree):
    """Modules that are imported anywhere, also in functions, but not for type checkers alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("cqsim"):
            for name in node.names:
                below = f"{node.module}.{name.name}"
                yield below if below in MODULES else node.module
        yield from imports(node)


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines_of(function):
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def test_no_module_imports_itself_by_any_way_round():
    graph = {
        name: {other for other in imports(tree) if other != name and (name, other) not in EXCEPTIONS}
        for name, tree in TREES.items()
        if name != "cqsim"
    }
    in_order = list(TopologicalSorter(graph).static_order())  # refuses a cycle, and names it
    assert set(in_order) >= set(graph)


@pytest.mark.parametrize("name", MODULES)
def test_files_and_functions_are_short_and_names_say_what_they_hold(name):
    text = MODULES[name].read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    assert [node.name for node in functions(TREES[name]) if lines_of(node) > LONGEST_FUNCTION] == []
    stored = {
        node.id for node in ast.walk(TREES[name]) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    named = stored | {node.arg for node in ast.walk(TREES[name]) if isinstance(node, ast.arg)}
    assert sorted(named & VAGUE) == []


def test_half_of_all_functions_have_eight_lines_or_fewer():
    assert median(lines_of(node) for tree in TREES.values() for node in functions(tree)) <= TYPICAL_FUNCTION


def test_no_folder_holds_more_files_than_one_can_take_in():
    folders = {}
    for name, path in MODULES.items():
        if path.name != "__init__.py":
            folders.setdefault(name.rpartition(".")[0], []).append(path.name)
    crowded = {name: len(files) for name, files in folders.items() if len(files) > FILES_AT_ONE_LEVEL}
    assert crowded.keys() <= ONE_FILE_A_PLUG_IN
