"""The pages of the documents behind the figures: one document page, with a passage marked."""
