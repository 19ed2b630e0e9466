"""What report 09 and its brief are asked by default in the tests."""

PARAMETERS = {
    "file": None,
    "mapping": None,
    "source": "guru",
    "date": "2025-12-31",
    "province": "13",
    "standard": None,
    "circle": "semua",
    "neighbour_km": 25.0,
    "budget": None,
    "substitution": [],
    "floor_adequacy": 1.0,
    "floor_heads": 0,
    "max_share_leaving": 1.0,
    "km_per_move": 50.0,
    "hire_price": 5.0,
    "horizon": 5,
}
