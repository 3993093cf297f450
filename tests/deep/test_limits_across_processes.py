"""Guessing at once from several processes gets no more guesses than from one."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.conftest import REPOSITORY
from tests.databases import own_database

pytestmark = pytest.mark.deep

GUESS = """
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.conf import settings
from django.db import connection
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]

def guess(number):
    address = f"10.0.{number}.1"
    try:
        answer = Client(REMOTE_ADDR=address).post(
            "/logga-in/", {"username": "chef", "password": f"gissning {number}"}
        )
        return "stämmer inte" in answer.content.decode()
    finally:
        connection.close()

with ThreadPoolExecutor(5) as pool:
    print(sum(pool.map(guess, range(10))))
"""


def test_forty_guesses_at_once_in_four_processes_are_five():
    name = f"samlad_limits_{os.getpid()}"
    with own_database(name, settings.DATABASES["default"]) as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DEBUG": "on",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        guessers = [
            subprocess.Popen(
                [sys.executable, "-c", GUESS],
                cwd=REPOSITORY,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            for _ in range(4)
        ]
        tried = [int(guesser.communicate(timeout=120)[0]) for guesser in guessers]
    assert sum(tried) == 5
