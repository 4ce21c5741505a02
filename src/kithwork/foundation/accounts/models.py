"""Who can sign in, and as what. A client's account holds an e-mail address and nothing else about them."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.ids import CodeField, IdField, id_key


class RoleKind(models.TextChoices):
    """What somebody at the clinic does. Opening a record needs a dated relationship as well."""

    THERAPIST = "therapist", _("Therapist")
    SUPERVISOR = "supervisor", _("Supervisor")
    LEAD = "lead", _("Service lead")
    ADMIN = "admin", _("Administrator")


class Accounts(BaseUserManager["Account"]):
    """Making accounts, for the framework's own use; people come by invitation."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(force_insert=True)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in."""

    id = id_key()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)  # staff only; clients' names are sealed
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.id


class Clinic(models.Model):
    """The clinic this installation serves."""

    id = id_key()
    name = models.CharField(max_length=200)
    country = CodeField(max_length=2)
    time_zone = CodeField(default="Europe/London")
    little_change_points = models.PositiveSmallIntegerField(default=6)  # of PHQ-9; the clinic's choice
    review_within_hours = models.PositiveSmallIntegerField(default=24)  # what a client is told about flags
    readable_months_after_end = models.PositiveSmallIntegerField(default=12)
    ending_wording = CodeField(default="conclude")  # from ipt.ending; a course can differ
    opens_at = models.TimeField(default="09:00")
    closes_at = models.TimeField(default="18:00")
    questionnaires_on = models.JSONField(default=list)  # ids of packs and licensed forms it says it may use
    check_in_codes = models.BooleanField(default=False)  # a code by mail may open one check-in
    key_copy_confirmed_at = models.DateTimeField(null=True, blank=True)


class Team(models.Model):
    """People of the clinic who stand in for one another."""

    id = id_key()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)


class Role(models.Model):
    """What an account may do at the clinic, from a day to a day."""

    id = id_key()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    kind = CodeField(choices=RoleKind.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)


class Absence(models.Model):
    """When somebody is away, and who stands in."""

    id = id_key()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    stands_in = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()


class Invitation(models.Model):
    """A link that works once. Only its hash is kept."""

    id = id_key()
    token_hash = models.BinaryField(max_length=32, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)  # staff only
    role = CodeField(choices=[("client", "Client"), *RoleKind.choices])
    client = IdField(blank=True)
    invited_by = IdField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
