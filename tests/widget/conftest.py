from __future__ import annotations

from typing import Any

import pytest

FUZHOU = {"code": "350100", "name": "福州市", "parent": "350000", "level": "prefecture"}


@pytest.fixture(scope="session")
def rulebook() -> dict[str, Any]:
    """As little as a form needs: places and groups."""
    return {
        "version": "1",
        "data_date": "2026-11-21",
        "hash": "sha256:" + "0" * 64,
        "places": [
            {"code": "350000", "name": "福建省", "parent": "CN", "level": "province"},
            FUZHOU,
            {"code": "350181", "name": "福清市", "parent": "350100", "level": "county"},
            {"code": "810000", "name": "香港特别行政区", "parent": "CN", "level": "province", "outside": True},
            {"code": "XPCC", "name": "新疆生产建设兵团", "parent": "CN", "level": "province"},
        ],
        "groups": [{"id": "newborn", "name": "新生儿", "explain": "刚出生的孩子"}],
        "rules": [],
        "documents": {},
        "channels": [],
        "claims": [],
    }
