"""Floor 3: judge a translation. Beads and texts become scores, name findings, verdicts and reports."""
