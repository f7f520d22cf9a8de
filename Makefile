# `make demo` shows the system at work, `make test` proves it; each sets up all that it needs.
# Stamps in .venv remember what was installed, so that a second run installs nothing.

BIN := .venv/bin
STUDIES := studies/public-councils-2023 $(wildcard studies/demo-city)
PORT := 8000
FORM := tyndau_server/form
FORM_SOURCE := $(shell find $(FORM)/client -type f ! -name catalogue.json) $(FORM)/tsconfig.json
# Only what the lock names, byte for byte, and only wheels: no package runs code to install itself.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --no-input install
LOCKED := $(INSTALL) --require-hashes --only-binary :all: --requirement
PACKAGE := $(INSTALL) --no-deps --no-build-isolation --editable .
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host $(UPGRADE)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test bench soak lock catalogues methods debian-packages

help: ## Print this list
	@echo "What make can do here:"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" \
		read -r name words; do printf '  make %-12s %s\n' "$$name" "$$words"; done

# The server answers at once and builds meanwhile. It takes the place of the shell, so that Ctrl-C and
# a signal to make end it.
demo: .venv/installed-run .venv/built-form ## Install Tyndau and serve its studies in the browser (PORT=8000); they are built meanwhile
	@TYNDAU_DATA=.demo exec $(BIN)/tyndau serve --port $(PORT) $(STUDIES)

test: debian-packages .venv/installed-dev .venv/built-form ## Install what the tests need, then check style, types and layers and run all tests
	@echo "1 of 6: style (ruff check)"
	@$(BIN)/ruff check
	@echo "2 of 6: layout of the code (ruff format, and prettier for the browser form)"
	@$(BIN)/ruff format --check
	@cd $(FORM) && PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/prettier --check --log-level warn "client/**/*.ts"
	@echo "3 of 6: types (mypy, and tsc for the browser form)"
	@$(BIN)/mypy
	@cd $(FORM) && PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/tsc
	@echo "4 of 6: layers (import-linter)"
	@$(BIN)/lint-imports --no-logo
	@echo "5 of 6: tests (pytest), the server's on SQLite"
	@$(BIN)/pytest -n 2 --dist worksteal
	@echo "6 of 6: the server's tests again, on PostgreSQL"
	@$(BIN)/pytest -n 2 --dist worksteal --database postgresql tests/server

# Before the rest, so that a machine that lacks them says so at once.
debian-packages:
	@tools/debian-packages

bench: .venv/installed-dev .venv/built-form ## Print how fast tables, weights, hidden cells, whole results are made, interviews received, quotas settled; how large the form is
	@$(BIN)/python benchmarks/tables.py
	@$(BIN)/python benchmarks/raking.py
	@$(BIN)/python benchmarks/disclosure.py
	@$(BIN)/python benchmarks/builds.py
	@$(BIN)/python benchmarks/submissions.py
	@$(BIN)/python benchmarks/export.py
	@$(BIN)/python benchmarks/interviews.py
	@$(BIN)/python benchmarks/quotas.py
	@$(BIN)/python benchmarks/field.py
	@$(BIN)/python benchmarks/form.py

# Minutes each. A series that fails does not keep the next from running; make fails at the end.
soak: .venv/installed-dev .venv/built-form ## Try at length: intervals, letters where nothing differs, hidden cells, races, quotas, servers and phones killed, a whole fieldwork
	@failed=0; for series in "soak_inference.py --check" soak_disclosure.py soak_races.py \
		soak_kills.py soak_form.py soak_quotas.py fieldwork.py; do \
		echo; echo "== $$series"; $(BIN)/python benchmarks/$$series || failed=1; done; exit $$failed

lock: .venv/installed-dev ## Write requirements/*.txt after pyproject.toml; UPGRADE=--upgrade renews every version
	@echo "Resolving what the browser form is built with"
	@$(COMPILE) --output-file requirements/form.txt requirements/form.in
	@echo "Resolving what Tyndau needs to run"
	@$(COMPILE) --all-build-deps --extra server --output-file requirements/run.txt pyproject.toml
	@echo "Resolving what its development needs"
	@$(COMPILE) --all-build-deps --extra server --extra dev --constraint requirements/run.txt \
		--constraint requirements/form.txt --output-file requirements/dev.txt pyproject.toml

catalogues: .venv/installed-dev ## Bring the messages of the code into tyndau/locale/LANG/tyndau.po
	@BIN=$(BIN) tools/catalogues ru kk

methods: .venv/installed-dev ## Write docs/methods.md after the specifications in tests/spec
	@$(BIN)/python tools/methods.py

.venv/bin/pip:
	@python="$$(tools/find-python)" || exit 1; \
	echo "Making the virtual environment .venv with $$python"; \
	"$$python" -m venv --clear .venv

.venv/installed-run: requirements/run.txt pyproject.toml | .venv/bin/pip
	@echo "Installing what Tyndau needs to run (a minute or two the first time)"
	@$(LOCKED) requirements/run.txt
	@$(PACKAGE)
	@touch $@

.venv/installed-dev: requirements/dev.txt requirements/run.txt pyproject.toml | .venv/bin/pip
	@echo "Installing what Tyndau and its tests need (two minutes or so the first time)"
	@$(LOCKED) requirements/dev.txt
	@$(PACKAGE)
	@touch .venv/installed-run $@

# Node comes as a Python package, so that set-up needs Python alone. npm takes what its lock names, byte
# for byte, and runs no code of a package in order to install it (.npmrc).
.venv/installed-form: requirements/form.txt $(FORM)/package-lock.json $(FORM)/.npmrc | .venv/bin/pip
	@echo "Installing what the browser form is built with (half a minute or so the first time)"
	@$(LOCKED) requirements/form.txt
	@cd $(FORM) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error
	@touch $@

# Words of the controls come from the catalogues, so that Tyndau itself must be there.
.venv/built-form: .venv/installed-form $(FORM_SOURCE) tools/build-form tools/form_words.py \
		tyndau/locale/kk/tyndau.po tyndau/locale/ru/tyndau.po | .venv/installed-run
	@echo "Building the browser form"
	@BIN=$(BIN) tools/build-form
	@touch $@
