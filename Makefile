# Two commands are all a newcomer needs: `make console` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TEST_READY := $(VENV)/.test-ready
SYNAPSE_READY := .venv-synapse/.ready

.PHONY: console run test check bench fmt messages docs pictures clean help

help:  ## Show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Refdesk needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(TEST_READY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

# A homeserver for the end-to-end tests; they are skipped, with the reason, where it cannot be installed.
$(SYNAPSE_READY): scripts/synapse.py $(TEST_READY)
	-$(BIN)/python scripts/synapse.py && touch $@

console: $(READY)  ## Open the bot in this terminal, on demo data (ARGS=--empty: without)
	@$(BIN)/refdesk console $(ARGS)

run: $(READY)  ## Run the bot on the platforms that .env names
	$(BIN)/refdesk run

test: $(TEST_READY) $(SYNAPSE_READY) check  ## Check and test everything
	$(BIN)/pytest -n 2 -q

check: $(TEST_READY)  ## Check style, types and import rules
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TEST_READY)  ## Measure speed and memory as ratios to the bare libraries
	$(BIN)/python -m benchmarks

fmt: $(TEST_READY)  ## Format and tidy
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --fix --quiet .

messages: $(TEST_READY)  ## Collect texts for translators
	$(BIN)/python scripts/messages.py

docs: $(TEST_READY)  ## Write anew what is generated: commands, .env.example, the starter FAQ's vectors
	$(BIN)/python scripts/env_example.py
	$(BIN)/python scripts/commands.py
	$(BIN)/python scripts/permissions.py
	$(BIN)/python scripts/starter_vectors.py

pictures: $(TEST_READY)  ## Draw the pictures of the README anew
	$(BIN)/python scripts/pictures.py
	$(BIN)/python scripts/pictures_matrix.py
	-$(BIN)/python scripts/pictures_discord.py

clean:  ## Remove what make has made
	rm -rf $(VENV) .venv-synapse tests/e2e/peer/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
