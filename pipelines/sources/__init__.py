"""A delivery → typed rows. Nothing is judged here; what breaks a contract becomes an issue."""
