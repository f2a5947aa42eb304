"""Floor 1: texts in, datasets out. Files become articles and sentences; text pairs become TMX, XLIFF and datasets."""
