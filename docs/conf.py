"""Settings of the site: `sphinx-build -W -n --keep-going -b html docs docs/_build/html`."""

import sys
from pathlib import Path

import cqsim

sys.path.insert(0, str(Path(__file__).parent))

project = "cqsim"
author = "The cqsim authors"
project_copyright = "The cqsim authors, Apache-2.0"
version = release = cqsim.__version__
language = "zh_CN"  # of the site's own words; each page says its language by itself

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc", "cqsim_site"]
exclude_patterns = ["_build", "examples", "templates", "cqsim_site"]
templates_path = ["templates"]

myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # notebooks are committed with their outputs
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # nothing is loaded from elsewhere

autosummary_generate = True
autodoc_typehints = "none"  # the docstrings say it in words
autodoc_member_order = "bysource"
autodoc_default_options = {"exclude-members": "model_config, model_post_init"}
numpydoc_show_class_members = False  # the page of a class lists them anyway
html_theme = "pydata_sphinx_theme"
html_title = "cqsim"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_math_renderer = "mathml"
html_search_language = "zh"
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": True,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
