"""The forms that a course of IPT can take, as data a clinic may copy and change.

Sources are named with each form; where only general knowledge stands behind a number, its mark says so.
"""

from kithwork.ipt.protocol import Extra, Phase, Protocol, Range, SessionPlan, Task
from kithwork.ipt.shelf import Shelf
from kithwork.ipt.sources import design, general, sourced
from kithwork.ipt.tasks import tasks

__all__ = ["Phase", "Protocol", "SessionPlan", "Task", "get", "protocols"]

WEEKLY = ("phq9", "gad7")
WHOLE_SET = ("phq9", "gad7", "wsas")

_MEET = "first_check_in symptoms ask_safety"
_EVERY = "check_in since_last link_week"
_WORK = f"{_EVERY} focus_work technique something_to_try sessions_left"
_ASSESS_AIM = "Understand what it is like now and how it began, and ask about safety."
_WORK_AIM = "Work on the focus, beside the week's mood."


def _row(
    n: int, phase: Phase, *, aim: str, do: str, measures: tuple[str, ...] = WEEKLY, review: bool = False
) -> SessionPlan:
    return SessionPlan(n, phase, aim, tuple(tasks[key] for key in do.split()), measures, review)


def _middle(
    first: int, last: int, *, do: str = _WORK, review_at: int | None = None
) -> tuple[SessionPlan, ...]:
    """Middle sessions alike but for a review, and for the last, which brings the ending into sight."""
    return tuple(_middle_row(n, do, review=n == review_at, is_last=n == last) for n in range(first, last + 1))


def _middle_row(n: int, do: str, *, review: bool, is_last: bool) -> SessionPlan:
    extra = " review" * review + " mention_ending" * is_last
    measures = WHOLE_SET if review else WEEKLY
    return _row(n, Phase.MIDDLE, aim=_WORK_AIM, do=do + extra, measures=measures, review=review)


