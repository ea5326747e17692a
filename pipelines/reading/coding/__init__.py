"""Passage → codes: relevance, instruments, themes, commitment, voice, figures and why."""
