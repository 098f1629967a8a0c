"""``python -m queue_server`` is ``queue-server``."""

from queue_server.program import main

if __name__ == "__main__":
    main()
