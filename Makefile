# Everything from Python >= 3.11, git and make: `make help` lists the targets.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
SEED ?= 0
NUMBER ?= 500
N ?= 20000
TO ?= data/synthetic
AS_ROOT := --allow-root --ip=0.0.0.0 --no-browser
BUILD := $(BIN)/pytask

.DEFAULT_GOAL := help
.PHONY: help report pdf data verify test lab notebooks docs bench synthetic mutants lock clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

report: $(READY)  ## Build the site: reports/index.html (ONLY=15_profil_provinsi-11 for one page)
	@$(BUILD) $(foreach edition,$(ONLY),--only '$(edition)') $(if $(CLUSTER),--cluster $(CLUSTER))
	@echo "Open $(if $(ONLY),$(foreach edition,$(ONLY),reports/$(edition).html),reports/index.html) in a browser."

pdf: report  ## Print every page to reports/pdf, with the Chromium of the system (PAGES="01_*")
	@$(BIN)/python -m analysis.site.printing $(foreach page,$(PAGES),'$(page)')

data: $(READY)  ## Check the raw tables and build data/processed
	@$(BUILD) -m data

verify: data  ## Build the site twice, under other circumstances, and compare every byte
	@$(BIN)/python -m analysis.pipeline.verify

test: data  ## Run every check: format, lint, types, imports, tests, notebooks
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest --nbval --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

lab: data  ## Open JupyterLab on the notebooks (OPTIONS="..." is passed on)
	@$(BIN)/jupyter lab --notebook-dir=notebooks $(OPTIONS) || { $(if $(findstring --allow-root,$(OPTIONS)),, \
	    test "$$(id -u)" -ne 0 || echo 'As root, in a container: make lab OPTIONS="$(AS_ROOT)"';) \
	    exit 1; }

notebooks: data  ## Run the notebooks in place, to refresh the outputs they are committed with
	@$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
	    --ExecutePreprocessor.record_timing=False notebooks/*.ipynb

docs: data  ## Write docs/measures.md, planner.md and individuals.md from the code
	@$(BIN)/python -m analysis.handbook
	@$(BIN)/python -m analysis.individuals page

bench: $(READY)  ## Measure speed against peers, as ratios
	@$(BIN)/python -m benchmarks.table

synthetic: data  ## Write people who do not exist (N=20000 SEED=0 TO=data/synthetic OPTIONS="--faults 0.02")
	@$(BIN)/python -m analysis.individuals.population $(TO) $(N) --seed $(SEED) $(OPTIONS)

mutants: data  ## Change the code at random and see whether the tests notice (SEED=0 NUMBER=500)
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --frozen --quiet --group mutants
	@$(BIN)/python -m benchmarks.mutants --seed $(SEED) --number $(NUMBER)

lock: $(READY)  ## Take the newest versions allowed into uv.lock and environment.yml
	@$(BIN)/uv lock --upgrade
	@$(MAKE) --no-print-directory environment.yml

environment.yml: uv.lock
	@{ sed '/- pip:$$/q' $@; echo "      - -e ."; \
	   $(BIN)/uv export --quiet --frozen --no-hashes --no-annotate --no-header --no-emit-project \
	   | sed 's/^/      - /'; } > $@.new && mv $@.new $@

clean:  ## Remove everything that was built, and the environment
	@rm -rf .venv .pytask pytask.lock pytask.lock.journal .mutants
	@git clean -dXfq data reports

$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "This project needs Python 3.11 or newer; run: make PYTHON=/path/to/python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --frozen --compile-bytecode --quiet
	@touch $@
