# Each target does its own set-up in .venv and is quick the second time.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help demo test check format demo-model bench clean

help:
	@echo "make demo    the main job on the bundled articles, with a report in muwazi-demo/"
	@echo "make test    every test"
	@echo "make check   ruff, ruff format, mypy --strict, import-linter"
	@echo "make format  put the code in order"
	@echo "make demo-model  train the bundled demo model anew (half an hour)"
	@echo "make bench   every benchmark, with its peers (minutes; --data via BENCH_DATA=...)"

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# What a user gets: no torch, no transformers.
$(VENV)/.plain: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	@touch $@

# What a developer needs: the models extra (torch) and the tools.
$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[dev,models]'
	@touch $@ $(VENV)/.plain

demo: $(VENV)/.plain
	$(BIN)/muwazi demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Half an hour of one core. What it writes is committed once, not for each try.
demo-model: $(VENV)/.dev
	$(BIN)/python -m mt.demo_model build/demo-model

BENCH_DATA ?= ../shared/bench
BENCH      := OMP_NUM_THREADS=1 $(BIN)/python -m tests.benchmarks
bench: $(VENV)/.dev
	@set -e; for script in segmentation alignment words name_matching name_lookup names adequacy metrics build; do \
	  echo "== $$script"; $(BENCH).$$script --data $(BENCH_DATA); \
	done
	@set -e; for script in report collection translation names_kept; do echo "== $$script"; $(BENCH).$$script; done

clean:
	rm -rf $(VENV) build dist muwazi-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
