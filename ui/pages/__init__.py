"""The pages of the window, one module a page; imported once the core is loaded."""
