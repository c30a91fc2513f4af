"""Steps that bring an older file to the newest schema."""
