"""The bundled knowledge base: plain name files, one type of entity a file (their format: `eval.names.base.records`)."""
