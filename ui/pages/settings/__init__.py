"""Settings of the chapter and of the program."""
