"""What Alembic runs around the migrations; the transaction is the one it is given."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
