# Each target is one command of the project, after the set-up it needs.
# Another Python than python3: make demo PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check
PACKAGE := $(INSTALL) --no-deps --no-build-isolation -e .
PIN := uv pip compile -q pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --extra build

.PHONY: demo test lint check-long proofs bench data docs golden lock clean

demo: .venv/ready
	$(BIN)/partnerships demo

test: .venv/ready-dev
	$(BIN)/pytest -m "not long" -n 2 --dist loadfile

lint: .venv/ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check-long: .venv/ready-dev
	$(BIN)/pytest -m long -n 2 --dist loadfile

proofs: .venv/ready-dev
	$(BIN)/pytest -m long tests/test_speed.py
	$(BIN)/python tests/incentives_tables.py 1 100
	$(BIN)/python tests/hostile_tables.py
	$(BIN)/python tests/run/kills.py 50
	$(BIN)/python tests/run/lab_rounds.py 10
	$(BIN)/python tests/run/office_rounds.py

# BASE=folder of another checkout compares with it
bench: .venv/ready-dev
	$(BIN)/python tests/bench.py $(if $(BASE),--base $(BASE))

data: .venv/ready
	$(BIN)/python data/sources/build_workbooks.py

docs: .venv/ready
	$(BIN)/python docs/build_docs.py

golden: .venv/ready
	$(BIN)/python tests/golden_tables.py

lock:
	$(PIN) -o requirements.lock
	$(PIN) --extra dev -c requirements.lock -o requirements-dev.lock

clean:
	find outputs -mindepth 1 -not -name README.md -delete
	rm -rf .venv build partnerships.egg-info .pytest_cache .ruff_cache .hypothesis

.venv/bin/pip:
	@$(PYTHON) -c "$$CHECK_PYTHON"
	$(PYTHON) -m venv .venv

.venv/ready: requirements.lock pyproject.toml | .venv/bin/pip
	$(INSTALL) --require-hashes -r requirements.lock
	$(PACKAGE)
	@touch $@

.venv/ready-dev: requirements-dev.lock pyproject.toml | .venv/bin/pip
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(PACKAGE)
	@touch .venv/ready $@

define CHECK_PYTHON
import sys
if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit("Python 3.11, 3.12 or 3.13 is needed. Name one: make demo PYTHON=python3.12")
endef
export CHECK_PYTHON
