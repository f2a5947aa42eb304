"""What can be wrong in one segment, one module a kind of error; `eval.adequacy` puts them together."""
