"""A neutral document, its two writers (Word and PDF), and the reader of plain-text papers.

Nothing here knows Django or a database: everything is plain functions over dataclasses, so that
every half of the application can use it.
"""
