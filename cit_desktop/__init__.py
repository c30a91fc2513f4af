"""The records of a CIT chapter: everything but the window."""

__version__ = "0.1.0"
