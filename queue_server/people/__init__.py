"""What is known of the people of a visit: notes, documents, seals; and who may see it."""
