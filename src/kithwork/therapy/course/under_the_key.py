"""Numbers that are worked out of a client's answers, sealed under her key: for one course and one side of the table.

What was worked out of all that she wrote opens only for a look that sees all of it; what both see, for either of them.
Moved to another course or another side it opens for nobody, and with her key it is gone.
"""

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT
from kithwork.foundation.vault import sealing
from kithwork.foundation.vault.sealing import Erased, Unopenable


def readers(audience: Audience) -> str:
    """Whose answers such numbers come from: "client" with what she keeps, "both" with what both see."""
    return "client" if audience.sees >= KEPT else "both"


def mark(audience: Audience, content: bytes) -> bytes:
    """A keyed hash that names content without telling it; empty once the client was erased."""
    try:
        return sealing.fingerprint(audience.client, content)
    except Erased:
        return b""


def seal(audience: Audience, content: bytes) -> bytes:
    """Seal for whoever looks as this audience does; empty once the client was erased."""
    try:
        return sealing.seal(audience.client, content, bound_to=_bound_to(audience))
    except Erased:
        return b""


def open_sealed(audience: Audience, sealed: bytes) -> bytes | None:
    """Open what was sealed for this side of the table; None for anything else."""
    try:
        return sealing.open_sealed(audience.client, sealed, bound_to=_bound_to(audience))
    except (Erased, Unopenable):
        return None


def _bound_to(audience: Audience) -> bytes:
    return f"worked-out {audience.client} {audience.course} {readers(audience)}".encode()
