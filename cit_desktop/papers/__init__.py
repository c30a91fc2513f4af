"""Papers, from the records onto paper: what the window and the commands print."""
