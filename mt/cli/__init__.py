"""The command line: one command a module; `app` wires them."""
