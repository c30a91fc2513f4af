"""Files in: read, find the table, map the columns, clean, plan, apply."""
