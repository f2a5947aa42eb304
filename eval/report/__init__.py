"""What a check found, as HTML, terminal text, JSON, Markdown and CSV."""
