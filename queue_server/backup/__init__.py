"""Backups: database, keys, certificates and settings in one file, sealed so that the server cannot read it back.

errors.py what can be wrong, recovery_key.py and sealing.py the seal (age, by the library pyrage), archive.py what is in
a file, copies.py and postgres_tools.py how a database is copied and filled, staging.py the folder for what is between;
making.py and restoring.py put it together.
"""
