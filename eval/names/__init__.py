"""Find corrupted names by evidence, and put them right."""
