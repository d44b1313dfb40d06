"""Measurements, run when asked for: pytest tests/benchmarks --benchmark-only -n 0."""
