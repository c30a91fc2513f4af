"""Today: what waits to be done."""
