"""The demo model: a sublanguage of business news, the Marian trained on it, and how it is made."""
