"""Making an installation: a real one, or the demo clinic."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from kithwork.project import serving, setting_up
from kithwork.project.cli import Stop
from kithwork.project.data import DataFolder, folder_from_environment

DEMO_FOLDER = "kithwork-demo"


def init(options: argparse.Namespace) -> int:
    """A real installation: folder, key, databases, clinic, and the first admin's invitation."""
    folder = folder_from_environment()
    if folder.kind:
        raise Stop(f"{folder.path} holds an installation already. Choose another folder with --data.")
    if len(options.country) != 2 or not options.country.isalpha():
        raise Stop("The country is two letters, as in GB.")
    if "@" not in options.admin:
        raise Stop("The admin's e-mail address needs an @.")
    setting_up.make_folder(folder, "real")
    setting_up.start_django()
    setting_up.migrate()
    from kithwork.clinic.admin.actions import found_clinic

    found_clinic(name=options.clinic, country=options.country.upper(), admin=options.admin)
    print(f"Made an installation in {folder.path}.")
    print(
        f"The installation key is in {folder.key_file}. Store a copy of it somewhere else, now: without it every"
    )
    print("word is lost for good, and whoever has it and the databases can read them.")
    print("Once the copy is safe:  kithwork check --confirm-key-copy")
    print(f"An invitation for {options.admin} leaves with the next start of the server or the worker.")
    print(f"Without a mail server it is written to {folder.mail}.")
    return 0


def demo(options: argparse.Namespace) -> int:
    """The demo clinic: built once through the product's own actions, then served."""
    if not options.data and not os.environ.get("KITHWORK_DATA"):
        os.environ["KITHWORK_DATA"] = str(Path(DEMO_FOLDER).resolve())
    folder = folder_from_environment()
    _refuse_real_data(folder)
    built = folder.kind == "demo" and folder.accounts.exists()
    if not built:
        if folder.kind == "demo":
            shutil.rmtree(folder.path)  # a build that was cut off: begin again
        setting_up.make_folder(folder, "demo")
    setting_up.start_django()
    if not built:
        _build(folder, options)
    print_welcome(folder, options)
    if options.no_serve:
        return 0
    return serving.check_once(options) if options.check else serving.serve_folder(folder, options)


def _refuse_real_data(folder: DataFolder) -> None:
    if folder.kind == "real":
        raise Stop(
            f"{folder.path} holds a real installation. The demo never touches one: choose another --data."
        )
    if not folder.kind and folder.path.exists() and any(folder.path.iterdir()):
        raise Stop(f"{folder.path} is not empty and not a demo. Choose another folder with --data.")


def _build(folder: DataFolder, options: argparse.Namespace) -> None:
    print("Building the demo clinic …", file=sys.stderr)
    setting_up.migrate()
    from kithwork.clinic.demo.build import build_clinic
    from kithwork.foundation.vault.sealing import keys_held

    size = {"seed": options.seed, "clients": options.clients, "months": options.months}
    with keys_held():
        build_clinic(folder.path, **size, canaries=options.canaries)


def print_welcome(folder: DataFolder, options: argparse.Namespace) -> None:
    """Where to go, and who can sign in."""
    from kithwork.clinic.demo.build import accounts_of

    print(f"\nKithwork, with the demo clinic in {folder.path}. Everything in it is invented.")
    print(f"Open  http://{options.host}:{options.port}/sign-in/\n")
    accounts = accounts_of(folder.path)
    for account in accounts:
        print(f"  {account['name']:<16} {account['role']:<12} {account['email']}")
    print(f"\n  Password of everyone: {accounts[0]['password']}")
    print("  Staff's second factor is off in the demo. A real installation requires it.\n", flush=True)
