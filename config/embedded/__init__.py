"""The parts of the embedded PostgreSQL; `config.embedded_postgres` is the door to them."""
