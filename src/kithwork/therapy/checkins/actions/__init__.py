"""Everything that may be done with check-ins."""

from kithwork.therapy.checkins.actions.answering import answer, answer_all, open_check_in, send, withdraw
from kithwork.therapy.checkins.actions.entering import correct, enter_for_client, enter_score
from kithwork.therapy.checkins.actions.links import ask_code, send_link, use_code
from kithwork.therapy.checkins.actions.planning import agree_to_plan, plan_check_ins

__all__ = [
    "agree_to_plan",
    "answer",
    "answer_all",
    "ask_code",
    "correct",
    "enter_for_client",
    "enter_score",
    "open_check_in",
    "plan_check_ins",
    "send",
    "send_link",
    "use_code",
    "withdraw",
]
