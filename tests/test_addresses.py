from __future__ import annotations

import pytest

from portal.addresses import can_be_reached, is_own_address, split_contact


def test_addresses_in_a_contact_become_links_and_the_words_around_them_stay():
    assert split_contact("Write to data@otherton.test, or use https://otherton.test/ask.") == [
        ("Write to ", ""),
        ("data@otherton.test", "mailto:data@otherton.test"),
        (", or use ", ""),
        ("https://otherton.test/ask", "https://otherton.test/ask"),
        (".", ""),
    ]


@pytest.mark.parametrize(
    "contact", ["data@otherton.test", "https://otherton.test", "Write to first.last+data@a-b.gov.uk!"]
)
def test_somebody_can_be_reached_at_a_mail_or_web_address(contact):
    assert can_be_reached(contact)


@pytest.mark.parametrize(
    "contact",
    [
        *("", None, [], "The address for corrections is not set yet.", "TODO", "data@", "javascript:alert(1)"),
        *(
            "data@example.org",
            "data@mail.example.com",
            "https://example.net/ask",
            "http://localhost:8000/",
            "https://WWW.Example.Org/ask",
            "a@b.invalid",
            "data@EXAMPLE.Org",
        ),
    ],
)
def test_nobody_can_be_reached_at_a_placeholder(contact):
    assert not can_be_reached(contact)


@pytest.mark.parametrize(
    "address", ["https://data.otherton.gov.uk/", "http://otherton.test/portal", "https://myexample.org/"]
)
def test_an_address_of_its_own_is_one_where_a_site_may_stand(address):
    assert is_own_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "otherton.gov.uk",
        "https://example.org/portal/",
        "https://www.example.com",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000/",
        "https://EXAMPLE.COM/",
        "http://[x",
    ],
)
def test_a_site_stands_at_no_placeholder(address):
    assert not is_own_address(address)
