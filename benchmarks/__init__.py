"""Benchmarks: figures as ratios of one run, printed and never asserted. `make bench` runs them all."""
