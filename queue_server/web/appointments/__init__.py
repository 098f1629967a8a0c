"""The page on which reception and counters book appointments, find, move and cancel them; and who comes with one."""
