"""Machine against people: agreement per code, per source and document kind, and the errors."""
