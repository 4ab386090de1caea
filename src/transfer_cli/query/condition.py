"""A condition on rows as a tree; placeholder until the query package lands."""

from typing import Any

Condition = Any
EVERY_ROW: Condition = None
