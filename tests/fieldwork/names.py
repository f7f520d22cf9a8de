"""Names that the made-up study and its tests share."""

TERRITORIES = tuple(f"t{number}" for number in range(1, 9))
BATTERY = tuple(f"body_{number}" for number in range(1, 13))
