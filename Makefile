# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
READY_DEV := $(VENV)/ready-dev
READY_PEERS := $(VENV)/ready-peers

.PHONY: demo test test-long bench check format clean

demo: $(READY)
	$(BIN)/missiongame raid --plot raid.png

test: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Searches that take minutes; differential tests against GPL and compiled peers.
test-long: $(READY_PEERS)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "long"

# Every side-by-side comparison, ratios in one table; TOPIC="nash batch" for some.
bench: $(READY_PEERS)
	$(BIN)/python benchmarks/harness.py $(TOPIC)

format: $(READY_DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "missiongame needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(READY_DEV): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

$(READY_PEERS): $(READY_DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,peers]'
	touch $@
