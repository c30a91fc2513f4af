"""The interface font we bring along for systems that have none, such as a bare container."""

from __future__ import annotations

from importlib import resources

_PACKAGE = "fontpkg_fira_sans"
_FILES = ("FiraSans-Regular.ttf", "FiraSans-Medium.ttf", "FiraSans-Bold.ttf")


def bundled() -> list[str]:
    """The font files, as paths."""
    folder = resources.files(_PACKAGE) / "files"
    return [str(folder / name) for name in _FILES]
