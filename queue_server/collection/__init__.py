"""Collection: who may have which item, on which proof, and the door that opens for them."""
