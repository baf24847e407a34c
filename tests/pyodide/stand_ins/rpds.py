"""A slow stand-in for `rpds`, whose compiled code Pyodide does not have: as much as `referencing` needs of it, no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


class HashTrieMap(Mapping[Any, Any]):
    """A mapping that is copied when it grows."""

    def __init__(self, items: Any = (), **more: Any) -> None:
        self._items = dict(items, **more)

    @classmethod
    def convert(cls, value: Any) -> HashTrieMap:
        return value if isinstance(value, cls) else cls(value)

    def __getitem__(self, key: Any) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def insert(self, key: Any, value: Any) -> HashTrieMap:
        return HashTrieMap({**self._items, key: value})

    def update(self, *maps: Any, **more: Any) -> HashTrieMap:
        found = dict(self._items)
        for one in maps:
            found.update(one)
        return HashTrieMap(found, **more)

    def remove(self, key: Any) -> HashTrieMap:
        return HashTrieMap({name: value for name, value in self._items.items() if name != key})


class HashTrieSet(frozenset[Any]):
    """A set that is copied when it grows."""

    def insert(self, value: Any) -> HashTrieSet:
        return HashTrieSet(self | {value})

    def update(self, *others: Iterable[Any]) -> HashTrieSet:
        return HashTrieSet(self.union(*others))


class List(tuple[Any, ...]):
    """A list that is copied when something is put in front."""

    def __new__(cls, *items: Any) -> List:
        return super().__new__(cls, items[0] if len(items) == 1 and isinstance(items[0], Iterable) else items)

    def push_front(self, item: Any) -> List:
        return List((item, *self))
