"""The API: what other systems may read, as shapes, operations, and the document that tells of them.

One table (`operations.py`) is what the addresses, the answers and the OpenAPI document are made
from. Reading only; a key sees what everyone who is signed in sees, protected for others.
"""
