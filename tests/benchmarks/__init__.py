"""Benchmarks: scripts that print a figure, a peer beside it, and how it grows. They are not tests."""
