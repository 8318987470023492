from typing import Any


def document(found: Any, verdict: str, levers: Any, departures: Any) -> dict[str, Any]:
    return {}
