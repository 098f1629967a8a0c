"""Pages of information: for everybody, on any phone and on paper, and the page on which managers write them."""
