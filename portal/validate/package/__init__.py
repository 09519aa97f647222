"""The data package: what its descriptor says of it, and whether a checking library may see it."""
