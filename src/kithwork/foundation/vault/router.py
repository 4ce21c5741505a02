"""Which of the two databases a model lives in."""

from typing import Any

from django.db.models import Model

from kithwork.foundation.vault.models import KEYS_MODELS


class KeysApart:
    """Keys and account links go to ``keys``; everything else to ``default``; nothing crosses."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return "keys" if _is_keys(model._meta.app_label, model._meta.model_name) else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        # By what each says it is, not by its type: the signed-in account comes wrapped.
        return _is_keys(one._meta.app_label, one._meta.model_name) == _is_keys(
            other._meta.app_label, other._meta.model_name
        )

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        if model_name is None:
            return bool(hints.get("database", "default") == db)
        return (db == "keys") == _is_keys(app_label, model_name)


def _is_keys(app_label: str, model_name: str | None) -> bool:
    return app_label == "foundation" and model_name in KEYS_MODELS
