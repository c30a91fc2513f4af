"""Likely duplicates, and making two people one."""
