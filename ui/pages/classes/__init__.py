"""The list of classes and the page of one class."""
