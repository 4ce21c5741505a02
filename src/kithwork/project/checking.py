"""What is unsafe or missing, in words."""

import argparse
import json
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from kithwork.project import setting_up
from kithwork.project.cli import Stop
from kithwork.project.data import folder_from_environment


@dataclass(frozen=True)
class Finding:
    """One thing to mend. ``unsafe`` ones stop the server from starting."""

    code: str
    sentence: str
    unsafe: bool


def check(options: argparse.Namespace) -> int:
    """Print the findings; exit 1 if any is unsafe."""
    folder = folder_from_environment()
    if not folder.kind:
        raise Stop(f"{folder.path} holds no installation. Make one with kithwork init.")
    setting_up.start_django()
    if options.confirm_key_copy:
        _confirm_key_copy()
    found = list(findings(deploy=options.deploy))
    if options.json:
        print(json.dumps([asdict(one) for one in found]))
    else:
        for one in found:
            print(f"{'UNSAFE' if one.unsafe else 'missing'}: {one.sentence}")
        if not found:
            print("Nothing unsafe was found, and nothing is missing.")
    return 1 if any(one.unsafe for one in found) else 0


def refuse_unsafe(*, host: str) -> None:
    """Stop before the first request when something is unsafe."""
    reachable = host not in ("127.0.0.1", "localhost", "::1")
    unsafe = [one.sentence for one in findings(deploy=reachable) if one.unsafe]
    if unsafe:
        raise Stop("Kithwork does not start like this: " + " ".join(unsafe))


def findings(*, deploy: bool) -> Iterator[Finding]:
    """Walk through everything that can be told from here."""
    yield from _key()
    yield from _settings(deploy)
    yield from _databases()
    yield from _pages()
    yield from _clinic()
    yield from _help_lines()


def _key() -> Iterator[Finding]:
    folder = folder_from_environment()
    if not folder.key_file.exists():
        yield Finding(
            "key-missing",
            _("The installation key {key_file} is missing: nothing can be read.").format(
                key_file=folder.key_file
            ),
            unsafe=True,
        )
        return
    for path in (folder.key_file, folder.path):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(
                "open-to-others",
                _("{path} can be read by other users of this machine. chmod go-rwx it.").format(path=path),
                unsafe=True,
            )


def _settings(deploy: bool) -> Iterator[Finding]:
    from django.conf import settings

    if settings.DEBUG:
        yield Finding("debug", _("DEBUG is on: pages would show what people wrote."), unsafe=True)
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("any-host", _("ALLOWED_HOSTS lets any name in. Set KITHWORK_ADDRESS."), unsafe=True)
    if deploy and not settings.SECURE:
        yield Finding(
            "no-https",
            _("KITHWORK_ADDRESS must start with https:// where others can reach the server."),
            unsafe=True,
        )
    if deploy and settings.DEMO:
        yield Finding("demo", _("This is the demo clinic: it is for one machine only."), unsafe=True)


def _databases() -> Iterator[Finding]:
    from django.conf import settings

    folder = folder_from_environment()
    data, keys = settings.DATABASES["default"], settings.DATABASES["keys"]
    if (data["NAME"], data.get("HOST"), data.get("PORT")) == (
        keys["NAME"],
        keys.get("HOST"),
        keys.get("PORT"),
    ):
        yield Finding(
            "keys-with-data", _("Data and keys are in one database. Erasing would not erase."), unsafe=True
        )
    for path in (folder.data, folder.keys):
        if (
            path.exists()
            and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            and folder.path.stat().st_mode & 0o077
        ):
            yield Finding(
                "open-to-others",
                _("{path} can be read by other users of this machine.").format(path=path),
                unsafe=True,
            )
    options = data.get("OPTIONS", {}).get("init_command", "")
    if "sqlite" in data["ENGINE"] and "synchronous=FULL" not in options:
        yield Finding("not-durable", _("KITHWORK_SYNCHRONOUS is not FULL: a power cut could lose what was saved."),
                      unsafe=not settings.DEMO)  # fmt: skip


def _pages() -> Iterator[Finding]:
    from kithwork.project.whose_pages import routes

    for route in routes():
        if set(route.who.values()) == {"deny"} and route.name != "account_signup":
            yield Finding(
                "nobody",
                _("The page {pattern} opens for nobody: it doesn't say for whom it is.").format(
                    pattern=route.pattern
                ),
                unsafe=False,
            )


def _clinic() -> Iterator[Finding]:
    from django.conf import settings

    from kithwork.foundation.accounts.models import Clinic

    # Only this column: the check also looks at an older installation, before its first start brings it up to date.
    confirmed = list(Clinic.objects.values_list("key_copy_confirmed_at", flat=True))
    if not confirmed:
        yield Finding("no-clinic", _("There is no clinic yet. Run kithwork init."), unsafe=False)
    elif confirmed[0] is None and not settings.DEMO:
        yield Finding(
            "key-copy",
            _("No copy of the installation key is confirmed. Without it every word can be lost."),
            unsafe=False,
        )


def _help_lines() -> Iterator[Finding]:
    from kithwork.foundation import clock
    from kithwork.therapy.safety.help_lines import stale_help_lines

    stale = stale_help_lines(clock.now().date())
    if stale:
        sentence = _("{n} numbers of the help page were last looked over more than half a year ago.").format(
            n=len(stale)
        )
        yield Finding("help-lines-old", sentence, unsafe=False)


def _confirm_key_copy() -> None:
    from kithwork.foundation import clock
    from kithwork.foundation.accounts.models import Clinic

    Clinic.objects.update(key_copy_confirmed_at=clock.now())
