# Thin: the CLI does the work. `make` alone lists the targets.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
# More processes than cores: many tests wait for a browser, a server or another process.
SPREAD := -n 3 --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help build run test test-fast lint audit licences faults bench pictures clean

help:   ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/'

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

build: $(VENV)/.ready   ## make the environment in .venv and nothing else

run: build   ## build both regions if needed and open the dashboard
	$(BIN)/planinnovation demo

test: build   ## every test, the browser journeys too
	$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m pytest $(SPREAD)

test-fast: build   ## the loop while writing: no browser, no whole builds
	$(BIN)/python -m pytest $(SPREAD) -m "not browser and not builds"

lint: build   ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

audit: build   ## known weaknesses of what the lock names; says so where no source is reached
	@test -x $(VENV)/audit/bin/pip-audit || ($(PYTHON) -m venv $(VENV)/audit && \
		$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit==2.10.*')
	$(BIN)/python -m tests.supply_chain audit $(VENV)/audit/bin/pip-audit

licences: build   ## docs/licences.md anew
	$(BIN)/python -m tests.supply_chain

faults: build   ## what brought the product down, tried again; some minutes
	$(BIN)/python -m benchmarks.faults

bench: build   ## speed, two ways side by side in one run
	$(BIN)/planinnovation bench
	$(BIN)/python -m benchmarks.indicators
	$(BIN)/python -m benchmarks.pages

pictures: build   ## the pictures of docs/handledning.md anew
	$(BIN)/python -m tests.pictures
	$(BIN)/python -m dashboard.guide

clean:   ## remove the environment, the editions and the reading cache
	rm -rf $(VENV) data/editions
