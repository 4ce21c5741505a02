"""Who is in the demo clinic."""

from dataclasses import dataclass

DOMAIN = "demo.kithwork.example"
PASSWORD = "lantern-orchard-seven"  # noqa: S105 -- printed at every start: the demo holds nothing real


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    key: str
    name: str
    role: str


CLIENTS = (Person("maya", "Maya Ellis", "client"), Person("carl", "Carl Lindqvist", "client"))
STAFF = (
    Person("joan", "Joan Hale", "therapist"),
    Person("mira", "Mira Novak", "therapist"),
    Person("sade", "Sade Okoro", "supervisor"),
    Person("ravi", "Ravi Shah", "lead"),
    Person("ada", "Ada Byrne", "admin"),
    Person("noor", "Noor Aziz", "therapist"),
)
