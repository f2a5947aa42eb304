"""Bundled sample articles and sentence triples, written for the demo and the tests."""
