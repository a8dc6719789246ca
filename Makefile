PYTHON ?= python3
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help run test bench lock clean setup-run setup-test
.DEFAULT_GOAL := help

help:
	@echo "make run    set up, then run the whole system (PORT=8000)"
	@echo "make test   set up, then linters, types, import contracts and every test"
	@echo "make bench  measure speed as ratios; writes bench/RESULTS.md"
	@echo "make lock   pin the newest packages that fit"
	@echo "make clean  remove what set-up made; the data in .hotline stays"

setup-run setup-test:
	@$(PYTHON) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or later with venv is needed. On Debian and Ubuntu: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) build/bootstrap.py $(subst setup-,,$@)

run: setup-run
	@exec .venv/bin/hotline up

test: setup-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	.venv/bin/python -m pytest

bench: setup-test
	.venv/bin/python -m bench

lock: setup-test
	.venv/bin/python -m pip install -q uv
	for part in "" -dev -node; do \
	  .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" -q -o requirements$$part.txt requirements$$part.in || exit 1; done

clean:
	rm -rf .venv node_modules hotline/web/static/vendor .bootstrap.lock
