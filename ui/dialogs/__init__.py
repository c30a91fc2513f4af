"""Dialogs: each collects input and says what was chosen; none sees the database."""
