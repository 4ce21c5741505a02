"""Two commits in an order that survives a crash, and keys that don't outlive their erasure."""

from datetime import timedelta

import pytest

from kithwork.foundation.vault import erasure, links, sealing
from kithwork.foundation.vault.models import ClientKey, Erasure
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import existing_clients
from tests.cast import NOW


def test_a_key_whose_client_never_came_to_be_is_swept(cast):
    sealing.create_key("orphan", now=NOW - timedelta(hours=2))
    sealing.create_key("being-made", now=NOW)
    kept = {cast.mayas.client_id, cast.carls.client_id, "being-made"}

    assert erasure.sweep_orphans(existing_clients, now=NOW) == 1

    assert set(ClientKey.objects.values_list("pk", flat=True)) == kept


def test_an_old_backup_of_the_data_costs_nobody_their_key(cast):
    later = NOW + timedelta(days=1)
    kept = set(ClientKey.objects.values_list("pk", flat=True))

    swept = erasure.sweep_orphans(lambda _: set(), now=later)

    assert (swept, set(ClientKey.objects.values_list("pk", flat=True))) == (0, kept)


def test_an_erasure_that_a_crash_cut_off_is_carried_through(cast):
    client = cast.mayas.client_id
    erasure.ask_erasure(client, now=NOW)

    [pending] = erasure.due_erasures(now=NOW)
    erasure.erase(pending, now=NOW)

    row = Erasure.objects.get(pk=client)
    assert (row.destroyed_at, row.finished_at) == (NOW, NOW)
    assert not ClientKey.objects.filter(pk=client).exists()
    assert links.client_of(cast.maya.pk) is None
    with pytest.raises(sealing.Erased):
        sealing.seal(client, b"x", bound_to=b"y")


def test_a_link_never_moves(cast):
    links.link(cast.maya.pk, cast.mayas.client_id)

    with pytest.raises(Refusal):
        links.link(cast.maya.pk, cast.carls.client_id)


def test_a_fingerprint_is_a_clients_own(cast):
    one, other = (sealing.fingerprint(course.client_id, b"same") for course in (cast.mayas, cast.carls))

    assert one != other
    assert one == sealing.fingerprint(cast.mayas.client_id, b"same")
