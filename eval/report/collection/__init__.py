"""The index of many checked articles, in every format."""
