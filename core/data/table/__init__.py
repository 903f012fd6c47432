"""Tables from files: CSV, TSV and Parquet, read as a practitioner would by hand."""
