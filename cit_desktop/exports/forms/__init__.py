"""Blank forms as PDF, to be filled in on the screen or by hand."""

from cit_desktop.exports.forms.draw import draw_forms

__all__ = ["draw_forms"]
