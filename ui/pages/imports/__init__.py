"""Bringing a file in, from the file to the report."""
