"""Blank forms as PDF, to be filled in on the screen or by hand."""
