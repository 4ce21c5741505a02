"""What the client has shared, each thing as one item of a list.

Written here and not in a template, as the drawing beside it is: these lists are most of what else the page shows.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString

from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.tags import words
from kithwork.foundation.ui.tide import tide_svg
from kithwork.therapy.together.overview import SharedItem

register = template.Library()


@register.filter
def shared_item(item: SharedItem) -> SafeString:
    """One thing, ``{{ item|shared_item }}``: when and where, with whom, how she was, and her words."""
    people = f": {escape(', '.join(item.people))}" if item.people else ""
    return SafeString(
        f'<li class="together-shared__item"><p class="together-shared__head">'
        f"<span>{escape(say_date(item.on, 'D j F'))}, {escape(item.where)}{people}</span>"
        f"{tide_svg(item.mood, size=20) if item.mood else ''}</p>"
        f"{words(item.words) if item.words else ''}{f'<p>{escape(item.says)}</p>' if item.says else ''}</li>"
    )
