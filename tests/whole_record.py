"""A record of every kind in one course: shared, kept by the client, and for staff alone.

Rules that must hold for everything that is kept take the kinds from the models themselves. Whoever adds a model says
here how a client keeps one of it to herself, or why nobody can.
"""

from dataclasses import dataclass, field
from datetime import time
from zoneinfo import ZoneInfo

from django.apps import apps

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Shared
from kithwork.foundation.passages.sharing import Owner, Sharing
from kithwork.ipt import cycle_steps, workspaces
from kithwork.ipt.ending import plan_fields
from kithwork.ipt.first import experiences
from kithwork.ipt.inventory import card_fields, line_kinds
from kithwork.ipt.problem_areas import dispute_stages, problem_areas, second_focus_reasons
from kithwork.ipt.safety import plan_headings
from kithwork.ipt.timeline import End
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course import contracts
from kithwork.therapy.course.models import Course
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.ending.models import EndingReview
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus.kinds import Kind, kinds
from kithwork.therapy.focus.models import Focus, FocusItem
from kithwork.therapy.focus.worksheets import actions as worksheets
from kithwork.therapy.focus.worksheets.actions import BelongsTo, Said
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.formulation import canvas
from kithwork.therapy.letters import actions as letters
from kithwork.therapy.letters import queries as letter_queries
from kithwork.therapy.my_data import actions as my_data
from kithwork.therapy.people import actions as people
from kithwork.therapy.people.models import Person
from kithwork.therapy.reminders import actions as reminders
from kithwork.therapy.reminders.actions import Wish
from kithwork.therapy.reviews import actions as reviews
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.safety import queries as safety_queries
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.story import actions as story
from kithwork.therapy.story.models import Event, FirstPicture

SHARED = Sharing.SHARED

# Kinds of which a client keeps nothing to herself, and why.
NEVER_KEPT = {
    "Contract": "agreed by both", "Signature": "agreed by both", "Schedule": "planned by staff",
    "Focus": "chosen together", "FocusMark": "said of what is done together",
    "Correction": "made by staff", "SessionCorrection": "made by staff", "EnteredScore": "entered by staff",
    "MailedLink": "sent by staff", "MailedCode": "sent by staff",
    "Formulation": "written by both", "Seed": "what both can see", "Version": "signed by both",
    "Comment": "said to the other",
    "Goal": "written by both", "GoalRating": "said to the other", "Flag": "raised by an answer, for staff",
    "SafetyReview": "staff only", "Concern": "staff only", "TherapySession": "both were there",
    "WeekLink": "written at the table", "TechniqueUsed": "noted by staff", "Letter": "written by staff",
    "LetterPiece": "pointed to by staff", "LetterAnswer": "said to the other",
    "Pause": "both see it",
    "StopWish": "said to the therapist", "CourseEnding": "recorded by staff",
    "Review": "staff only",
    "Rating": "staff only",
    "Picked": "shown to both, so that either can take it off",
}  # fmt: skip
# Kinds that stand open themselves and keep what is in them field by field.
KEPT_BY_FIELD = {"FirstPicture", "SafeContact", "SafetyPlan", "EndingReview", "StayWellPlan"}


def kinds_of_record() -> dict[str, type[Shared]]:
    """Every kind of record that can be shared or kept."""
    return {model.__name__: model for model in apps.get_models() if issubclass(model, Shared)}


@dataclass
class Whole:
    """One course with something of every kind in it, and what its records are called in addresses."""

    client: Audience
    staff: Audience
    sam: Person
    row: Event
    names: dict[str, str] = field(default_factory=dict)
    spaces: dict[str, Focus] = field(default_factory=dict)  # a focus for each difficulty
    half_kept: Worksheet | None = None  # a sheet of which she keeps a part


def share_everything(client: Audience, staff: Audience) -> Whole:
    """A shared record of each kind, so that every page has something to show."""
    sam = people.add_person(by=client, label="Sam", relation="partner", ring=1, angle=90, sharing=SHARED)
    row = story.add_event(
        by=client, title="Row about money", when="2025-03-01", lane="relationships", people=[sam.pk],
        effect_words="Quiet after it.", sharing=SHARED,
    )  # fmt: skip
    whole = Whole(client, staff, sam, row, {"person_id": sam.pk, "event_id": row.pk, "kind": "option"})
    _at_the_table(whole)
    _choose_everything(whole)
    whole.names |= of_client(whole, SHARED, "Shared")
    _letter(whole)
    return whole


def keep_everything(whole: Whole, sharing: Sharing, word: str) -> None:
    """A record of each kind that the client keeps to herself, woven into what is shared."""
    of_client(whole, sharing, word)
    if sharing is Sharing.LATER:
        return
    ending.choose_pieces(by=whole.client, left_out=["plan"])
    _in_other_ways(whole, word)
    draft = checkins.open_check_in(by=whole.client)
    checkins.answer(by=whole.client, check_in=draft, instrument="phq9", item=1, value=3)


