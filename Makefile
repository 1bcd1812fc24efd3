# What you can ask for. Everything runs on Python 3.11 or newer with venv; nothing else must be installed.

PY := sh scripts/with_python
SHELL := /bin/sh
.PHONY: run manage reset-demo test test-faults bench pictures lint types format install requirements

run:             ## start everything, with the demo the first time (PORT, HOST)
	@$(PY) -m scripts.run

manage:          ## Django's command line for what runs (ARGS="first_admin")
	@$(PY) -m scripts.manage $(ARGS)

reset-demo:      ## ask, then delete what `make run` has stored and start over at the next run
	@$(PY) -m scripts.reset_demo

test:            ## the whole suite, without any server (ARGS="tests/core -q")
	@$(PY) -m scripts.run_tests $(ARGS)

test-faults:     ## kill workers, brokers and databases in full (ARGS="kill_smtp --number 500 --seed 7")
	@$(PY) -m scripts.install dev
	@.venv/bin/python -m tests.faults $(ARGS)

bench:           ## measure pages and saves into docs/benchmarks.md
	@$(PY) -m scripts.install dev
	@.venv/bin/python -m scripts.bench $(ARGS)

pictures:        ## take the front door's pictures of the demo into static/pictures (needs Chromium)
	@$(PY) -m scripts.install dev
	@.venv/bin/python -m scripts.pictures

lint: install    ## style of code and templates
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m djlint templates --lint --quiet

types: install   ## types
	.venv/bin/python -m mypy .

format: install  ## put code into shape; templates by hand: djlint would add spaces inside sentences and links
	.venv/bin/python -m ruff check --fix .
	.venv/bin/python -m ruff format .

install:         ## the virtual environment with everything for development, and the front end
	@$(PY) -m scripts.install dev

requirements: install  ## compile requirements*.in to pins with hashes
	for list in requirements requirements-build requirements-dev; do \
		.venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11.0 --generate-hashes \
			--no-strip-extras --no-emit-index-url --no-header $$list.in --output-file $$list.txt || exit 1; \
	done
