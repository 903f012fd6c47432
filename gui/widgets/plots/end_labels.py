"""Where the names at the ends of curves stand, so that each can be read."""


def spread(
    ends: list[float], height: float, highest: float, lowest: float
) -> list[float]:
    """Places at least `height` apart, near `ends`, which rise.

    They lie from `highest` to `lowest`, both in pixels downwards, while there is room.
    """
    places: list[float] = []
    for end in ends:
        least = places[-1] + height if places else highest
        places.append(max(end, least))
    limit = lowest
    for k in range(len(places) - 1, -1, -1):
        places[k] = min(places[k], limit)
        limit = places[k] - height
    return places
