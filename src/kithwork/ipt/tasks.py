"""The tasks that a protocol may suggest, once each, in a therapist's words.

``record`` names the part of the record that a task fills, and so the page where it can be done.
"""

from kithwork.ipt.protocol import Task
from kithwork.ipt.shelf import Shelf

tasks = Shelf(
    "tasks",
    (
        # Beginning
        Task("first_check_in", "Do the first check-in, and look at it together", "check-in"),
        Task(
            "symptoms",
            "Go through what it is like now: since when, and what it does to being with people",
            "first",
        ),
        Task("ask_safety", "Ask about safety aloud", "safety"),
        Task("earlier_times", "Ask about earlier times, and what helped then", "first"),
        Task("other_care", "Ask about medication, alcohol and other care", "first"),
        Task("name_it", "Talk about depression as an illness that people come out of", "first"),
        Task(
            "put_down", "Agree what can be put down for now, who might take it on, and what to keep", "first"
        ),
        Task("explain_ipt", "Show how mood and relationships go round, and what IPT does about it", "cycle"),
        Task("timeline_start", "Begin the timeline, working backwards from now", "story"),
        Task("timeline_finish", "Finish the timeline; look closely at what changed near the start", "story"),
        Task("circles", "Begin the closeness circles", "people"),
        Task(
            "inventory", "Take stock of the people: what is good, what is hard, what each hopes for", "people"
        ),
        Task("patterns", "Look briefly at past losses, past relationships and what repeats", "story"),
        Task("possible_focus", "Think aloud together about what to work on", "focus"),
        Task(
            "formulation_share",
            "Draw the shared picture together, and let your client correct it",
            "formulation",
        ),
        Task("formulation_agree", "Agree the shared picture, and sign it if it fits", "formulation"),
        Task("agree_focus", "Agree the focus", "focus"),
        Task("agree_goals", "Agree one to three small goals with people in them", "formulation"),
        Task("agree_contract", "Agree how many sessions, how often and until when", "contract"),
        # Every session
        Task("check_in", "Look at the check-in together", "check-in"),
        Task("since_last", "Ask how things have been since you last met", "sessions"),
        Task("link_week", "Link the week's mood to its events and people", "sessions"),
        Task("sessions_left", "Say which session this is, and how many are left", "sessions"),
        # Middle
        Task("focus_work", "Work on the focus", "focus"),
        Task("technique", "Use one technique closely rather than several lightly", "sessions"),
        Task("something_to_try", "Choose something to try before next time, if it helps", "sessions"),
        Task("review", "Look at how it is going, and decide together whether to change anything", "progress"),
        Task("mention_ending", "Mention that the ending is coming into sight", "sessions"),
        # Ending
        Task("name_ending", "Name the ending, and ask what it is like to stop", "ending"),
        Task("what_changed", "Go through what changed, and what your client did to change it", "ending"),
        Task("then_and_now", "Compare the circles, the check-ins and the goals then and now", "ending"),
        Task("warning_signs", "List early warning signs, and who would notice them", "ending"),
        Task("ahead", "Think about what may be hard in the months ahead", "ending"),
        Task("stay_well", "Write the plan for staying well, and how to come back", "ending"),
        Task("last_check_in", "Do the last check-in, and look at the whole line together", "check-in"),
        Task("goodbye", "Say goodbye", "ending"),
        Task(
            "what_next",
            "Decide what comes next: nothing, a follow-up, monthly sessions, or other care",
            "ending",
        ),
        # Particular forms
        Task("parent", "Meet a parent or carer, if your client agrees", "sessions"),
        Task("strengths", "Choose a focus that is manageable and builds on strengths", "focus"),
        Task("introductions", "Introduce everyone, and agree what stays in the group", "sessions"),
        Task("each_member", "Link each member's symptoms to the week's events", "sessions"),
        Task("group_ideas", "Gather the group's ideas and go through the choices", "sessions"),
        Task("read_and_write", "Read the week's chapter and write back to your client", "sessions"),
        Task("online_part", "Look at the online part done since last time", "sessions"),
        Task("month", "Go through the month's events", "sessions"),
        Task("old_focus", "Return to the earlier focus: what has held, what needs care", "focus"),
    ),
)
