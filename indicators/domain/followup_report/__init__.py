"""The follow-up as a report: its draft, its chapters, its fixed versions and their differences.

snapshot.py: what a version holds. codec.py: a version as canonical JSON, and back. drafting/: the
sentences that Samlad writes. draft.py: a report that is being written. writing.py: the commands.
fixing.py: a version is fixed, and decided on. comparing.py: two versions, cell by cell.
"""
