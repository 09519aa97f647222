"""Could a number, or a text, point at a person?"""
