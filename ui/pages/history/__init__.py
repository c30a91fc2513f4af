"""Everything that was ever changed."""
