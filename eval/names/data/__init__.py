"""The bundled knowledge base: plain TSV files, one kind of entity a file."""
