"""What the site needs beyond Sphinx: pages made from the program itself, mathematics and Chinese search."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from cqsim_site import accessible, brought_in, chinese_search, languages, mathml
from cqsim_site.charts import Chart, GrowthModel
from cqsim_site.errors import ErrorCatalogue
from cqsim_site.reference import ScenarioReference


def setup(app: Sphinx) -> dict[str, Any]:
    """Add all of it to Sphinx."""
    app.add_directive("scenario-reference", ScenarioReference)
    app.add_directive("error-catalogue", ErrorCatalogue)
    app.add_directive("chart", Chart)
    app.add_directive("growth-model", GrowthModel)
    for part in (accessible, brought_in, chinese_search, languages, mathml):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
