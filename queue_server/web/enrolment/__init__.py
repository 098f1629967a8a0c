"""The page on which managers add kiosks, boards and banks of lockers to their centre."""
