"""The descriptor as the checking library may see it.

In:  a Dataset.
Out: a descriptor of its own making.
"""

from __future__ import annotations

from typing import Any

from portal.model import Dataset


def clean_descriptor(dataset: Dataset) -> dict[str, Any]:
    return dict(dataset.descriptor)
