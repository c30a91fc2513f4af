"""Documents out: files, PDFs and workbooks drawn from frozen values, never from the database."""
