"""One module a schema, in a straight line."""
