"""The page without a network, and the worker that keeps it."""

import re

from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse


def test_page_asks_nothing_of_the_database(client: Client):
    """The page comes without session or database, in both languages."""
    response = client.get(reverse("offline"))
    assert response.status_code == 200
    assert "You are offline" in response.content.decode()
    assert "当前没有网络" in response.content.decode()


def test_worker_names_parts_that_exist(client: Client):
    """The worker may serve the whole site, is asked for anew, and keeps existing files only."""
    response = client.get(reverse("worker"))
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    files = re.findall(r'"/static/([^"]+)"', response.content.decode())
    assert len(files) == 6
    assert all(finders.find(file) for file in files)


def test_only_reading(client: Client):
    """Neither can be posted to."""
    assert client.post(reverse("offline")).status_code == 405
    assert client.post(reverse("worker")).status_code == 405
