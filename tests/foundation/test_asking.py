"""A question goes wrong as Django's own do, whatever database answers, and however it is asked."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from kithwork.foundation.trail.models import Chain

ASK = "SELECT id, length FROM foundation_chain WHERE id IN (%s, %s) ORDER BY id"

pytestmark = pytest.mark.django_db


@pytest.fixture
def chains():
    Chain.objects.bulk_create([Chain(id="one", length=1), Chain(id="two", length=2)])
    return ["one", "two"]


def test_rows_come_one_by_one_some_or_all(chains):
    with connection.cursor() as cursor:
        cursor.execute(ASK, chains)
        one = cursor.fetchone()
        cursor.execute(ASK, chains)
        some = cursor.fetchmany(1)
        cursor.execute(ASK, chains)
        every = cursor.fetchall()
        cursor.execute(ASK, chains)
        looped = list(cursor)

    assert (one, some) == (("one", 1), [("one", 1)])
    assert every == looped == [("one", 1), ("two", 2)]


def test_values_may_have_names(chains):
    with connection.cursor() as cursor:
        cursor.execute("SELECT length FROM foundation_chain WHERE id = %(which)s", {"which": "two"})
        assert cursor.fetchall() == [(2,)]


def test_the_same_can_be_asked_of_many(chains):
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE foundation_chain SET length = %s WHERE id = %s", [(5, "one"), (6, "two")])

    assert dict(Chain.objects.filter(id__in=chains).values_list("id", "length")) == {"one": 5, "two": 6}


def test_what_the_database_refuses_is_refused_in_djangos_words(chains):
    again = "INSERT INTO foundation_chain SELECT * FROM foundation_chain"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(again)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("UPDATE nowhere SET length = %s", [(1,)])


def test_nothing_is_asked_in_a_transaction_that_is_broken(chains):
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError), connection.cursor() as cursor:
            cursor.execute(ASK, chains)


def test_whoever_listens_hears_every_question(chains):
    with CaptureQueriesContext(connection) as heard, connection.cursor() as cursor:
        cursor.execute(ASK, chains)
    told = []

    def listen(ask, sql, *rest):
        told.append(sql)
        return ask(sql, *rest)

    with connection.execute_wrapper(listen):
        list(Chain.objects.values_list("id"))

    assert len(heard) == 1
    assert len(told) == 1
