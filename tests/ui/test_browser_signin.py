"""Signing in at a real provider on this machine, in a real Chromium: readers come in, others are told, all can leave."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from index.errors import UsageError
from tests.ui.provider import running, secrets_file
from tests.ui.scripted import BLAME, QUESTION
from tests.ui.test_browser import Site, Tab, browser, open_tab, serve
from ui import signin
from ui.signin import listed, may_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

__all__ = ["browser"]

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the scripted engine, for readers of one domain and one address."""
    pytest.importorskip("authlib")
    folder = tmp_path_factory.mktemp("signin")
    secrets = folder / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    with running() as provider:
        secrets.write_text(secrets_file(provider), encoding="utf-8")
        more = {"HOME": str(folder), "RASHOMON_READERS": "@NEWS.example, bob@elsewhere.example"}
        more["AUTHLIB_INSECURE_TRANSPORT"] = "1"
        for url in serve(["tests.ui.serve_scripted", "{port}", str(folder)], folder, **more):
            yield Site(url, QUESTION, BLAME)


def at(browser: Browser, site: Site) -> Tab:
    tab = open_tab(browser, site)
    tab.page.context.set_default_timeout(PATIENCE_MS)
    return tab


def sign_in(tab: Tab, who: str) -> None:
    """From the page's own invitation to the provider and back."""
    tab.page.get_by_role("button", name="Sign in").click()
    tab.page.get_by_role("link", name=who).click()
    tab.page.wait_for_url(f"{tab.site.url}/")


@pytest.mark.browser
@pytest.mark.slow
def test_a_reader_signs_in_asks_and_signs_out(browser: Browser, site: Site) -> None:
    tab = at(browser, site)
    page = tab.page
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.get_by_role("textbox").count() == 0
    assert page.get_by_role("link", name="Archive").count() == 0
    sign_in(tab, "ada")
    tab.ask(QUESTION, answers=1)
    page.get_by_role("link", name="Settings").click()
    page.get_by_text("Ada@News.example").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    page.reload()
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.locator(".trace").count() == 0
    assert tab.dialogs == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("who", "address"), [("eve", "eve@elsewhere.example"), ("mallory", "ada@news.example")])
def test_who_is_signed_in_and_not_a_reader_is_told_so_and_sees_nothing(
    browser: Browser, site: Site, who: str, address: str
) -> None:
    tab = at(browser, site)
    page = tab.page
    sign_in(tab, who)
    page.get_by_role("heading", name="You are not among the readers").wait_for()
    assert address in page.get_by_test_id("stText").inner_text()
    page.goto(f"{site.url}/archive")
    page.get_by_role("heading", name="You are not among the readers").wait_for()
    assert page.get_by_text("Add articles").count() == 0
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    page.context.close()


@pytest.mark.parametrize(
    ("readers", "email", "let_in"),
    [
        ("", "anyone@any.example", True),
        ("", "", True),
        ("ada@news.example", "ADA@News.example", True),
        ("ada@news.example", "bob@news.example", False),
        ("@news.example", "bob@news.example", True),
        ("@news.example", "bob@evil-news.example", False),
        ("@news.example", "bob@sub.news.example", False),
        ("@news.example", "bob@evil.example@news.example", False),
        ("@news.example", "", False),
        (" , @a.example ,ada@b.example,", "ada@b.example", True),
    ],
)
def test_readers_are_addresses_and_domains(readers: str, email: str, let_in: bool) -> None:
    assert may_read({"email": email}, listed(readers)) is let_in


def test_an_address_that_was_not_verified_is_nobodys() -> None:
    readers = listed("ada@news.example")
    assert may_read({"email": "ada@news.example", "email_verified": True}, readers)
    assert not may_read({"email": "ada@news.example", "email_verified": False}, readers)
    assert not may_read({"email": None}, readers)


@pytest.mark.parametrize("readers", ["news.example", "ada@", "a@b@c"])
def test_a_reader_that_is_neither_is_refused_before_the_page_is_served(readers: str) -> None:
    with pytest.raises(UsageError, match="neither an address"):
        listed(readers)


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file that Streamlit reads its secrets from; empty until it is written."""
    path = tmp_path / "secrets.toml"
    real = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: [str(path)] if name == "secrets.files" else real(name))
    monkeypatch.setattr("streamlit.config.get_option", st.get_option)
    secrets_singleton._reset()
    yield path
    secrets_singleton._reset()


GOOD = 'redirect_uri = "https://rashomon.example/oauth2callback"\ncookie_secret = "xxxxxxxxxxxxxxxx"\n'


def test_signing_in_is_off_without_a_section_and_on_with_one(secrets: Path) -> None:
    assert signin.check("") == ()
    assert signin.admitted("")
    secrets.write_text("[other]\na = 1\n", encoding="utf-8")
    secrets_singleton._reset()
    assert signin.check("") == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[auth]\nclient_id = 'x'\n", "lacks redirect_uri and cookie_secret"),
        ("[auth\n", "cannot be read"),
    ],
)
def test_secrets_that_cannot_work_are_told_and_never_let_anyone_in(secrets: Path, written: str, told: str) -> None:
    secrets.write_text(written, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        signin.check("")


def test_what_is_not_installed_is_named(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets.write_text(f"[auth]\n{GOOD}", encoding="utf-8")
    monkeypatch.setattr(signin, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'rashomon\[signin\]'"):
        signin.check("")
    monkeypatch.setattr(signin, "find_spec", lambda name: sys)
    assert signin.check("") == ("rashomon.example",)
