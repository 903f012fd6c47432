"""Points on a line or in the plane, of classes or with real-valued targets."""
