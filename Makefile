PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11

.PHONY: help run test bench lock clean setup-run setup-test
.DEFAULT_GOAL := help

help:
	@echo "make run    set up, then run the whole system (PORT=8000)"
	@echo "make test   set up, then linters, types, import contracts and every test"
	@echo "make bench  measure speed as ratios; writes bench/RESULTS.md"
	@echo "make lock   pin the newest packages that fit"
	@echo "make clean  remove what set-up made; the data in .hotline stays"

setup-run setup-test:
	@for python in $(PYTHON); do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec $$python build/bootstrap.py $(subst setup-,,$@); fi; done; \
	echo "Python 3.11 or later with venv is needed. On Debian and Ubuntu: apt install python3 python3-venv"; exit 1

run: setup-run
	@exec .venv/bin/hotline up

test: setup-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	@.venv/bin/mypy . & types=$$!; .venv/bin/python -m pytest -n logical --dist worksteal $(TESTS); tests=$$?; wait $$types && exit $$tests

bench: setup-test
	.venv/bin/python -m bench

lock: setup-test
	.venv/bin/python -m pip install -q uv
	for part in "" -dev -node; do \
	  .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" -q -o requirements$$part.txt requirements$$part.in || exit 1; done

clean:
	rm -rf .venv node_modules hotline/web/static/vendor .bootstrap.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find build config hotline ivr_flows tests workers -name __pycache__ -prune -exec rm -rf {} +
