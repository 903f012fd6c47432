"""The look of the window: colours, number formats, labels."""
