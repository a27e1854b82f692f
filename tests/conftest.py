"""Tests run against this checkout, installed or not."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

if "carbonpeak" not in sys.modules:
    spec = spec_from_file_location("carbonpeak", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)])
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["carbonpeak"] = module
    spec.loader.exec_module(module)
