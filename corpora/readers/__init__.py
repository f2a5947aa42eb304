"""Article readers, one file format a module, registered in `corpora.readers.base`."""
