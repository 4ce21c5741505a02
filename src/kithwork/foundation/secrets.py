"""The installation key: one secret outside every database, from which every other secret is derived."""

import os
import secrets as randomness
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12


def create(path: Path) -> None:
    """Write a new installation key, readable by its owner only; an existing one is never replaced."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(randomness.token_hex(KEY_BYTES))


def load(path: Path) -> bytes:
    """Read an installation key. Raises ValueError when the file holds something else."""
    key = bytes.fromhex(path.read_text().strip())
    if len(key) != KEY_BYTES:
        raise ValueError("The installation key must be 32 bytes in hexadecimal.")
    return key


def derive(key: bytes, purpose: str) -> bytes:
    """One 32-byte secret for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"kithwork/{purpose}".encode()).derive(key)


@cache
def _derived(purpose: str) -> bytes:
    from django.conf import settings  # settings read this module first

    return derive(settings.KITHWORK_INSTALLATION_KEY, purpose)


def purpose_key(purpose: str) -> bytes:
    """The running installation's secret for one purpose."""
    return _derived(purpose)


def seal_with(key: bytes, plain: bytes, *, bound_to: bytes) -> bytes:
    """AES-256-GCM: nonce, then ciphertext with its tag. ``bound_to`` must be the same to open it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def open_with(key: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
    """The opposite of ``seal_with``. Raises cryptography's InvalidTag for another key, place or content."""
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
