# Each target says what it does: make help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
READY := $(VENV)/.ready

.PHONY: help demo test test-browser test-peers test-peers-all style check check-all format lock clean messages

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ —/'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## the main job on the worked example, in build/demo
	$(BIN)/proclusters demo

test: $(READY) ## the tests; with CI=true also those in a browser and an office suite
	$(BIN)/python -m pytest -n auto --dist loadfile

test-browser: $(READY) ## what a person clicks, in Chromium
	$(BIN)/python -m pytest -m browser

test-peers: $(READY) ## nbgrader's and papermill's own tests, with cold and with warm kernels; minutes
	$(BIN)/python -m tests.peers

test-peers-all: $(READY) ## the same with nbgrader's own tests of its commands, half an hour
	$(BIN)/python -m tests.peers all

style: $(READY) ## format and types
	$(BIN)/ruff format --check . || { echo 'исправить: make format'; exit 1; }
	$(BIN)/ruff check . || { echo 'исправить: make format'; exit 1; }
	$(BIN)/mypy || { echo 'повторить: $(BIN)/mypy'; exit 1; }

check: style ## format, types, course content, stale copies
	$(BIN)/proclusters check || { echo 'повторить: $(BIN)/proclusters check'; exit 1; }

check-all: check test ## everything, the long checks too
	CI=true $(BIN)/python -m pytest -n auto --dist loadfile -m "long or browser or office"
	$(BIN)/python -m benchmarks

format: $(READY) ## put the code into shape
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

lock: $(READY) ## pin the newest versions that pyproject.toml allows
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --extra test pyproject.toml \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements.lock

clean: ## remove what was made here; people's work stays
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

messages: $(READY) ## compile the translations of the command
	$(BIN)/pybabel --quiet compile --domain messages --directory course/locale
