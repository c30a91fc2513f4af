"""Work of the window for the job thread: it gathers, draws and gives back what to show."""
