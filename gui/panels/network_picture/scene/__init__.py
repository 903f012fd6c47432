"""What the network picture shows and where it stands."""
