"""Performance claims, as ratios in one run: `make bench` runs all, `python -m benchmarks roster` one."""
