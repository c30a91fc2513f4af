"""State rosters by profile."""
