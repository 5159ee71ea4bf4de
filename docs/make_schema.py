"""Rewrite the packaged JSON Schema from the nouns: `python docs/make_schema.py`."""

import json
from pathlib import Path

from cqsim.scenario.files.packaged import SCHEMA_NAME
from cqsim.scenario.files.schema import schema

target = Path(__file__).parent.parent / "src/cqsim/scenario/files" / SCHEMA_NAME
target.write_text(json.dumps(schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
