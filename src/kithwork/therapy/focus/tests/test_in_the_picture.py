"""What the two work on, as it is offered for the shared picture."""

from kithwork.therapy.focus import actions
from kithwork.therapy.formulation.canvas import seed


def test_what_we_work_on_is_a_piece_of_the_picture_in_our_own_words(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    actions.choose(by=joan, area="dispute", in_our_words="The silence after a row.")

    for audience in (joan, cast.maya_now()):
        assert [piece.text for piece in seed(audience)["focus"]] == ["Conflict: The silence after a row."]
