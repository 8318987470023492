# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
READY_DEV := $(VENV)/ready-dev
READY_PEERS := $(VENV)/ready-peers
READY_MUTANTS := $(VENV)/ready-mutants

# Exact versions, and the package itself built by the locked setuptools.
INSTALL := -m pip install --quiet --disable-pip-version-check --constraint lock.txt
PACKAGE := $(INSTALL) --no-build-isolation --editable

# Sets are in the same order on every machine; a search leaves that to chance.
PYTEST := -m pytest -n 2 --dist worksteal
REPEATABLE := PYTHONHASHSEED=0

.PHONY: demo test test-long test-oldest test-newest test-core bench mutants lock format clean

demo: $(READY)
	$(BIN)/missiongame raid --plot raid.png

test: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(REPEATABLE) $(BIN)/python $(PYTEST)

# Random search in every property, and searches that take minutes; peers under the GPL.
test-long: $(READY_PEERS)
	$(BIN)/python $(PYTEST) -m "" --hypothesis-profile=search

# The ends of what pyproject.toml allows: the lowest direct dependencies, and today's newest of
# all. What libraries deprecate is no error there, as it is with the locked ones.
test-oldest:
	$(MAKE) VENV=.venv-oldest .venv-oldest/ready-oldest
	$(REPEATABLE) .venv-oldest/bin/python $(PYTEST) -W default

test-newest:
	$(MAKE) VENV=.venv-newest .venv-newest/ready-newest
	$(REPEATABLE) .venv-newest/bin/python $(PYTEST) -W default

# The core alone, without any extra, in an environment of its own.
test-core:
	$(MAKE) VENV=.venv-core .venv-core/ready-core
	.venv-core/bin/python -m pytest tests/test_core_alone.py

# Every side-by-side comparison, ratios in one table; TOPIC="nash batch" for some.
bench: $(READY_PEERS)
	$(BIN)/python benchmarks/harness.py $(TOPIC)

# Would the tests notice wrong code? MUTANTS="--again", "--match contest", "--report"; see CONTRIBUTING.md.
mutants: $(READY_MUTANTS)
	$(BIN)/python tests/mutants/run.py $(MUTANTS)

# Renew the locked versions.
lock: $(BIN)/python
	$(BIN)/python -m pip install --quiet uv
	echo 'setuptools' | $(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--no-header --no-annotate --all-extras pyproject.toml - --output-file lock.txt

format: $(READY_DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .venv-oldest .venv-newest .venv-core build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "missiongame needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml lock.txt | $(BIN)/python
	$(BIN)/python $(INSTALL) setuptools
	$(BIN)/python $(PACKAGE) '.[all]'
	touch $@

$(READY_DEV): $(READY)
	$(BIN)/python $(PACKAGE) '.[dev]'
	touch $@

$(READY_PEERS): $(READY_DEV)
	$(BIN)/python $(PACKAGE) '.[dev,peers]'
	touch $@

$(VENV)/ready-oldest: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --resolution lowest-direct --editable '.[dev]'
	touch $@

$(VENV)/ready-core: pyproject.toml lock.txt | $(BIN)/python
	$(BIN)/python $(INSTALL) setuptools
	$(BIN)/python $(PACKAGE) . pytest
	touch $@

$(VENV)/ready-newest: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --upgrade-strategy eager --editable '.[dev]'
	touch $@

$(READY_MUTANTS): $(READY_DEV)
	$(BIN)/python $(PACKAGE) '.[dev,mutants]'
	touch $@
