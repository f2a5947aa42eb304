"""Floor 2: which sentences belong together. Two articles become an alignment of beads."""