def _ending(first: int, last: int) -> tuple[SessionPlan, ...]:
    """The usual ending: name it, look back, look ahead, close; shorter endings share the same work."""
    parts = ("focus_work name_ending", "what_changed then_and_now", "warning_signs ahead stay_well")
    before = last - first
    shared = [" ".join(parts[i * 3 // before : (i + 1) * 3 // before]) for i in range(before)]
    rows = [_ending_row(first + i, do) for i, do in enumerate(shared)]
    return (*rows, _last(last))


def _ending_row(n: int, do: str) -> SessionPlan:
    aim = "Name the ending and what changed." if "name_ending" in do else "Look back and ahead."
    return _row(n, Phase.ENDING, aim=aim, do=f"{_EVERY} {do} sessions_left")


def _last(n: int, *, do: str = "") -> SessionPlan:
    do = f"last_check_in since_last {do} stay_well goodbye what_next"
    return _row(n, Phase.ENDING, aim="Close, and say goodbye.", do=do, measures=WHOLE_SET)


_FIRST = _row(
    1,
    Phase.BEGINNING,
    aim=_ASSESS_AIM,
    do=f"{_MEET} earlier_times other_care name_it put_down explain_ipt timeline_start",
    measures=WHOLE_SET,
)
_AGREE = f"{_EVERY} formulation_share formulation_agree agree_focus agree_goals agree_contract"
_AGREE_AIM = "Agree the shared picture, the focus, the goals and the number of sessions."

ipt_16 = Protocol(
    key="ipt_16",
    title="IPT, 16 sessions",
    sessions=Range(16, 16, 16),
    minutes=Range(45, 50, 50),
    rhythm="weekly",
    delivered_by="Accredited IPT therapist",
    differs="The full form: four sessions to understand and agree, eight on the focus, four to end.",
    rows=(
        _FIRST,
        _row(
            2,
            Phase.BEGINNING,
            aim="Finish the timeline and begin the circles.",
            do=f"{_EVERY} timeline_finish circles",
        ),
        _row(
            3,
            Phase.BEGINNING,
            aim="Finish taking stock of the people.",
            do=f"{_EVERY} inventory patterns possible_focus",
        ),
        _row(4, Phase.BEGINNING, aim=_AGREE_AIM, do=f"{_AGREE} review", review=True),
        *_middle(5, 12, review_at=8),
        *_ending(13, 16),
    ),
    sources=(
        sourced(
            "the phases 4/8/4", "IPT-UK, Stages of IPT; Leeds Community Healthcare, Inter-Personal Therapy"
        ),
        sourced("the length of a session", "International Society of IPT, Key IPT strategies"),
        sourced(
            "raising the ending two to four sessions ahead",
            "Weissman, Markowitz & Klerman, Comprehensive Guide, ch. 7",
        ),
        general("the split of the work inside sessions 1 to 4"),
        design("reviews at sessions 4 and 8"),
    ),
)

ipt_12 = Protocol(
    key="ipt_12",
    title="IPT, 12 sessions",
    sessions=Range(12, 12, 12),
    minutes=Range(45, 50, 50),
    rhythm="weekly",
    delivered_by="Accredited IPT therapist",
    differs="Understanding and agreeing take three sessions instead of four.",
    ending_opens=3,
    rows=(
        _FIRST,
        _row(
            2,
            Phase.BEGINNING,
            aim="Timeline, circles and people.",
            do=f"{_EVERY} timeline_finish circles inventory patterns",
        ),
        _row(3, Phase.BEGINNING, aim=_AGREE_AIM, do=f"possible_focus {_AGREE}"),
        *_middle(4, 9, review_at=6),
        *_ending(10, 12),
    ),
    sources=(
        sourced(
            "12 to 16 sessions as the original range", "International Society of IPT, Key IPT strategies"
        ),
        general("the phases 3/6/3"),
        design("a review at session 6"),
    ),
)

ipt_a = Protocol(
    key="ipt_a",
    title="IPT for young people (IPT-A)",
    sessions=Range(12, 12, 16),
    minutes=Range(45, 50, 50),
    rhythm="weekly",
    delivered_by="IPT-A trained therapist in a service for young people",
    differs="Ages 12 to 18; parents or carers may be met, and things to try belong to the method.",
    ending_opens=3,
    rows=(
        _FIRST,
        _row(2, Phase.BEGINNING, aim="Timeline and circles.", do=f"{_EVERY} timeline_finish circles parent"),
        _row(
            3,
            Phase.BEGINNING,
            aim="Finish taking stock of the people.",
            do=f"{_EVERY} inventory patterns possible_focus",
        ),
        _row(4, Phase.BEGINNING, aim=_AGREE_AIM, do=f"{_AGREE} review", review=True),
        *_middle(5, 9, review_at=8),
        *_ending(10, 12),
    ),
    not_for=("bipolar disorder", "present danger to life", "psychosis", "heavy use of alcohol or drugs"),
    extras=(Extra("parent", "Sessions with a parent or carer", 0, 3),),
    sources=(
        sourced(
            "12 to 16 sessions, ages, and for whom it is not",
            "Columbia University, child and adolescent IPT-A",
        ),
        sourced("up to three sessions with parents", "Liverpool and Sefton CAMHS, IPT-A"),
        sourced(
            "looking back at week 4 rather than 8", "Gunlicks-Stoessel 2018, a pilot with 40 young people"
        ),
        general("the phases 4/5/3"),
    ),
)

ipc_6 = Protocol(
    key="ipc_6",
    title="Interpersonal counselling (IPC), 6 sessions",
    sessions=Range(6, 6, 8),
    minutes=Range(30, 30, 30),
    rhythm="weekly",
    delivered_by="Nurses, counsellors and others in primary care",
    differs="Shorter sessions, more closely laid out; each has a set aim.",
    ending_opens=2,
    rows=(
        _row(
            1,
            Phase.BEGINNING,
            aim="Understand what it is like now, and link it to what was happening.",
            do=f"{_MEET} other_care name_it put_down explain_ipt timeline_start agree_contract",
            measures=WHOLE_SET,
        ),
        _row(
            2,
            Phase.BEGINNING,
            aim="Take stock of the people, and choose what to work on.",
            do=f"{_EVERY} circles inventory formulation_share agree_focus agree_goals",
        ),
        *_middle(3, 5, review_at=4),
        _last(6, do="what_changed warning_signs"),
    ),
    sources=(
        sourced("six sessions of 30 minutes", "Menchetti, interpersonal counselling in primary care"),
        sourced("seven sessions also in use", "Kontunen 2016, University of Jyväskylä"),
        general("what each session is for, and eight sessions"),
        design("a review at session 4"),
    ),
)

ipc_3 = Protocol(
    key="ipc_3",
    title="Interpersonal counselling (IPC), 3 sessions",
    sessions=Range(3, 3, 4),
    minutes=Range(30, 30, 50),
    rhythm="weekly",
    delivered_by="Primary care and community health workers",
    differs="Evaluate and support; it ends in a decision about what comes next.",
    ending_opens=2,
    rows=(
        _row(
            1,
            Phase.BEGINNING,
            aim="Symptoms, hope, what was happening at the start, the people, and one problem.",
            do=f"{_MEET} name_it explain_ipt timeline_start circles agree_focus agree_contract",
        ),
        _row(2, Phase.MIDDLE, aim="Reactions to that problem, and ways to meet it.", do=_WORK),
        _row(
            3,
            Phase.ENDING,
            aim="Look back, and decide what comes next.",
            do="last_check_in since_last review what_changed what_next goodbye",
            review=True,
        ),
    ),
    sources=(
        sourced("three sessions and the first two in outline", "IPC outline, curriculum of a training site"),
        sourced("three to four sessions by community health workers", "Matsuzaka 2017, BMC Psychiatry"),
        general("the third session, and the length of each"),
    ),
)

ipt_b = Protocol(
    key="ipt_b",
    title="Brief IPT (IPT-B), 8 sessions",
    sessions=Range(8, 8, 8),
    minutes=Range(45, 50, 50),
    rhythm="weekly",
    delivered_by="IPT therapist",
    differs="Two sessions at most to begin; a manageable focus that builds on strengths.",
    ending_opens=2,
    rows=(
        _FIRST,
        _row(
            2,
            Phase.BEGINNING,
            aim="Take stock, and agree a manageable focus.",
            do=f"circles inventory strengths {_AGREE}",
        ),
        *_middle(3, 7, review_at=4),
        _last(8, do="what_changed then_and_now warning_signs"),
    ),
    extras=(Extra("extra", "A session beforehand about coming at all", 0, 1),),
    sources=(
        sourced("eight sessions, the extra one, and the short beginning", "Swartz, IPT Institute, Brief IPT"),
        general("sessions 1 and 2, 3 to 7, and 8"),
        design("a review at session 4"),
    ),
)

ipt_group = Protocol(
    key="ipt_group",
    title="Group IPT, 8 sessions",
    sessions=Range(8, 8, 8),
    minutes=Range(90, 90, 90),
    rhythm="weekly, six to ten people",
    delivered_by="Supervised facilitators, who need not be specialists",
    differs="Each member keeps a focus, goals and score of their own.",
    ending_opens=2,
    rows=(
        _row(
            1,
            Phase.BEGINNING,
            aim="Introductions, symptoms, what set them off, goals.",
            do="introductions check_in symptoms explain_ipt agree_goals",
        ),
        *_middle(2, 7, do="check_in each_member group_ideas something_to_try sessions_left", review_at=4),
        _last(8, do="what_changed warning_signs"),
    ),
    extras=(Extra("extra", "One-to-one meetings before the group", 1, 2),),
    sources=(
        sourced(
            "eight sessions after one or two alone; facilitators",
            "WHO and Columbia, Group IPT, as described by MHPSS.net",
        ),
        sourced("the phases 1, 2 to 7, and 8", "Pilot Feasibility Stud 2021, s40814-021-00889-x, table 2"),
        general("90 minutes, six to ten people"),
        design("a review at session 4"),
    ),
)

ipt_m = Protocol(
    key="ipt_m",
    title="Monthly sessions to stay well (IPT-M)",
    sessions=None,
    minutes=Range(45, 50, 50),
    rhythm="monthly",
    delivered_by="IPT therapist",
    differs="A new contract after a course, the same focus or a new one; open unless a number is agreed.",
    ending_opens=2,
    rows=(
        _row(
            1,
            Phase.BEGINNING,
            aim="Agree what these sessions are for.",
            do="check_in since_last warning_signs agree_focus agree_contract",
            measures=WHOLE_SET,
        ),
        _row(
            2,
            Phase.MIDDLE,
            aim="Look after what has been gained.",
            do="check_in month link_week old_focus warning_signs",
        ),
        _last(3, do="what_changed"),
    ),
    sources=(
        sourced(
            "monthly sessions over two years; weekly and fortnightly did no better",
            "Frank 2007, a trial of women",
        ),
        general("what a session is for"),
    ),
)

iipt_guided = Protocol(
    key="iipt_guided",
    title="Guided IPT online, 10 weeks",
    sessions=Range(10, 10, 10),
    minutes=None,
    rhythm="weekly, in writing",
    delivered_by="Therapist who writes back online",
    differs="Text to read and do, with a therapist's guidance each week.",
    ending_opens=2,
    rows=(
        _row(
            1,
            Phase.BEGINNING,
            aim=_ASSESS_AIM,
            do="first_check_in symptoms ask_safety explain_ipt timeline_start circles read_and_write",
            measures=WHOLE_SET,
        ),
        _row(2, Phase.BEGINNING, aim=_AGREE_AIM, do=f"inventory {_AGREE} read_and_write"),
        *_middle(3, 8, do=f"{_EVERY} focus_work something_to_try read_and_write sessions_left", review_at=4),
        *_ending(9, 10),
    ),
    sources=(
        sourced("ten weeks with weekly text support", "J Affect Disord 2025;369:188"),
        design("the phases 2/6/2, and the review in week 4"),
    ),
)

ipt_blended = Protocol(
    key="ipt_blended",
    title="Blended IPT, online parts between live sessions",
    sessions=Range(6, 8, 10),
    minutes=Range(45, 50, 50),
    rhythm="live sessions alternating with online parts",
    delivered_by="IPT therapist",
    differs="Six online parts stand between six to ten live sessions.",
    ending_opens=2,
    rows=(
        _FIRST,
        _row(2, Phase.BEGINNING, aim=_AGREE_AIM, do=f"online_part circles inventory {_AGREE}"),
        *_middle(3, 6, do=f"online_part {_WORK}", review_at=4),
        *_ending(7, 8),
    ),
    extras=(Extra("online", "Online parts", 6, 6),),
    sources=(
        sourced(
            "six online parts, six to ten live sessions",
            "Am J Psychother 2021, blended IPT pilot with 21 people",
        ),
        design("the phases 2/4/2, and the review at session 4"),
    ),
)

protocols = Shelf(
    "protocols", (ipt_16, ipt_12, ipt_a, ipc_6, ipc_3, ipt_b, ipt_group, ipt_m, iipt_guided, ipt_blended)
)
get = protocols.get
