# The gestures of the project. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
PORT ?= 8000
WORKERS ?= 2

RUNTIME := requirements/runtime.txt requirements/assets.txt
READY := .venv/.ready
TESTS_READY := .venv/.ready-tests

# Locks hold names, versions and hashes only: no address of any registry, so that they work everywhere.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)
PACKAGES = sed -n 's/^\([a-z0-9.-]*\)==.*/--no-emit-package \1/p'

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test forget-looked test-sqlite test-postgres format check check-code check-templates \
	check-migrations check-translations lock translations bench clean

help: ## List these gestures
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F'|' '{ printf "  make %-20s %s\n", $$1, $$2 }'

# --- Installing -------------------------------------------------------------------------------------------------

# Every install checks hashes and resolves nothing: what is locked is what runs.
ifneq ($(UV),)
CREATE = $(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --require-hashes --no-deps
else
CREATE = $(PYTHON) -m venv .venv || { echo "Python cannot create an environment: install python3-venv (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
endif

setup: $(READY) ## Install what the application needs, in .venv

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; set PYTHON=/path/to/python3.x." >&2; exit 1; }
	@$(CREATE)

$(READY): $(RUNTIME) | $(BIN)/python
	@echo "Installing what the application needs…"
	@$(INSTALL) $(addprefix -r ,$(RUNTIME))
	@touch $@

setup-tests: setup $(TESTS_READY) ## Install what the tests need too (Chromium, Java, PostgreSQL where possible)

$(TESTS_READY): requirements/tests.txt tools/install_system.py $(READY)
	@echo "Installing what the tests need…"
	@$(INSTALL) -r requirements/tests.txt
	@$(BIN)/python -m tools.install_system
	@touch $@

# --- Using ------------------------------------------------------------------------------------------------------

run: setup ## Start a demonstration town on http://127.0.0.1:8000 (PORT=… to change)
	@PORT=$(PORT) sh tools/run_demo.sh

bench: setup ## Measure the pages and the acts on a large town
	@$(BIN)/python -m benchmarks

# --- Testing ----------------------------------------------------------------------------------------------------

# The long tests are collected first; a worker that has done its half takes what is left of the other's.
SHARED = -n $(WORKERS) --dist worksteal

# What the engine of accessibility has seen on one database, it need not see again on the other.
LOOKED = $(CURDIR)/.pytest_cache/looked
test check: export LOOKED_AT = $(LOOKED)

forget-looked:
	@rm -rf $(LOOKED)

test: forget-looked test-sqlite test-postgres ## Run the whole suite on SQLite, then on PostgreSQL

test-sqlite: setup-tests ## Run the whole suite on SQLite (ARGS="-k word" to choose)
	@TEST_DATABASE=sqlite $(BIN)/pytest $(SHARED) $(ARGS)

test-postgres: setup-tests ## Run the whole suite on PostgreSQL
	@TEST_DATABASE=postgresql $(BIN)/pytest $(SHARED) $(ARGS)

# --- Checking ---------------------------------------------------------------------------------------------------

format: setup-tests ## Write the code as ruff likes it
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

# One after the other, the tests last: their closing lines are the last words.
check: setup-tests forget-looked ## Everything a change must pass before review
	@$(MAKE) --no-print-directory check-code
	@$(MAKE) --no-print-directory check-templates
	@$(MAKE) --no-print-directory check-translations
	@$(MAKE) --no-print-directory check-migrations
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgres

check-code: setup-tests ## Format, lint, types, who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-templates: setup-tests ## Templates compile, are used, and keep the rules of the house
	$(BIN)/python -m tools.check_templates

check-translations: setup-tests ## Every sentence has its translation
	$(BIN)/python -m tools.check_translations

check-migrations: setup-tests ## Migrations go up and down and say the same as the models
	$(BIN)/python -m tools.check_migrations

# --- Keeping ----------------------------------------------------------------------------------------------------

lock: setup-tests ## Write the locks again from requirements/*.in (UPGRADE=1 to take newer versions)
	$(COMPILE) requirements/runtime.in --output-file requirements/runtime.txt
	$(COMPILE) requirements/assets.in --no-deps --output-file requirements/assets.txt
	$(COMPILE) requirements/tests.in --constraints requirements/runtime.txt --output-file requirements/tests.txt \
		$$(cat $(RUNTIME) | $(PACKAGES))
	@! grep -nE '(https?|file):|--(extra-)?index-url|--find-links| @ ' requirements/*.txt \
		|| { echo "A lock holds an address: remove it before committing." >&2; exit 1; }

translations: setup-tests ## Collect the sentences into the catalogues (French fills itself)
	@$(BIN)/python -m tools.update_translations

clean: ## Remove what can be made again, .venv included
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov test-results
	rm -f translations/*/LC_MESSAGES/messages.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
