"""Gathers the shelf's models for Django; nothing else imports this."""

from kithwork.therapy.checkins.models import *  # noqa: F403
from kithwork.therapy.course.models import *  # noqa: F403
from kithwork.therapy.diary.models import *  # noqa: F403
from kithwork.therapy.ending.models import *  # noqa: F403
from kithwork.therapy.focus.models import *  # noqa: F403
from kithwork.therapy.focus.worksheets.models import *  # noqa: F403
from kithwork.therapy.formulation.models import *  # noqa: F403
from kithwork.therapy.letters.models import *  # noqa: F403
from kithwork.therapy.people.models import *  # noqa: F403
from kithwork.therapy.reminders.models import *  # noqa: F403
from kithwork.therapy.reviews.models import *  # noqa: F403
from kithwork.therapy.safety.models import *  # noqa: F403
from kithwork.therapy.sessions.models import *  # noqa: F403
from kithwork.therapy.story.models import *  # noqa: F403
