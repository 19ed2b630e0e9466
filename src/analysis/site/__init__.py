"""The pages around the reports: `write_index`."""
