"""What gui/runtime works around, shown without the workaround. See its README.md."""
