"""Signing in: passwords, second factors, the identity provider, and how long a session lives."""
