"""The method: a course of Interpersonal Psychotherapy as data and rules, in plain Python.

Read it as the contents of a manual: the forms a course can take, the four problem areas, taking stock of
people, the timeline, the shared picture, the agreement, the techniques, the ending, and safety. It keeps
nothing and shows nothing; the rooms of the therapy do. All wording is Kithwork's own, and an IPT
clinician should read it before clients do.

``protocols`` and ``problem_areas`` are shelves: call one for everything on it, or ask it for one key.
Other names come from their own module, ``from kithwork.ipt.timeline import FuzzyDate``.
"""

from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.protocols import protocols

__all__ = ["problem_areas", "protocols"]
