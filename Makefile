# Two commands for a fresh machine (Python 3.11+, pip, make): `make run`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint types unit validation bench clean

run: $(VENV)/.run
	$(BIN)/carbonpeak run inventories/examples/henan --out out/henan --force

test: $(VENV)/.dev lint types unit

# The run environment: the package with its fonts. The stamp follows pyproject.toml and the pins.
$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[fonts]" --constraint constraints.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --editable ".[fonts,dev]" --constraint constraints.txt
	touch $@

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# mypy cannot follow setuptools' import hooks; the ignored link shows it the package under its real name.
types: $(VENV)/.dev
	mkdir -p $(VENV)/src
	ln -sfn ../.. $(VENV)/src/carbonpeak
	MYPYPATH=$(VENV)/src $(BIN)/mypy -p carbonpeak

unit: $(VENV)/.dev
	$(BIN)/pytest

bench: $(VENV)/.dev
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) build out *.egg-info .mypy_cache .ruff_cache .pytest_cache
