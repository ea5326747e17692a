"""A document → pages → passages → codes, each with the words that decided."""
