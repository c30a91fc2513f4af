"""From the first start to open records: the welcome, files of records, backups, restoring."""
