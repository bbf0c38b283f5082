# One command for each thing that people do here; `make help` lists them.
PORT ?= 8501
HOST ?= 127.0.0.1
PYTHON ?= python3
BIN := .venv/bin
TO ?= site
BASE ?= http://127.0.0.1:8000
LIVE ?=

# Python keeps what it has compiled: every worker, server and command of a test would compile the libraries anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run data built static test check bench screens format clean lock bill audit

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: .venv/run built ## start the dashboard at http://127.0.0.1:8501 (PORT=… for another port)
	@echo "Safety in Figures: http://$(HOST):$(PORT)"
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST)

data: .venv/run ## read, check and prepare every published file again
	$(BIN)/python -m measures build

static: .venv/run built ## write the site as files that any web server serves (TO=folder BASE=https://… LIVE=https://…)
	$(BIN)/python -m layout.static_site --to $(TO) --base $(BASE) --live "$(LIVE)"

test: .venv/dev built ## run all tests, in a real browser too
	$(BIN)/python -m tests.browser.find
	$(BIN)/python -m tests.deploy.find
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/dev built ## format, lint, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(MAKE) test

bench: .venv/dev built ## measure the dashboard against a plain page; prints a table
	$(BIN)/python -m bench

screens: .venv/dev built ## make the pictures of the README again
	$(BIN)/python -m tests.browser.screens

lock: .venv/dev ## write requirements.lock anew from requirements.txt, with the hash of every file
	@printf '%s\n' '# What requirements.txt needs, to the last byte. Made by `make lock`; installed by:' \
		'# pip install --require-hashes -r requirements.lock' > requirements.lock.new
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --output-file - requirements.txt >> requirements.lock.new
	mv requirements.lock.new requirements.lock

bill: .venv/dev ## write the software bill of materials (CycloneDX) to bench/out/materials.json
	@mkdir -p bench/out
	$(BIN)/python deploy/bill.py requirements.lock bench/out/materials.json

audit: .venv/run ## look the locked packages up among known vulnerabilities; asks a service in the net, so CI does not
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	$(BIN)/python -m pip_audit --require-hashes --disable-pip -r requirements.lock

format: .venv/dev ## put the code into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove what was made here
	rm -rf .venv data/built bench/out site

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt requirements-warehouse.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

built: .venv/run
	@$(BIN)/python -m measures build --if-stale || test $$? -eq 2  # 2: a faulty file is silent, the site runs
