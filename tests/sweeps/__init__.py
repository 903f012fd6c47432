"""Programs that try many states of the window; the tests run a part of each."""
