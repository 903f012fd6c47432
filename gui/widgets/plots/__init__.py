"""Pictures and curves that own the drawing rules of the project.

Only the curves are drawn by pyqtgraph, which takes long to import.
"""
