"""Formats that hold pairs of texts (TMX, XLIFF, Moses ...), one a module."""
