"""What the program can do, as plain functions on a session."""
