PYTHON ?= python3

.PHONY: demo test test-all check bench fast build-fast slow

demo: ; @$(PYTHON) scripts/dev.py demo
test: ; @$(PYTHON) scripts/dev.py test
test-all: ; @$(PYTHON) scripts/dev.py test-all
check: ; @$(PYTHON) scripts/dev.py check
bench: ; @$(PYTHON) scripts/dev.py bench
fast: ; @$(PYTHON) scripts/dev.py fast
build-fast: ; @$(PYTHON) scripts/dev.py fast
slow: ; @$(PYTHON) scripts/dev.py fast --off
