"""The READMEs' pictures are what the code draws now; if not, `python docs/make/pictures.py` draws them anew."""

import importlib.util
import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

DOCS = Path(__file__).parents[2] / "docs"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


def parts(picture):
    """What a picture is made of, and its coordinates, whose last digits may differ between machines."""
    text = picture.decode()
    return NUMBER.split(text), np.array([float(number) for number in NUMBER.findall(text)])


@pytest.fixture(scope="module")
def drawn():
    spec = importlib.util.spec_from_file_location("make_pictures", DOCS / "make" / "pictures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pictures()


@pytest.mark.skipif(mpl.__version_info__ < (3, 11), reason="matplotlib before 3.11 writes SVG otherwise")
def test_the_pictures_are_those_that_the_code_draws(drawn):
    assert {path.name for path in (DOCS / "pictures").glob("*.svg")} >= set(drawn)
    for name, picture in drawn.items():
        committed, now = parts((DOCS / "pictures" / name).read_bytes()), parts(picture)
        assert committed[0] == now[0], name
        np.testing.assert_allclose(committed[1], now[1], rtol=0, atol=0.01, err_msg=name)
