"""Commands on one person's record: handing out a copy, and erasing it."""

import argparse
import getpass
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.project import setting_up
from kithwork.project.cli import Stop
from kithwork.project.data import folder_from_environment

if TYPE_CHECKING:
    from kithwork.foundation.accounts.models import Account
    from kithwork.therapy.my_data.record import Record

NO_FHIR = "A copy as FHIR cannot be made yet. Take json or html."
WORD = "erase"


def export(options: argparse.Namespace) -> int:
    """Write a copy of one record into a folder. What may be in it: docs/decisions/0006."""
    _start()
    from kithwork.foundation import clock
    from kithwork.therapy.my_data import machine, readable

    if options.form == "fhir":
        raise Stop(NO_FHIR)
    now = clock.now()
    record = _whole(options) if options.own else _shared(options.client, now)
    text = (
        machine.write(record) if options.form == "json" else readable.page(record, therapist="your therapist")
    )
    print(_write(Path(options.out), f"copy-{record.client}.{options.form}", text))
    return 0


def erase(options: argparse.Namespace) -> int:
    """Begin the cooling-off, take it back, or, with a second person, destroy the key at once."""
    _start()
    from kithwork.foundation import clock
    from kithwork.foundation.trail.who import Who
    from kithwork.therapy.my_data import actions

    client, server, now = _client(options.client), Who(kind="system", role="server"), clock.now()
    if options.take_back:
        actions.stop_erasure(by=server, client=client, now=now)
        print("Nothing is erased. The record stays as it is.")
        return 0
    _confirm(options, client)
    if options.second or _is_due(client, now):
        if options.second:
            _second_person(options.second)
        actions.erase_now(by=server, client=client, now=now, reason="two-people" if options.second else "")
        print("Erased. The key is destroyed: no copy of the data opens these words again.")
        print("Destroy old copies of the keys now. Only they could bring the words back.")
        return 0
    asked = actions.begin_cooling_off(by=server, client=client, now=now)
    print(f"Will be erased at {asked.due_at:%Y-%m-%d %H:%M} UTC, by the worker.")
    print("Until then:  kithwork erase CLIENT --take-back.  At once, with a second person:  --second EMAIL.")
    return 0


def _start() -> None:
    if not folder_from_environment().kind:
        raise Stop(f"{folder_from_environment().path} holds no installation. Make one with kithwork init.")
    setting_up.start_django()


def _client(named: str) -> str:
    """A client's id, from itself, from a course's address, or from the address that they sign in with."""
    from kithwork.foundation.accounts.models import Account
    from kithwork.foundation.vault.links import client_of
    from kithwork.therapy.course.access import existing_clients
    from kithwork.therapy.course.queries import client_of_course

    account = Account.objects.filter(email=named.strip().lower()).first()
    found = (
        client_of(account.id)
        if account
        else client_of_course(named) or next(iter(existing_clients([named])), "")
    )
    if not found:
        raise Stop(
            "There is no such client. Give the address they sign in with, or the id in their course's address."
        )
    return found


def _shared(named: str, now: datetime) -> "Record":
    from kithwork.foundation.trail.who import Who
    from kithwork.foundation.vault.erasure import erasure_of
    from kithwork.foundation.vault.sealing import keys_held
    from kithwork.therapy.my_data.queries import shared_record

    client = _client(named)
    erasure = erasure_of(client)
    if erasure and erasure.destroyed_at:
        raise Stop("This record has been erased. There is nothing to copy.")
    with keys_held():
        return shared_record(client, by=Who(kind="system", role="server"), now=now)


def _whole(options: argparse.Namespace) -> "Record":
    """The client's own copy: her password is her word that she wants it made here."""
    from kithwork.foundation import clock
    from kithwork.foundation.accounts.models import Account
    from kithwork.foundation.vault.links import account_of
    from kithwork.foundation.vault.sealing import keys_held
    from kithwork.therapy.my_data.actions import note_copy
    from kithwork.therapy.my_data.queries import own_audience, own_record

    client = _client(options.client)
    account = Account.objects.filter(pk=account_of(client) or "", is_active=True).first()
    if account is None:
        raise Stop("This client has no account, and so no password: only what is shared can be copied here.")
    _check_password(account, "The client's own password: ")
    audience = own_audience(client, now=clock.now())
    with keys_held():
        note_copy(by=audience)
        return own_record(audience)


def _second_person(email: str) -> None:
    """Somebody else at the clinic, who agrees by their own password."""
    from kithwork.foundation import clock
    from kithwork.foundation.accounts.models import Account
    from kithwork.foundation.accounts.viewer import roles_at

    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    if account is None or not roles_at(account.id, clock.now()):
        raise Stop("The second person needs an account of their own at the clinic.")
    _check_password(account, f"Password of {email}, who agrees: ")


def _check_password(account: "Account", prompt: str) -> None:
    given = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not account.check_password(given):
        raise Stop("That is not the password. Nothing was done.")


def _confirm(options: argparse.Namespace, client: str) -> None:
    if options.yes:
        return
    print(f"This ends the record of {client} for good: nobody can undo it once it is done.")
    print(f"Type {WORD} to go on: ", end="", flush=True)
    if sys.stdin.readline().strip() != WORD:
        raise Stop("Nothing was done.")


def _is_due(client: str, now: datetime) -> bool:
    from kithwork.foundation.vault.erasure import due_erasures

    return client in due_erasures(now=now)


def _write(folder: Path, name: str, text: str) -> Path:
    """A file that only its owner reads. One that is there already stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise Stop(f"{path} is there already. Move it, or choose another folder.") from None
    path.write_text(text, encoding="utf-8")
    return path
