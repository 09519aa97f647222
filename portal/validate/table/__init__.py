"""The cells of a table: what they hold against what the schema says, their keys, and the series they make."""
