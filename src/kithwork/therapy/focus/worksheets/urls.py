"""The addresses of the sheets. What is staff's own stands apart, so that no page of both leads there."""

from django.urls import path

from kithwork.therapy.focus.worksheets.views import own, pages, paper, writing

course_pages = [
    path("worksheets/", pages.sheets, name="worksheets"),
    path("worksheets/read/", pages.readings, name="readings"),
    path("worksheets/read/<str:text>/", pages.reading, name="reading"),
    path("worksheets/new/<str:sheet>/", writing.new, name="worksheet-new"),
    path("worksheets/new/<str:sheet>/draft/", writing.new_draft, name="worksheet-new-draft"),
    path("worksheets/new/<str:sheet>/paper/", paper.blank, name="worksheet-paper"),
    path("worksheets/<str:worksheet_id>/", pages.sheet, name="worksheet"),
    path("worksheets/<str:worksheet_id>/write/", writing.write, name="worksheet-write"),
    path("worksheets/<str:worksheet_id>/draft/", writing.draft, name="worksheet-draft"),
    path("worksheets/<str:worksheet_id>/paper/", paper.filled, name="worksheet-print"),
    path("worksheets/<str:worksheet_id>/away/", pages.away, name="worksheet-away"),
    path("worksheets/<str:worksheet_id>/remove/", pages.remove, name="worksheet-remove"),
]

client_pages = [path("worksheets/<str:worksheet_id>/readers/", pages.readers, name="worksheet-readers")]

staff_pages = [
    path("own-sheets/", own.sheets, name="own-sheets"),
    path("own-sheets/new/", own.new, name="own-sheet-new"),
    path("own-sheets/<str:worksheet_id>/", own.write, name="own-sheet"),
]
