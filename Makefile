# Everything a developer runs. Each target builds what it needs in .venv; `make help` lists them.
PYTHON ?= python3
PYTHONS ?= python3.12 python3.13
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test test-lowest test-pythons peers lint types types-bare docs images bench plots bench-watching fuzz fuzz-coverage mutation soak clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --quiet --editable . --group dev
	touch $@

.venv-lowest/.ready: pyproject.toml tests/support/lowest.py
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --quiet --upgrade 'pip>=25.1'
	.venv-lowest/bin/python tests/support/lowest.py pyproject.toml > .venv-lowest/constraints.txt
	.venv-lowest/bin/python -m pip install --quiet --quiet --editable . --group test --constraint .venv-lowest/constraints.txt
	touch $@

$(PYTHONS:%=.venv-%/.ready): .venv-%/.ready: pyproject.toml
	$* -m venv .venv-$*
	.venv-$*/bin/python -m pip install --quiet --quiet --upgrade 'pip>=25.1'
	.venv-$*/bin/python -m pip install --quiet --quiet --editable . --group test
	touch $@

.venv-peers/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --quiet --upgrade 'pip>=25.1'
	.venv-peers/bin/python -m pip install --quiet --quiet --editable . --group peers
	touch $@

.venv-bench/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --quiet --upgrade 'pip>=25.1'
	.venv-bench/bin/python -m pip install --quiet --quiet --editable . --group bench
	touch $@

.venv-bare/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-bare
	.venv-bare/bin/python -m pip install --quiet --quiet --upgrade 'pip>=25.1'
	.venv-bare/bin/python -m pip install --quiet --quiet --editable . --group types-bare
	touch $@

demo: $(VENV)/.ready ## get_job over HTTP against the embedded Braket, no AWS account
	$(BIN)/braket-jobs demo

test: $(VENV)/.ready ## all tests, with branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n 2 --dist loadfile
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

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

bench: .venv-bench/.ready ## measure, as ratios against named alternatives; JSON=1 for one JSON document
	@.venv-bench/bin/python -m benchmarks.run $(if $(JSON),--json)

plots: .venv-bench/.ready ## measure what more jobs, events and tags cost, and draw it for the documentation
	.venv-bench/bin/python -m benchmarks.scaling

bench-watching: $(VENV)/.ready ## a hundred jobs against the real quota, beside thread pools; 10 minutes
	$(BIN)/python -m benchmarks.watching

fuzz: $(VENV)/.ready ## 100 000 broken documents through botocore's parser and our conversion
	FUZZ_DOCUMENTS=100000 $(BIN)/pytest -q tests/property/test_broken_documents.py

fuzz-coverage: $(VENV)/.ready ## ten minutes of coverage-guided fuzzing of parser and conversion
	$(BIN)/python -m pip install --quiet --quiet --group fuzz
	$(BIN)/python tests/fuzz/coverage_guided.py

mutation: $(VENV)/.ready ## change the code of errors, retries and ARNs, and see which change no test notices
	$(BIN)/python -m pip install --quiet --quiet --group mutation
	$(BIN)/mutmut run
	$(BIN)/mutmut results

soak: $(VENV)/.ready ## ten minutes against a server that misbehaves at random; memory has to stay flat
	$(BIN)/python tests/soak/run.py

clean: ## remove what the targets have made
	rm -rf mutants $(VENV) .venv-* build dist docs/_build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
