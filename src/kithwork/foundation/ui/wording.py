"""The wording of questionnaires: as printed, in the language that it was printed in, whatever the page speaks."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def printed(text: str, language: str = "en") -> SafeString:
    """Words of a questionnaire, said to be of their own language, so that they are read aloud as such."""
    return format_html('<span lang="{}">{}</span>', language, text) if text else SafeString("")
