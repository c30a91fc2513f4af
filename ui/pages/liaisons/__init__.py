"""The directory of liaisons, and the blank forms of the field."""
