"""What every room of the server is served with: who comes in, routing, problems, feeds. It is to know no room."""
