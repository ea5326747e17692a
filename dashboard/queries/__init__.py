"""SQL lives here: named functions (connection, filters) to frame, with values bound."""
