"""Nothing that was answered as saved is ever lost, doubled or silently replaced."""

import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from tests.server.running import Server, Visitor

ON = "2025-03-18"


def save(visitor: Visitor, words: str, key: str = "") -> int:
    fields = {"on": ON, "words": words, "mood": "3"} | ({"key": key} if key else {})
    return visitor.post("/me/diary/", fields).status


def test_five_equal_posts_with_one_key_make_one_entry(server):
    maya, key, words = Visitor(server, "maya"), secrets.token_urlsafe(24), f"five {secrets.token_hex(4)}"

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: save(maya, words, key), range(5)))

    assert answers == [200] * 5
    assert maya.get("/me/diary/").text.count(words) == 1


def test_a_killed_server_loses_no_answered_save(server):
    maya, saved, words = Visitor(server, "maya"), [], secrets.token_hex(4)

    def keep_saving() -> None:
        for number in range(1000):
            try:
                if save(maya, f"w{words}-{number}.") == 200:
                    saved.append(f"w{words}-{number}.")
            except OSError:
                return

    writer = threading.Thread(target=keep_saving)
    writer.start()
    until = time.monotonic() + 20
    while len(saved) < 12 and time.monotonic() < until:
        time.sleep(0.01)
    server.kill()
    writer.join()
    server.start()

    shown = Visitor(server, "maya").get("/me/diary/").text
    assert len(saved) >= 12
    assert [text for text in saved[-50:] if text not in shown] == []
    assert Visitor(server, "maya").post("/me/diary/", {"on": ON, "words": "and on"}).status == 200


def test_readers_do_not_starve_savers(server, mayas):
    joan, maya, stop = Visitor(server, "joan"), Visitor(server, "maya"), threading.Event()
    reads: list[int] = []

    def keep_reading() -> None:
        while not stop.is_set():
            reads.append(joan.get(f"/course/{mayas}/diary/").status)

    readers = [threading.Thread(target=keep_reading) for _ in range(3)]
    for reader in readers:
        reader.start()
    until, saves = time.monotonic() + 3, 0
    while time.monotonic() < until:
        saves += save(maya, f"beside readers {saves}") == 200
    stop.set()
    for reader in readers:
        reader.join()

    # Three readers to one saver; one who was starved got one save through for every hundred reads and more.
    assert len(reads) >= 12
    assert saves * 20 >= len(reads)


def test_a_stopped_server_finishes_and_says_so(folder):
    running = Server(folder).start()

    assert running.stop() == 0
