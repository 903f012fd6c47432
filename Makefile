# Two commands for everybody: `make run` and `make test`. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check format bench lock clean

run: $(VENV)/run.ready
	@$(BIN)/python -m gui $(ARGS)

test: check
	@sh tests/run_tests.sh $(BIN)/python

check: $(VENV)/test.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Glassbox needs Python 3.11 or newer; try: make PYTHON=python3.12 $@'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.ready: requirements/run.txt | $(VENV)/pyvenv.cfg
	@echo 'Setting up (once): downloading Qt and JAX, about 350 MB ...'
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/test.ready: requirements/test.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@ $(VENV)/run.ready

# Renews the pinned versions; needs the uv tool.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --python-version 3.11 --group dev pyproject.toml -o requirements/test.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --python-version 3.11 -c requirements/test.txt pyproject.toml -o requirements/run.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
