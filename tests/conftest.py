"""Tests run against this checkout, installed or not."""

import gc
import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
# as on the command line: most objects live to the end, looking for garbage among them takes a tenth of the time
gc.set_threshold(100_000, 50, 100)
# an example that is slow on a busy machine is no fault
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")
# each worker of a parallel run gets the width of the terminal; what is printed goes to a pipe here, which has none
os.environ.pop("COLUMNS", None)

if "carbonpeak" not in sys.modules:
    spec = spec_from_file_location("carbonpeak", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)])
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["carbonpeak"] = module
    spec.loader.exec_module(module)
