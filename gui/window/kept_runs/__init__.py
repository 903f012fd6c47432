"""The run in the window is written now and then, in case the program ends badly.

Files belong to the program that holds their lock. What a dead one has left gets a name
of its own, stands among the recent files, and is offered when the window opens.
"""
