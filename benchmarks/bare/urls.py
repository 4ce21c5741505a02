"""The bare project's addresses."""

from django.contrib.auth.views import LoginView
from django.urls import path

from benchmarks.bare import views

urlpatterns = [
    path("sign-in/", LoginView.as_view(template_name="sign_in.html")),
    path("diary/", views.diary),
    path("answer/", views.answer),
]
