"""What a therapist was writing in a session outlives a killed server, and so does everything that was saved."""

import re

from tests.server.running import Visitor


def base_of(text: str) -> str:
    found = re.search(r'name="note_base" value="([^"]*)"', text)
    return found[1] if found else ""


def test_a_killed_server_loses_no_draft_that_it_answered_for_and_no_saved_note(server, mayas):
    joan, room = Visitor(server, "joan"), f"/course/{mayas}/sessions/1/"
    assert joan.post(f"{room}open/", {}).status == 200
    assert joan.post(f"{room}note/", {"note": "Saved before.", "back": "room"}).status == 200
    kept = 0
    while joan.post(f"{room}note/draft/", {"note": f"Half a thought {kept}"}).status == 200 and kept < 20:
        kept += 1
    assert joan.post(f"{room}note/draft/", {"link": "Lowest on Sat"}).status == 200
    server.kill()
    server.start()

    shown = Visitor(server, "joan").get(room).text
    assert (f"Half a thought {kept}</textarea>" in shown, "Lowest on Sat</textarea>" in shown) == (True, True)
    assert "This is your draft" in shown

    saved = Visitor(server, "joan").get(f"{room}note/?saved-one").text
    assert "Saved before.</textarea>" in saved
    again = Visitor(server, "joan")
    fields = {"note": "A whole thought.", "note_base": base_of(shown), "back": "room"}
    assert "A whole thought.</textarea>" in again.post(f"{room}note/", fields).text
