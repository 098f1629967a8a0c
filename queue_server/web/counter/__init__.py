"""The page of a counter: ``page`` says what it shows, ``presenter`` makes it of a day, ``show`` sends it."""
