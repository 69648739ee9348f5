"""The world: files, the output folder, and the one function in which the steps stand in order."""
