"""The main window: menus, docks, bars, saved settings."""
