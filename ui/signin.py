"""Signing in with an OpenID Connect provider, where Streamlit's secrets have a section [auth]: who may come in.

Streamlit does the protocol (`st.login`); this page shows nothing until it is done, and then to those alone whom
`RASHOMON_READERS` lists, or to all whom the provider signs in where it lists nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from index.errors import UsageError
from ui.rows import shown
from ui.text import label

NEEDED = ("redirect_uri", "cookie_secret")
PACKAGES = ("authlib", "httpx")


def listed(readers: str) -> frozenset[str]:
    """The addresses and domains in the setting `readers`.

    Raises:
        UsageError: an entry is neither.
    """
    entries = [entry.strip().casefold() for entry in readers.split(",") if entry.strip()]
    for entry in entries:
        if entry.count("@") != 1 or entry.endswith("@"):
            raise UsageError(
                f"{entry!r} in RASHOMON_READERS is neither an address (ada@news.example) nor a domain "
                "(@news.example); correct it."
            )
    return frozenset(entries)


def may_read(user: Mapping[str, Any], readers: frozenset[str]) -> bool:
    """Whether a user whom the provider signed in is among the readers.

    Args:
        user: the claims of the identity token (OpenID Connect Core 1.0, 5.1).
        readers: as `listed` gives them.
    """
    if not readers:
        return True
    address = str(user.get("email") or "").casefold()
    # An address that the provider did not verify may be anybody's.
    if user.get("email_verified") in (False, "false") or address.count("@") != 1:
        return False
    return address in readers or f"@{address.partition('@')[2]}" in readers


def switched_on() -> Mapping[str, Any] | None:
    """The section [auth] of Streamlit's secrets, or None where signing in is off.

    Raises:
        UsageError: there are secrets that cannot be read, so that nobody knows whether it is on.
    """
    if not st.secrets.load_if_toml_exists():
        there = [path for path in st.get_option("secrets.files") if Path(path).exists()]
        if there:
            raise UsageError(f"The secrets in {there[0]} cannot be read; correct the file or take it away.")
        return None
    section = st.secrets.get("auth")
    return section if isinstance(section, Mapping) else None


def check(readers: str) -> tuple[str, ...]:
    """Looks, before the page is served, whether signing in can work where it is switched on.

    Args:
        readers: who may come in, as the settings have it.

    Returns:
        The host at which the page is reached then, or nothing.

    Raises:
        UsageError: something is missing.
    """
    section = switched_on()
    if section is None:
        return ()
    missing = [name for name in NEEDED if not section.get(name)]
    if missing:
        raise UsageError(
            f"The section [auth] of Streamlit's secrets lacks {' and '.join(missing)}; add what is missing."
        )
    if any(find_spec(name) is None for name in PACKAGES):
        raise UsageError("Signing in needs one more package; install it with: pip install 'rashomon[signin]'")
    listed(readers)
    host = urlsplit(str(section["redirect_uri"])).hostname
    return (host,) if host else ()


def admitted(readers: str) -> bool:
    """Whether the reader of this page may see it, where `readers` are those who may."""
    return switched_on() is None or (bool(st.user.is_logged_in) and may_read(_user(), listed(readers)))


def draw_way_in() -> None:
    """Draws what a reader sees who may not see the page (yet)."""
    st.set_page_config(page_title="Rashomon", layout="centered")
    if st.user.is_logged_in:
        st.title("You are not among the readers", anchor=False)
        st.text(
            f"You are signed in as {_name()}, which is not listed here. Ask whoever runs this page to list you, or "
            "sign out and come back as somebody else."
        )
        st.button("Sign out", icon=":material/logout:", on_click=st.logout)
        return
    st.title("Rashomon", anchor=False)
    st.text("One event, many accounts. Sign in to read them.")
    for name in _providers(switched_on() or {}):
        told = label(f"Sign in with {name.capitalize()}") if name else "Sign in"
        st.button(told, type="primary", key=f"sign-in-{name}", icon=":material/login:", on_click=partial(_login, name))


def draw_account() -> None:
    """Draws who is signed in, and the way out; nothing where signing in is off."""
    if switched_on() is None:
        return
    st.subheader("Signed in", anchor=False)
    st.text(_name())
    st.button("Sign out", icon=":material/logout:", on_click=st.logout)


def _providers(section: Mapping[str, Any]) -> list[str]:
    """The names of the providers; "" is the one without a name."""
    named = [name for name, known in section.items() if isinstance(known, Mapping) and "client_id" in known]
    return [*([""] if "client_id" in section else []), *named]


def _login(name: str) -> None:
    if name:
        st.login(name)
    else:
        st.login()


def _user() -> Mapping[str, Any]:
    return st.user.to_dict()


def _name() -> str:
    known = _user()
    return shown(str(known.get("email") or known.get("name") or "somebody without an address"), 200)
