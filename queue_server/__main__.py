"""``python -m queue_server`` is ``queue-server``."""

from queue_server.cli import app

if __name__ == "__main__":
    app(prog_name="queue-server")
