"""What the READMEs show is what the code prints, and their commands are those that are checked."""

import io
from pathlib import Path

import pytest

import cqsim
from cqsim.report.console import print_result

ROOT = Path(__file__).parent.parent
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}


@pytest.fixture(scope="module")
def result():
    return cqsim.run(ROOT / "scenarios/nanchuan.yaml", progress=False)


@pytest.mark.parametrize("language", READMES)
def test_every_line_of_the_sample_is_printed(language, result):
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    sample = text.split("```text\n")[1].split("```")[0]
    printed = io.StringIO()
    print_result(cqsim.Result(result.scenario, result.tally, result.seed, language), printed)
    lines = {line.strip() for line in printed.getvalue().splitlines()}
    assert [line for line in sample.splitlines() if line.strip() not in lines] == []


@pytest.mark.parametrize("readme", READMES.values())
def test_two_commands_of_one_line_do_all_the_set_up(readme):
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 -m venv ")]
    assert [line.split()[-1] for line in commands] == ["scenarios/nanchuan.yaml", ".venv/bin/pytest"]
    assert all("pip install" in line for line in commands)


def test_the_scenario_in_the_readme_is_sound(tmp_path):
    for readme in READMES.values():
        text = (ROOT / readme).read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
        file = tmp_path / "readme.yaml"
        file.write_text(text, encoding="utf-8")
        assert cqsim.load(file).indicators


@pytest.mark.parametrize("readme", READMES.values())
def test_the_python_in_the_readme_runs(readme, tmp_path, monkeypatch):
    code = (ROOT / readme).read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(code, readme, "exec"), names)
    assert cqsim.load("faster.yaml") == names["faster"]
