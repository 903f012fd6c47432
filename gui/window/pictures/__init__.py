"""Pictures of panels for files and the clipboard: asked for, painted, written."""
