"""Letters to people whose certification is to be renewed."""
