# The commands of Samlad. `make demo` on a fresh machine needs Python >= 3.11 (with venv) and make.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# npm from the machine, or from a wheel where the machine has none.
NPM := $(shell command -v npm 2>/dev/null || echo $(CURDIR)/$(BIN)/npm)
# Where it is set, each of the many Pythons that one command starts would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
# Settings as strict as in production, for the deployment check. The key signs nothing.
PRODUCTION := DEBUG=off SECRET_KEY=check-only-7f2a9c41e8b3d6500f1e2d3c4b5a69788796a5b4c3d2e1f0 \
	ALLOWED_HOSTS=samlad.example DATABASE_URL=postgres://samlad@127.0.0.1:5432/samlad \
	LOCAL_ACCOUNTS=on

.PHONY: help demo test test-deep check bench format install install-dev frontend lock clean

help:
	@echo "make demo       install, load demo content, serve on http://127.0.0.1:$(PORT)"
	@echo "make test       the test suite (under five minutes)"
	@echo "make test-deep  the long tests: many random cases, kills and restarts"
	@echo "make check      lint, types, templates, import layers, migrations, deployment settings"
	@echo "make bench      benchmarks, also written to var/bench.json"
	@echo "make format     format Python"
	@echo "make lock       resolve the dependencies anew"

demo: install frontend
	$(MANAGE) serve_demo --port $(PORT)

test: install-dev frontend
	$(BIN)/pytest -n auto --dist loadgroup -m "not deep"

test-deep: install-dev frontend
	$(BIN)/pytest -n auto --dist loadgroup -m deep

check: install-dev frontend
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/python -m mypy .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

bench: install-dev frontend
	$(BIN)/python -m tests.bench

format: install-dev
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

install: .venv/installed
install-dev: .venv/installed-dev
frontend: node_modules/.package-lock.json

.venv/bin/uv: requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Samlad needs Python 3.11 or later; set PYTHON=… to one."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch .venv/bin/uv

.venv/installed: requirements/base.txt .venv/bin/uv
	sh requirements/install base
	@touch .venv/installed

.venv/installed-dev: requirements/dev.txt .venv/bin/uv
	sh requirements/install dev
	@touch .venv/installed .venv/installed-dev

node_modules/.package-lock.json: package.json package-lock.json .venv/bin/uv
	@test -x "$(NPM)" || sh requirements/install node
	PATH="$(CURDIR)/$(BIN):$$PATH" "$(NPM)" ci --no-fund --no-audit
	@touch node_modules/.package-lock.json

lock: .venv/bin/uv
	sh requirements/lock
	PATH="$(CURDIR)/$(BIN):$$PATH" "$(NPM)" install --package-lock-only

clean:
	rm -rf .venv node_modules var
