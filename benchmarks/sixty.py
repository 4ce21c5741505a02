"""A caseload of sixty in a demo folder: Joan with clients of sixteen sessions held, of twenty agreed.

    KITHWORK_DATA=FOLDER python -m benchmarks.sixty NUMBER

Made by the rooms' own actions, like the demo's other courses, spread over the days of a week.
"""

import sys

from kithwork.project.setting_up import start_django

HELD, AGREED, WEEKDAYS, AREAS = 16, 20, 5, ("dispute", "transition", "grief", "sensitivity")


def main(number: int) -> None:
    """Walk so many courses more, in the folder that the environment names."""
    start_django()
    from django.db import transaction

    from kithwork.clinic.demo.caseload import PlainPlan
    from kithwork.clinic.demo.hand import Hand
    from kithwork.foundation import clock
    from kithwork.foundation.accounts.models import Account, Clinic

    joan, clinic = Account.objects.get(email__startswith="joan@"), Clinic.objects.get()
    now = clock.now().replace(second=0, microsecond=0)
    for place in range(number):
        plan = PlainPlan(
            f"Client {place + 1:02}", "40, they/them", AREAS[place % len(AREAS)], HELD, sessions=AGREED,
            weekday_shift=7 - place % WEEKDAYS, people=(("Robin", "partner", 1), ("Jo", "friend", 2)),
            picture="Two people who had stopped asking each other.", goal="Ring first, once",
            weekly_fall=(0.1, 0.5, 0.9)[place % 3],
        )  # fmt: skip
        hand = Hand.begin(clinic, joan, plan, now)
        with transaction.atomic():
            plan.walk(hand)


if __name__ == "__main__":
    main(int(sys.argv[1]))
