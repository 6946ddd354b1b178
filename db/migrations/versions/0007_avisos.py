"""avisos: días antes de un plazo en que algo ya pide atención, por municipio"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("municipio", schema=None) as batch_op:
        batch_op.add_column(sa.Column("aviso_plazo_dias", sa.Integer(), nullable=False, server_default="15"))


def downgrade() -> None:
    with op.batch_alter_table("municipio", schema=None) as batch_op:
        batch_op.drop_column("aviso_plazo_dias")
