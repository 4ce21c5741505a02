"""What the two have written before there are letters."""

import pytest

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.sessions import actions as sessions

SHARED, JUST_ME = Sharing.SHARED, Sharing.JUST_ME


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def picture(maya, joan):
    """What both share, what Maya alone wrote and shares, and what each keeps."""
    formulation.open_formulation(by=joan)
    formulation.write_section(by=joan, section="cycle", text="The less we talk, the lower I get.")
    formulation.share(by=joan)
    formulation.add_goal(by=joan, goal="Say it sooner.")
    ending.write(by=maya, field="changed", text="I rang first.", sharing=SHARED)
    ending.write(by=maya, field="feelings", text="KEPT feelings.", sharing=JUST_ME)
    ending.add_warning_sign(by=maya, sign="KEPT sign.", sharing=Sharing.LATER)
    safety.note_concern(by=joan, text="KEPT concern.")
    meeting = sessions.open_next(by=joan)
    sessions.write_note(by=joan, session=meeting, note="KEPT note.", summary="KEPT summary.")
