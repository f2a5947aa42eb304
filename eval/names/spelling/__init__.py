"""How a name is written and heard: slips of the pen, sounds, scripts, and what it costs to turn one into another."""
