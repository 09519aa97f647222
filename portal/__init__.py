"""A static site generator for open data whose every number can be followed back to the page it was printed on."""
