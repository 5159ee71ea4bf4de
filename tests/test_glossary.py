"""Other words for keys and names: each leads to a key that exists, and to one only where one is allowed."""

import pytest

from cqsim.distributions.base import REGISTRY as DISTRIBUTIONS
from cqsim.errors import unknown
from cqsim.evidence import Evidence
from cqsim.growth.base import REGISTRY as MODELS
from cqsim.messages.fields_zh import FIELDS
from cqsim.messages.glossary import KEYS, meant
from cqsim.scenario.nouns.indicator import Indicator
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.scenario import Scenario

COLUMNS = {"series", "period", "target", "target_year", "direction", "sense", "train", "test", "increase", "decrease"}


def test_every_key_and_name_of_the_glossary_exists():
    fields = {field.partition(".")[2] for field in FIELDS}
    names = {*MODELS.shipped(), *DISTRIBUTIONS.shipped(), *Evidence, "never"}
    assert KEYS.keys() <= fields | names | COLUMNS


@pytest.mark.parametrize(
    "names", [list(Scenario.model_fields), list(Indicator.model_fields), list(Target.model_fields)]
)
def test_no_word_stands_for_two_keys_of_one_block(names):
    words = [word for name in names for word in KEYS.get(name, "").split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("word", "noun", "key"),
    [
        ("增长", Indicator, "growth"),
        ("基期", Indicator, "baseline"),
        ("目标", Indicator, "targets"),
        ("单位", Indicator, "unit"),
        ("指标", Scenario, "indicators"),
        ("年份", Scenario, "years"),
        ("来源", Scenario, "sources"),
        ("来源", Target, "source"),
        ("年份", Target, "year"),
        ("below", Target, "at_most"),
        ("above", Target, "at_least"),
        (">=", Target, "at_least"),
        ("大于", Target, "at_least"),
        ("以内", Target, "at_most"),
        ("by", Target, "reached_by"),
    ],
)
def test_planners_words_lead_to_the_key(word, noun, key):
    assert meant(word, list(noun.model_fields)) == key
    assert f"是不是 '{key}'" in unknown("unknown_key", word, noun.model_fields).text("zh")


@pytest.mark.parametrize("name", [*MODELS.shipped(), *Evidence])
def test_every_model_and_grade_has_a_chinese_word(name):
    word = KEYS[str(name)].split()[0]
    assert meant(word, [*MODELS.shipped(), *map(str, Evidence)]) == name
