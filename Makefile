# make run    opens the program          make test   lint, types, contracts and all tests
# make check  the same without tests     make bench  measured ratios
# make shots  pictures of every page and dialog, in build/shots
# make manual docs/manual with its pictures, and build/手册.pdf of it
# make build  freezes the program into dist/jixiao, weighs it and tries it          make deb  a package of it for Debian
# make faults tries kill -9, power cuts, damage, full and failing disks
# make fuzz   reads 5,000 mutated files: no crash, no hang, no more than 300 MB
# make soak   5,000 random acts of a user at the window: nothing may fail or grow
# A second run of each installs nothing again. PYTHON=... chooses the interpreter for .venv.

.PHONY: run test setup check coverage bench faults fuzz soak shots manual build deb icons lock clean
.DEFAULT_GOAL := run

BIN := .venv/bin
OFFSCREEN := QT_QPA_PLATFORM=offscreen
TYPED := $(wildcard app tests benchmarks scripts)

run:
	@sh scripts/setup.sh requirements.lock
	@$(BIN)/python scripts/system_libraries.py
	@sh scripts/run.sh

setup:
	@sh scripts/setup.sh requirements-dev.lock
	@$(BIN)/python scripts/system_libraries.py

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(TYPED)
	@$(BIN)/lint-imports --no-logo

test: check
	@sh scripts/optional.sh pdftotext poppler-utils
	@sh scripts/optional.sh gcc build-essential
	$(OFFSCREEN) $(BIN)/python -m pytest -n auto --dist loadfile

coverage: setup
	$(OFFSCREEN) $(BIN)/python -m pytest --cov

bench: setup
	@sh scripts/optional.sh soffice libreoffice-calc-nogui
	$(OFFSCREEN) $(BIN)/python -m benchmarks

faults: setup
	@sh scripts/optional.sh gcc build-essential
	@$(BIN)/python -m benchmarks.faults

soak: setup
	@$(BIN)/python -m benchmarks.soak

shots: setup
	@$(BIN)/python -m scripts.shots

manual: setup
	@$(BIN)/python -m scripts.manual

fuzz: setup
	@$(BIN)/python -m benchmarks.fuzzing

build:
	@sh scripts/setup.sh requirements-build.lock
	@$(BIN)/python scripts/system_libraries.py
	@$(BIN)/python -m scripts.shipping.freeze
	@$(BIN)/python -m scripts.shipping.licences
	@$(BIN)/python -m scripts.shipping.weigh
	@$(BIN)/python -m scripts.shipping.try_program

# Of what `make build` made last.
deb:
	@$(BIN)/python -m scripts.shipping.deb
	@sh scripts/shipping/try_deb.sh

icons:
	@$(BIN)/python -m scripts.shipping.icons

lock:
	sh scripts/lock.sh

clean:
	rm -rf build dist htmlcov .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
