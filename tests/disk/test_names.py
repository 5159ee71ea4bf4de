"""Names that every system takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqsim.disk.names import file_names, is_file_name


@pytest.mark.parametrize("name", ["南川", "plan 2026", "a.b", "console", "com", "comma.csv", "αβ"])
def test_a_usual_name_stays(name):
    assert file_names([name]) == {name: name}


@pytest.mark.parametrize(
    "name",
    ["CON", "con", "Nul.txt", "com1", "LPT9.csv", "a/b", "a\\b", "a:b", "x.", " x", "", "..", "a\x00b", "长" * 100],
)
def test_a_name_that_some_system_refuses_gets_another(name):
    assert not is_file_name(name)
    assert is_file_name(file_names([name])[name])


def test_texts_that_differ_in_case_or_writing_of_accents_get_different_names():
    names = file_names(["gdp", "GDP", "é", "e\u0301", "a/b", "a:b"]).values()
    assert len({name.casefold() for name in names}) == 6


@given(st.lists(st.text(max_size=300), unique=True, max_size=8))
def test_any_texts_get_names_of_their_own(texts):
    names = file_names(texts)
    assert all(map(is_file_name, names.values()))
    assert len({name.casefold() for name in names.values()}) == len(texts)
