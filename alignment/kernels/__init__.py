"""The inner loops of the search, compiled: arrays in, arrays out. Import its modules late: they import numba."""
