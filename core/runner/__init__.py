"""The background thread that trains: commands in, snapshots and events out."""
