"""Custody: documents entrusted to the centre, from "handed in" to "in your hand"; who had each of them when."""
