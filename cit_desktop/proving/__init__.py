"""Certificates that prove themselves: keys, signed records, and what a check finds."""
