"""The list of agencies and the pane of one."""
