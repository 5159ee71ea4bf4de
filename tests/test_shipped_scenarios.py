"""Every scenario that ships with the project is sound, sourced and runs, alone and beside the others."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import cqsim
from cqsim.cli import main
from cqsim.report.content.tables import range_text
from cqsim.scenario.files.loading import files_at, inspect

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = files_at(FOLDER)


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).stem)
def test_every_figure_has_its_source_or_its_reason(file):
    scenario, _ = inspect(file, strict=True)
    assert scenario.title is not None


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).stem)
def test_a_scenario_and_each_of_its_cases_gives_every_target_a_chance_and_an_outcome(file):
    comparison = cqsim.compare(file, paths=500, range=False, progress=False)
    assert len(comparison.results) == 1 + len(cqsim.load(file).cases)
    for result in comparison.results.values():
        assert not any(year.undefined for indicator in result.indicators for year in indicator.years)
        for answer in result.answers:
            assert 0 <= answer.probability <= 1
            assert answer.median == answer.median  # a number


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_stand_in_one_table(language):
    done = CliRunner().invoke(main, ["run", str(FOLDER), "--paths", "500", "--lang", language])
    assert (done.exit_code, done.stderr) == (0, "")
    answers = cqsim.overview(FOLDER, paths=500, language=language, progress=False).results
    for result in answers:
        assert result.title[:3] in done.stdout
    rows = [answer.range for one in answers for answer in one.answers]
    rows += [one.joint_answer.range for one in answers if len(one.answers) > 1]
    assert done.stdout.count("~") == len(rows) + sum("~" in range_text(ends) for ends in rows)  # intervals, and ranges
