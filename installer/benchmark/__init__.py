"""What the server can do, beside what this machine can do without it.

Absolute figures differ from machine to machine; a ratio to a reference of the same run tells whether the server has
become slower. Each ratio has a goal, and a floor that fails the run: four fifths of what was measured last.
"""