def _in_other_ways(whole: Whole, word: str) -> None:
    """What a client does for herself alone, that has no readers to choose."""
    by = whole.client
    people.take_snapshot(by=by, sharing=Sharing.JUST_ME)
    people.add_people(by=by, labels=[f"{word} one", f"{word} other"], ring=2, sharing=Sharing.JUST_ME)
    people.look_back(by=by, person=whole.sam, how="me")
    step = story.add_step(by=by, name=f"{word} step of my own")
    story.move_step(by=by, station=step.station, places=-2)
    story.keep_version(by=by)
    diary.write_entry(by=by, on=by.now.date(), words=f"{word} words, nothing else.", sharing=SHARED)
    wish = Wish(True, (1, 3), time(19), time(21), time(8), diary=True, check_in=True)
    reminders.change(by=by, wish=wish)
    reminders.send_one_now(by=by)
    answers = {"hours": f"{word} hours."}
    bases = {prompt.key: one.base for prompt, one in safety_queries.reaching(by).answers if one}
    safety.say_how_to_reach(by=by, answers=answers, bases=bases, sharing=Sharing.JUST_ME, no_mail=True)
    my_data.note_copy(by=by)
    letters.opened(by=by, letter=letter_queries.letters(by)[0])


def _at_the_table(whole: Whole) -> None:
    """What the two do together, and what staff keep among themselves."""
    client, staff = whole.client, whole.staff
    meeting = sessions.open_next(by=staff)
    sessions.write_note(by=staff, session=meeting, note="Staff note.", summary="Not looked over yet.")
    sessions.use_techniques(by=staff, session_n=meeting.n, techniques=["clarification"])
    sessions.rate_session(by=staff, session=meeting, ratings={"agenda": 3})
    sessions.link_week(
        by=staff, session_n=meeting.n, event=whole.row.pk, person=whole.sam.pk, text="The week."
    )
    sessions.pick(
        by=client, session=meeting, pieces=[f"event.{whole.row.pk}"], zone=ZoneInfo("Europe/London")
    )
    contract = contracts.offer(by=staff, sessions=16, minutes=50)
    tried = sessions.add_try_out(by=staff, what="Ask Sam.", person=whole.sam.pk)
    formulation.open_formulation(by=staff)
    pieces = canvas.seed(staff)["events"]
    formulation.write_section(
        by=staff, section="events", text="The row, and the quiet after it.", pieces=pieces
    )
    formulation.share(by=staff)
    version = formulation.make_version(by=staff)
    formulation.sign_version(by=client, version=version, party="client")
    comment = formulation.comment(by=client, section="cycle", kind="talk", text="About this part.")
    goal = formulation.add_goal(by=staff, goal="Say it sooner.")
    formulation.rate_goal(by=client, goal=goal, rating=3)
    checkins.plan_check_ins(by=staff, every_days=7, since=client.now.date())
    asked = checkins.enter_for_client(
        by=staff, on=client.now.date(), source="aloud", answers={"phq9": [1] * 9, "gad7": [1] * 7}
    )
    concern = safety.note_concern(by=staff, text="Staff worry.")
    safety.record_review(by=staff, decisions=["talked"], words={"asked": "Staff question."})
    people.take_snapshot(by=staff)
    reviews.record_review(by=staff, course=_course(staff), decisions=["go_on"], reason="Staff reason.")
    worksheets.begin(by=staff, kind="between_us", said=Said(answers={"pattern": "Staff pattern."}))
    worksheets.begin(by=staff, kind="clarification", said=Said(answers={"expected": "Together."}))
    whole.names |= {
        "n": str(meeting.n), "contract_id": contract.pk, "try_id": tried.pk, "version_id": version.pk,
        "comment_id": comment.pk, "goal_id": goal.pk, "concern_id": concern.pk, "check_in_id": asked.pk,
        "section": "events", "heading": "signs", "where": "part", "field": "changed",
        "sheet": "conversation", "text": "grief",
    }  # fmt: skip


def _letter(whole: Whole) -> None:
    """A letter that draws from everything it may, with an answer to it."""
    letter = letters.begin(by=whole.staff, kind="ending")
    letters.show(by=whole.staff, letter=letter)
    letters.answer(by=whole.client, letter=letter, answer="fits", said="As it is.")
    whole.names["letter_id"] = letter.pk


def _course(by: Audience) -> Course:
    return Course.objects.get(pk=by.course)


def _choose_everything(whole: Whole) -> None:
    """A focus for each difficulty; two of them stand, as many as may at a time."""
    for area in problem_areas:
        reason = next(iter(second_focus_reasons)).key if whole.spaces else ""
        if len(whole.spaces) > 1:
            focus.end(by=whole.staff, focus=[*whole.spaces.values()][-1])
        whole.spaces[area.key] = focus.choose(by=whole.staff, area=area.key, reason=reason)
        step = workspaces.get(area.key).steps.keys()[0]
        focus.mark_steps(by=whole.staff, focus=whole.spaces[area.key], states={step: "on_it"})
    whole.names["focus_id"] = whole.spaces["dispute"].pk


