"""The rules that judge a name by what stands around it, and the scene that they read."""
