"""The design of the chapter's certificates."""
