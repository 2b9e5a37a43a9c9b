"""The page of referrals says what the program asks."""

from __future__ import annotations

from tests.docs.tools import tool


def test_the_page_of_referrals_is_as_the_program_would_write_it() -> None:
    page = tool("make_referrals_page")
    assert page.PAGE.read_text("utf-8") == page.page(), "run tools/make_referrals_page.py"
