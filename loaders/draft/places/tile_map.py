"""Lays the areas out in a tile map so that neighbours on the ground are neighbours there; a person may better it."""

from __future__ import annotations

import math

import numpy as np

Tile = tuple[int, int]
TRIED = 4
REACH = 3  # tiles in each direction
FAR_OFF = 4  # per cent of the areas at each edge: islands and exclaves must not press all others together
A_TILE_FURTHER = 0.25  # of a pair that is kept, for each tile between two neighbours
MOST_BETTERED = 80  # areas: above, the first layout stands


def tiles(points: dict[str, tuple[float, float]], touching: list[tuple[str, str]]) -> dict[str, Tile]:
    """``points``: latitude and longitude of each area; ``touching``: pairs that share a border. North is at the top.

    Grids of several shapes are tried, each area near to where it lies, and once with those far off drawn in; the few
    that keep most pairs are bettered by exchanging tiles.
    """
    if not points:
        return {}
    side = math.ceil(math.sqrt(len(points)))
    shapes = [
        (tall, wide)
        for tall in range(max(side - 1, 1), side + 3)
        for wide in range(max(side - 1, 1), side + 3)
        if tall * wide >= len(points)
    ]
    shapes.sort(key=lambda shape: _unlike(points, *shape))
    layouts = [
        sorted((_nearest(ground, *shape) for shape in shapes), key=lambda layout: -neighbours_kept(layout, touching))
        for ground in ([points] if len(points) > MOST_BETTERED else [points, _drawn_in(points)])
    ]
    if len(layouts) == 1:
        return layouts[0][0]
    return max(
        (_bettered(layout, touching) for ground in layouts for layout in ground[:TRIED]),
        key=lambda layout: neighbours_kept(layout, touching),
    )


def _drawn_in(points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The same with the areas that lie far off moved to the edge of the others."""
    places = np.array(list(points.values()))
    edges = np.percentile(places, [FAR_OFF, 100 - FAR_OFF], axis=0)
    return dict(zip(points, map(tuple, np.clip(places, *edges)), strict=True))


def _unlike(points: dict[str, tuple[float, float]], tall: int, wide: int) -> float:
    """How far the shape of a grid is from that of the ground; of two grids as good, the one more alike is taken."""
    high, broad = np.ptp(np.array(list(points.values())), axis=0) + 1e-6
    broad *= math.cos(math.radians(next(iter(points.values()))[0]))
    return abs(math.log(tall / wide) - math.log(high / broad))


def neighbours_kept(layout: dict[str, Tile], touching: list[tuple[str, str]]) -> int:
    """How many of the pairs touch in the tile map, at a side or a corner."""
    return sum(max(abs(layout[first][axis] - layout[other][axis]) for axis in (0, 1)) == 1 for first, other in touching)


def _standing(layout: dict[str, Tile], touching: list[tuple[str, str]]) -> float:
    """The pairs that are kept, less something for each tile between the others, so that these draw near."""
    apart = [max(abs(layout[first][axis] - layout[other][axis]) for axis in (0, 1)) for first, other in touching]
    return apart.count(1) - A_TILE_FURTHER * sum(distance - 1 for distance in apart)


def _nearest(points: dict[str, tuple[float, float]], tall: int, wide: int) -> dict[str, Tile]:
    """The tiles of a grid given out so that all areas together lie as near as can be to where they are."""
    from scipy.optimize import linear_sum_assignment

    places = np.array(list(points.values()))
    span = np.ptp(places, axis=0)
    span[span == 0] = 1
    wanted = (places - places.min(axis=0)) / span * (tall - 1, wide - 1)
    wanted[:, 0] = tall - 1 - wanted[:, 0]
    grid = np.array([(row, column) for row in range(tall) for column in range(wide)])
    _, taken = linear_sum_assignment(((grid[None] - wanted[:, None]) ** 2).sum(axis=2))
    return {name: (int(grid[number][0]), int(grid[number][1])) for name, number in zip(points, taken, strict=True)}


def _bettered(layout: dict[str, Tile], touching: list[tuple[str, str]]) -> dict[str, Tile]:
    """Exchange two tiles that are near, or move to a free one, as long as that keeps more pairs or brings them
    nearer."""
    count, before = _standing(layout, touching), -math.inf
    while count > before:
        before = count
        for name in list(layout):
            for tile in _near(layout[name]):
                moved = {**layout, name: tile}
                other = next((occupant for occupant, taken in layout.items() if taken == tile), None)
                if other:
                    moved[other] = layout[name]
                if (more := _standing(moved, touching)) > count:
                    layout, count = moved, more
    first = [min(tile[axis] for tile in layout.values()) for axis in (0, 1)]
    return {name: (row - first[0], column - first[1]) for name, (row, column) in layout.items()}


def _near(tile: Tile) -> list[Tile]:
    steps = [step for step in range(-REACH, REACH + 1)]
    return [(tile[0] + down, tile[1] + right) for down in steps for right in steps if down or right]
