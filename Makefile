# ShopGuide in one command each. PORT, HOST, DATA_DIR, PYTHON and TORCH_INDEX_URL may be given.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test test-all check types form format bench lock clean
MAKEFLAGS += --no-print-directory

# The first Python of at least 3.11: the one named, that of .venv, or one of the usual names.
# torch has a build for these versions only.
CANDIDATES := $(PYTHON) .venv/bin/python python3.11 python3 python3.12 python3.13 python3.14 python
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
FOUND := $(shell for p in $(CANDIDATES); do "$$p" -c '$(FITS)' 2>/dev/null && echo "$$p" && break; done)
SETUP := $(FOUND) -m shopguide.embedded.setting_up
BIN := .venv/bin

export PORT HOST DATA_DIR TORCH_INDEX_URL
# Set in many containers. Packages come uncompiled: without their bytecode kept, each of a dozen
# processes would compile a thousand files again (8.8 s of processor time each, with it 3.2).
unexport PYTHONDONTWRITEBYTECODE

ifeq ($(FOUND),)
define NO_PYTHON
ShopGuide needs Python 3.11 or newer (up to 3.14); python3 here is $(shell python3 --version 2>&1 | head -n 1).
Remedy: sudo apt-get install -y python3.11 python3.11-venv   (Debian 12, Ubuntu: python3.12 python3.12-venv)
        sudo dnf install -y python3.11                       (Fedora, RHEL)
        brew install python@3.11                             (macOS)
        then try again, or name one: make demo PYTHON=/path/to/python3.11
endef
endif

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

demo: python ## everything, then the product on http://localhost:8000 (PORT=, HOST=, DATA_DIR=)
	@exec $(SETUP) demo

test: python ## all set-up, then the test suite (ARGS= goes to pytest)
	@exec $(SETUP) test $(ARGS)

test-all: python ## the suite with every count at its full figure
	@SHOPGUIDE_FULL=1 exec $(SETUP) test $(ARGS)

check: packages ## lint, types, import contracts, templates, migrations
	@$(MAKE) -j2 -k --output-sync=target types form

types:
	$(BIN)/mypy

form:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --check --lint templates
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

format: packages ## let the formatters mend what they can
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	$(BIN)/djlint --quiet --reformat templates || true

bench: packages ## the measurements of bench/, peers in the same run (ONLY=search runs one)
	@exec $(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) $(ARGS)

# No index, mirror or constraint of this machine may leak into the lock files: pip is asked with
# its configuration files and variables put aside. torch has no hashes (requirements/torch.txt).
COMPILE := env -u PIP_FIND_LINKS -u PIP_CONSTRAINT -u PIP_EXTRA_INDEX_URL -u PIP_INDEX_URL \
	PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet \
	--generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(ARGS)

lock: packages ## compile requirements/*.in to hashed lock files (ARGS=--upgrade to renew)
	$(COMPILE) --output-file requirements/base.txt requirements/base.in
	$(COMPILE) --constraint requirements/base.txt --output-file requirements/dev.txt requirements/dev.in
	$(COMPILE) --constraint requirements/base.txt --output-file requirements/production.txt requirements/production.in
	@if grep -nEi '^(torch|nvidia|triton)[a-z0-9-]*==' requirements/*.txt | grep -v "/torch.txt:"; then \
		echo "torch must stay out of the hashed lock: remove what brings it in."; exit 1; fi

clean: ## remove .venv and caches; the data directory stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: python packages
python:
	$(if $(FOUND),@:,$(info $(NO_PYTHON))@exit 1)

packages: python
	@$(SETUP) dev