def of_client(whole: Whole, sharing: Sharing, word: str) -> dict[str, str]:
    """One record of each kind in the client's own hand. Each choice of readers has its own places for words."""
    by, place = whole.client, [SHARED, Sharing.JUST_ME, Sharing.LATER].index(sharing)
    person = people.add_person(
        by=by, label=f"{word} person", relation="friend", ring=1, angle=91 + place, sharing=sharing
    )
    people.place(by=by, person=person, ring=2, view="wished")
    people.set_line(by=by, person=whole.sam, other=person, kind=line_kinds.keys()[0])
    people.write_card(
        by=by, person=whole.sam, field=card_fields.keys()[place], text=f"{word} card.", sharing=sharing
    )
    entry = diary.write_entry(
        by=by, on=by.now.date(), mood=1 + place, people=[whole.sam.pk, person.pk], words=f"{word} day.",
        sharing=sharing, words_sharing=sharing,
    )  # fmt: skip
    item = sessions.add_agenda_item(by=by, text=f"{word} item.", sharing=sharing)
    sessions.add_try_out(by=by, what=f"{word} try.", sharing=sharing)
    _story(whole, sharing, word, place)
    steps = {kind.key: _item(whole, kind, sharing, word) for kind in kinds if kind.key != "attempt"}
    _item(whole, kinds.get("attempt"), sharing, word, step=steps["step"])
    safety.write_plan(by=by, heading=plan_headings.keys()[place], text=f"{word} plan.", sharing=sharing)
    own = [name for name, one in EndingReview.words.items() if one.owner is Owner.CLIENT]
    ending.write(by=by, field=own[place], text=f"{word} change.", sharing=sharing)
    ending.write_plan(by=by, field=plan_fields.keys()[place], text=f"{word} staying well.", sharing=sharing)
    sign = ending.add_warning_sign(by=by, sign=f"{word} sign.", sharing=sharing)
    sheet = _sheet(whole, sharing, word, entry.pk)
    return {"entry_id": entry.pk, "item_id": item.pk, "sign_id": sign.pk, "worksheet_id": sheet}


def _sheet(whole: Whole, sharing: Sharing, word: str, entry: str) -> str:
    """A sheet with somebody, a day and rows; and one that she shares but for one answer."""
    turns = [{"speaker": "Sam", "words": f"{word} turn.", "felt": f"{word} feeling."}]
    row = worksheets.begin(
        by=whole.client, kind="conversation", said=Said(answers={"turns": turns}), sharing=sharing, entry=entry,
        belongs=BelongsTo(whole.client.now.date(), whole.sam, whole.spaces["dispute"], 1),
    )  # fmt: skip
    if sharing is SHARED:
        told = Said(answers={"happened": "Shared moment."})
        whole.half_kept = worksheets.begin(by=whole.client, kind="incident", said=told, sharing=SHARED)
    elif sharing is Sharing.JUST_ME and whole.half_kept:
        mine = Said(answers={"felt": f"{word} part."}, keeps={"felt"})
        worksheets.write(by=whole.client, row=whole.half_kept, said=mine, belongs=BelongsTo(), sharing=SHARED)
    return row.pk


def _item(whole: Whole, kind: Kind, sharing: Sharing, word: str, **more: object) -> FocusItem:
    asked = {"stage": dispute_stages.keys()[0]} if "stage" in kind.asks else {}
    day = {"on": whole.client.now.date()} if "on" in kind.asks else {}
    return focus.add_item(
        by=whole.client, focus=whole.spaces[kind.area], kind=kind, words={kind.lead: f"{word} {kind.key}."},
        sharing=sharing, **asked, **day, **more,
    )  # fmt: skip


def _story(whole: Whole, sharing: Sharing, word: str, place: int) -> None:
    by = whole.client
    event = story.add_event(
        by=by, title=f"{word} event", when=f"2025-03-0{2 + place}", lane="relationships", people=[whole.sam.pk],
        sharing=sharing,
    )  # fmt: skip
    story.link(by=by, one=End("event", event.pk), other=End("person", whole.sam.pk), sharing=sharing)
    first_fields = [*FirstPicture.words]
    story.write_first(by=by, field=first_fields[place], text=f"{word} first.", sharing=sharing)
    kind = experiences.keys()[place]
    story.set_symptom(by=by, kind=kind, words={"effect": f"{word} effect."}, sharing=sharing)
    area = problem_areas.keys()[place]
    story.weigh(by=by, area=area, fits="a_lot", why=f"{word} reason.", sharing=sharing)
    story.add_episode(by=by, before=f"{word} before.", sharing=sharing)
    story.add_put_down(by=by, what=f"{word} thing.", sharing=sharing)
    station = cycle_steps.stations.keys()[place]
    story.set_cycle_step(by=by, station=station, answer="often", my_words=f"{word} step.", sharing=sharing)
