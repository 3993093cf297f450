"""Stöd och insatser: keeping the register, reading a need out of plain words, finding what fits."""
