"""The window of CIT Desktop. Nothing outside this package imports Qt."""
