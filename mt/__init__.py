"""Floor 4: translate, and run the whole job. Holds the engines, the pipeline and the command line."""
