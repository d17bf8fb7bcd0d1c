# Two commands do everything on a machine with Python 3.11 or newer and Node/npm:
#   make demo   sets up, paints, and names the report it wrote
#   make test   sets up and runs the tests
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test lint wheel-check clean

demo: .venv/installed
	@$(BIN)/codepaint setup
	@$(BIN)/codepaint demo

test: .venv/installed-dev
	@$(BIN)/codepaint setup
	@$(BIN)/python -m pytest

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel-check: .venv/installed-dev
	@sh .ci/wheel-check $(CURDIR)/$(BIN)/python

clean:
	rm -rf .venv build dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "codepaint needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Creating .venv"
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@echo "Installing codepaint and its libraries into .venv"
	@$(PIP) install --progress-bar on -e .
	@touch $@

.venv/installed-dev: pyproject.toml | .venv/bin/python
	@echo "Installing codepaint, its libraries and the test tools into .venv"
	@$(PIP) install --progress-bar on -e '.[dev]'
	@touch $@ .venv/installed
