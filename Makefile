# Two commands for everybody: `make run` and `make test`. Both set up .venv by themselves.
# A Python that fits is found; PYTHON=… names one. VENV=… keeps several apart.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-header --python-version 3.11
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test test-peers test-pictures test-long check format lock clean

run: $(VENV)/run.ready
	@$(BIN)/python -m gui $(ARGS)

test: check
	@sh tests/run_tests.sh $(BIN)/python

# What PyTorch and scikit-learn say of the same numbers.
test-peers: $(VENV)/peers.ready
	@$(BIN)/python -m pytest -q -m peers tests/core

# The rest of what `make test` tries in part: every lesson, every size, every optimiser.
test-long: $(VENV)/test.ready
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -m long -n 3 --dist worksteal tests

# The window against the pictures of the documents, two minutes of drawing.
test-pictures: $(VENV)/test.ready
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -m pictures tests/pictures

check: $(VENV)/test.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/pyvenv.cfg:
	@python=$$(sh requirements/choose_python.sh $(PYTHON)) \
	  && echo "Making $(VENV) with $$python" && $$python -m venv $(VENV)

$(VENV)/run.ready: requirements/run.txt | $(VENV)/pyvenv.cfg
	@echo 'Setting up (once): downloading Qt and JAX, about 350 MB ...'
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/test.ready: requirements/test.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@ $(VENV)/run.ready

$(VENV)/peers.ready: requirements/peers.txt $(VENV)/test.ready
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/peers.txt \
	  && $(BIN)/python -c 'import torch' 2>/dev/null \
	  || { echo 'PyTorch for CPUs cannot be had for this Python here; on Linux try Python 3.11:'; \
	       echo '  make PYTHON=python3.11 VENV=.venv-peers test-peers'; exit 1; }
	@touch $@

# Renews the pinned versions; needs the uv tool, and PyTorch for CPUs where pip finds it.
lock: export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
lock:
	$(LOCK) --group dev pyproject.toml -o requirements/test.txt
	$(LOCK) -c requirements/test.txt pyproject.toml -o requirements/run.txt
	$(LOCK) -c requirements/test.txt --group peers -o requirements/peers.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
