# Sugar over `python -m venv`, `pip` and `allervers`: each line can be typed by hand.
SHELL := bash
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help install dev run test test-all lint fix lock bench screens

BIN := .venv/bin
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$name"; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := --require-hashes --no-deps
PYTEST := $(BIN)/python -m pytest -n 2 --durations 10
POSTGRESQL := $(BIN)/python -m tests.postgresql -n 2 --quiet

help: ## what can be asked for
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 18

.venv/python:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Il faut Python 3.11 ou plus récent. Debian et Ubuntu : « sudo apt install python3 python3-venv » ; macOS : « brew install python »."; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv 2>/dev/null || \
	  { rm -rf .venv; echo "Il manque le module venv de Python : « sudo apt install python3-venv »."; exit 1; }
	@touch $@

.venv/installed: .venv/python requirements.lock pyproject.toml
	@echo "Installation (une à trois minutes la première fois)…"
	@$(PIP) install $(LOCKED) -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

.venv/dev: .venv/installed requirements-dev.lock
	@$(PIP) install $(LOCKED) -r requirements-dev.lock
	@touch $@

install: .venv/installed ## the product, in .venv: the command is then .venv/bin/allervers

dev: .venv/dev

run: .venv/installed ## the demo territory on http://localhost:8000
	@$(BIN)/allervers demo

test: .venv/dev ## everything once, in less than ten minutes
	@$(POSTGRESQL)
	@ALLERVERS_CHROMIUM="$$(.ci/chromium)" $(PYTEST)

test-all: .venv/dev ## the same tests, longer
	@ALLERVERS_TEST_PROFILE=long $(POSTGRESQL)
	@ALLERVERS_CHROMIUM="$$(.ci/chromium)" ALLERVERS_TEST_PROFILE=long $(PYTEST)

lint: .venv/dev ## form, types, floors, migrations, size of modules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --show-timings >.venv/imports.txt || { cat .venv/imports.txt; exit 1; }
	@mkdir -p .venv/lint-data && cd .venv && PYTHONPATH=../src ALLERVERS_DATA=lint-data DJANGO_SETTINGS_MODULE=allervers.config.settings bin/python -m django makemigrations --check --dry-run
	@find src tests bench -name '*.py' -not -path '*/migrations/*' | xargs wc -l | \
	  awk '$$2 != "total" && $$1 > 500 {print $$2 ": " $$1 " lines, more than 500"; bad = 1} END {exit bad}'

fix: .venv/dev ## put the form right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: .venv/python ## choose versions again, for every system
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

bench: .venv/dev ## every speed and memory claim, with its figure
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

screens: .venv/dev ## take the pictures of docs/screens again
	@ALLERVERS_CHROMIUM="$$(.ci/chromium)" $(BIN)/python -m tests.browser.screens
