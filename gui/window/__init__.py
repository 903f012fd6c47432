"""What belongs to the main window alone: menus, docks, bars, remembered settings."""
