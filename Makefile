# Everything a developer runs. Each target builds what it needs in .venv; `make help` lists them.
PYTHON ?= python3
PYTHONS ?= python3.12 python3.13
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test test-lowest test-pythons peers lint types types-bare docs images architecture bench plots bench-watching fuzz fuzz-coverage mutation soak clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

# $(1): the folder, $(2): the Python, $(3): what to install beside the project
define build-venv
	@echo "Building $(1), a virtual environment with this project and $(3): takes a minute or two, once."
	@$(2) -m venv $(1)
	@$(1)/bin/python -m pip install --quiet --quiet --upgrade 'pip>=25.1'
	@$(1)/bin/python -m pip install --quiet --quiet --editable . $(3)
	@touch $@
endef

$(VENV)/.ready: pyproject.toml
	$(call build-venv,$(VENV),$(PYTHON),--group dev)

.venv-lowest/.ready: pyproject.toml tests/support/lowest.py
	@mkdir -p .venv-lowest
	@$(PYTHON) tests/support/lowest.py pyproject.toml > .venv-lowest/constraints.txt
	$(call build-venv,.venv-lowest,$(PYTHON),--group test --constraint .venv-lowest/constraints.txt)

$(PYTHONS:%=.venv-%/.ready): .venv-%/.ready: pyproject.toml
	$(call build-venv,.venv-$*,$*,--group test)

.venv-peers/.ready .venv-bench/.ready: .venv-%/.ready: pyproject.toml
	$(call build-venv,.venv-$*,$(PYTHON),--group $*)

.venv-bare/.ready: pyproject.toml
	$(call build-venv,.venv-bare,$(PYTHON),--group types-bare)

demo: $(VENV)/.ready ## get_job over HTTP against the embedded Braket, no AWS account
	$(BIN)/braket-jobs demo

test: $(VENV)/.ready ## all tests, with branch coverage; T=tests/unit/test_arn.py for some of them
ifdef T
	$(BIN)/python -m pytest -q $(T)
else
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n 2 --dist loadfile
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
endif

test-lowest: .venv-lowest/.ready ## the tests with the lowest allowed version of every dependency
	.venv-lowest/bin/python -m pytest -q -n 2 --dist loadfile

test-pythons: $(PYTHONS:%=test-%) ## the tests with the other Pythons

$(PYTHONS:%=test-%): test-%: .venv-%/.ready
	.venv-$*/bin/python -m pytest -q -n 2 --dist loadfile

peers: .venv-peers/.ready ## the AWS CLI and amazon-braket-sdk against the embedded Braket
	.venv-peers/bin/python -m pytest -q tests/peers

lint: $(VENV)/.ready ## ruff: rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.ready ## mypy and pyright, both strict, and the completeness of our types
	$(BIN)/mypy
	$(BIN)/pyright
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pyright --verifytypes braket_jobs --ignoreexternal

types-bare: .venv-bare/.ready ## the completeness of our types where nobody has installed stubs for boto3 and botocore
	PATH="$(CURDIR)/.venv-bare/bin:$$PATH" .venv-bare/bin/pyright --verifytypes braket_jobs --ignoreexternal

docs: $(VENV)/.ready ## build the documentation; a warning is an error
	$(BIN)/sphinx-build -q -n -W -b html docs docs/_build/html

images: $(VENV)/.ready ## draw the documentation's pictures anew; the cards need Chromium
	$(BIN)/python docs/make_images.py

architecture: $(VENV)/.ready ## draw the picture of the rooms in docs/architecture.md anew
	$(BIN)/python docs/make_architecture.py

bench: .venv-bench/.ready ## measure, as ratios against named alternatives; JSON=1 for one JSON document
	@.venv-bench/bin/python -m benchmarks.run $(if $(JSON),--json)

plots: .venv-bench/.ready ## measure what more jobs, events and tags cost, and draw it for the documentation
	.venv-bench/bin/python -m benchmarks.scaling

bench-watching: $(VENV)/.ready ## a hundred jobs against the real quota, beside thread pools; 10 minutes
	$(BIN)/python -m benchmarks.watching

fuzz: $(VENV)/.ready ## 100 000 broken documents through botocore's parser and our conversion
	FUZZ_DOCUMENTS=100000 $(BIN)/pytest -q tests/property/test_broken_documents.py

fuzz-coverage: $(VENV)/.ready ## ten minutes of coverage-guided fuzzing of parser and conversion
	@echo "Installing the group 'fuzz' into $(VENV)."
	@$(BIN)/python -m pip install --quiet --quiet --group fuzz
	$(BIN)/python tests/fuzz/coverage_guided.py

mutation: $(VENV)/.ready ## change the code of errors, retries and ARNs, and see which change no test notices
	@echo "Installing the group 'mutation' into $(VENV)."
	@$(BIN)/python -m pip install --quiet --quiet --group mutation
	$(BIN)/mutmut run
	$(BIN)/mutmut results

soak: $(VENV)/.ready ## ten minutes against a server that misbehaves at random; memory has to stay flat
	$(BIN)/python tests/soak/run.py

clean: ## remove what the targets have made
	rm -rf mutants $(VENV) .venv-* build dist docs/_build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
