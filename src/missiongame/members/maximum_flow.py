"""From a network in whole numbers of any size to its minimum cut, by maximum flow (Dinic 1970).

Arcs are kept in pairs, an arc and its reverse, at positions 2k and 2k + 1. Each
phase labels nodes by their distance to the sink and then sends flow along
shortest paths until none is left.
"""

from __future__ import annotations

from collections import deque


class Network:
    """An undirected network of `n` nodes with supplies, and a source and a sink beside them."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.source, self.sink = n, n + 1
        self.heads: list[int] = []
        self.room: list[int] = []
        self.arcs: list[list[int]] = [[] for _ in range(n + 2)]

    def supply(self, node: int, amount: int) -> None:
        """Let the source give `amount` to the node, or the sink take −`amount` from it."""
        if amount > 0:
            self._arc(self.source, node, amount, 0)
        elif amount < 0:
            self._arc(node, self.sink, -amount, 0)

    def join(self, one: int, other: int, capacity: int) -> None:
        """Let flow pass between two nodes, either way."""
        self._arc(one, other, capacity, capacity)

    def _arc(self, tail: int, head: int, forth: int, back: int) -> None:
        for start, end, room in ((tail, head, forth), (head, tail, back)):
            self.arcs[start].append(len(self.heads))
            self.heads.append(end)
            self.room.append(room)

    def sink_side(self) -> list[bool]:
        """Return which nodes can still reach the sink when the flow is at its maximum."""
        while True:
            distance = self._distances()
            if distance[self.source] < 0:
                return [d >= 0 for d in distance[: self.n]]
            self._fill(distance)

    def _distances(self) -> list[int]:
        """Return every node's distance to the sink along arcs with room, −1 for none."""
        distance = [-1] * (self.n + 2)
        distance[self.sink] = 0
        queue = deque([self.sink])
        heads, room = self.heads, self.room
        while queue:
            node = queue.popleft()
            for arc in self.arcs[node]:
                before = heads[arc]
                if distance[before] < 0 and room[arc ^ 1]:
                    distance[before] = distance[node] + 1
                    queue.append(before)
        return distance

    def _fill(self, distance: list[int]) -> None:
        """Send flow along shortest paths until every one of them is full somewhere."""
        heads, room = self.heads, self.room
        tried = [0] * (self.n + 2)  # how many of a node's arcs lead nowhere any more
        while True:
            node, path = self.source, list[int]()
            while node != self.sink:
                arcs, k, nearer = self.arcs[node], tried[node], distance[node] - 1
                while k < len(arcs) and not (room[arcs[k]] and distance[heads[arcs[k]]] == nearer):
                    k += 1
                tried[node] = k
                if k < len(arcs):
                    path.append(arcs[k])
                    node = heads[arcs[k]]
                elif path:
                    node = heads[path.pop() ^ 1]
                    tried[node] += 1
                else:
                    return
            amount = min(room[arc] for arc in path)
            for arc in path:
                room[arc] -= amount
                room[arc ^ 1] += amount
