"""Whole documents translated: read into segments, translated as one batch, written back with their structure."""
