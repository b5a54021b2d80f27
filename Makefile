PYTHON ?= python3

.PHONY: demo test check bench fast build-fast slow

demo: ; @$(PYTHON) scripts/dev.py demo
test: ; @$(PYTHON) scripts/dev.py test
check: ; @$(PYTHON) scripts/dev.py check
bench: ; @$(PYTHON) scripts/dev.py bench
fast: ; @$(PYTHON) scripts/dev.py fast
build-fast: ; @$(PYTHON) scripts/dev.py fast
slow: ; @$(PYTHON) scripts/dev.py fast --off
