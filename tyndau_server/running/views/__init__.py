"""What machines ask the server.

In: requests of programs that watch it. Out: JSON.
"""
