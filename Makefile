# Two commands for a fresh machine (Python 3.11 or newer, pip, make): `make run`, `make test`.
#   make run         environment + the main job on the bundled example; prints where the reports are
#   make test        environment + lint + types + all tests
#   make docs        writes the reference pages of docs/ from the code
#   make validation  writes docs/validation.md from the known answers (make test checks that it is current)
#   make bench       speed and size; prints medians and ratios
#   make clean       everything that was made
PYTHON ?= python3
PYTEST_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint types unit docs validation bench clean

run: $(VENV)/.run
	$(BIN)/carbonpeak run inventories/examples/henan --out out/henan --force

test: lint types unit

# The stamps follow pyproject.toml and the pins: a changed dependency renews the environment.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

# setuptools builds the wheel test without a second environment.
$(VENV)/.run: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) --upgrade pip "setuptools>=77"
	$(PIP) --editable ".[fonts]"
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(PIP) --editable ".[fonts,dev]"
	@touch $@

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# mypy cannot follow setuptools' import hooks; the ignored link shows it the package under its real name.
types: $(VENV)/.dev
	@mkdir -p $(VENV)/src
	@ln -sfn ../.. $(VENV)/src/carbonpeak
	MYPYPATH=$(VENV)/src $(BIN)/mypy -p carbonpeak

unit: $(VENV)/.dev
	$(BIN)/pytest --numprocesses auto --dist loadfile $(PYTEST_ARGS)

docs: $(VENV)/.dev
	$(BIN)/python docs/make.py

validation: $(VENV)/.dev
	$(BIN)/python -m tests.validation

bench: $(VENV)/.dev
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) build dist out *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
