"""Rows → facts: plans, stages, documents, passages and the planning objects they add up to."""
