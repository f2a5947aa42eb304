"""What is known about names: records in files, the index that finds them in a text, the user's own layer."""
