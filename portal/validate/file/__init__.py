"""Is the file a table at all: its bytes, its rows, its header and nothing round them?"""
