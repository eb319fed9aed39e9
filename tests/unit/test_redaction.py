"""
Texts lose their secrets, pages their bodies, and everything its length.
"""

import time

import pytest
from support.answers import KEY, KEY_ID, SESSION

from braket_jobs._aws.redaction import redacted

SLOW = (
    *("@", "://x@", "://x:y", "//a:b", ":/a:", "//:", "a:b ", "a:", "eyJ", "eyJ.", "-eyJ", "bearer ", "Bearer eyJ"),
    *(
        "NTLM ",
        "bearer a1",
        "Bearer a",
        "digest username=",
        "cookie:",
        "cookie ",
        "cookie a",
        "x-api-key: ",
        "authorization: a ",
    ),
    *("Basic ", "basic a", "access_token", "client_secret%3D", "password=>", "\\/", "%2F"),
)
_ECHOES = (
    '{{"Proxy-Authorization": ["{}"]}}',
    "map[proxy-authorization:[{}] accept:[*/*]]",
    "[('proxy-authorization', '{}')]",
    "[(b'proxy-authorization', b'{}')]",
    '<header name="proxy-authorization">{}</header>',
    '{{"proxy-authorization"=>"{}"}}',
    r'"{{\"proxy-authorization\": \"{}\"}}"',
    "proxy-authorization {}",
    "it was {}",
)
_HEX = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"


@pytest.mark.parametrize(
    "text",
    [
        "the job does not exist",
        "the bearer token included in the request is invalid",
        "the refresh token has expired",
        "ask me@example.org about https://example.org/a@b",
        "cannot reach http://proxy:8080 of admin@example.org",
        "basic authentication is required",
        "use Basic Auth, or BASIC",
        "NTLM authentication is required",
        "cannot negotiate a protocol",
        "Negotiate and NTLM are off",
        "the bearer token. It is invalid",
        "bearer tokens expire",
        "enable cookies, or a cookie policy",
        "no API key was sent",
        "the auth token has expired",
        "User: arn:aws:sts::123456789012:assumed-role/a-role/me@example.org is not authorized",
        "User: arn:aws:sts::123456789012:assumed-role/role/me is not authorized to perform: braket:GetJob",
        "https://braket.us-east-1.amazonaws.com/job/arn%3Aaws%3Abraket%3Aus-east-1",
        "arn:aws:braket:us-east-1:123456789012:job/acc51817-2b7a-48ed-8dee-fffc87703b10",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    """
    Ordinary messages pass unchanged.
    """
    shown = redacted(text)

    assert shown == text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"the key {KEY_ID} is unknown", KEY_ID[4:]),
        (f"key {KEY}", KEY),
        (f"token {SESSION}", SESSION[:50]),
        (f"x-amz-security-token:{SESSION}", SESSION[:20]),
        ('{"SessionToken": "abc.def"}', "abc.def"),
        ("aws_secret_access_key = abc-def", "abc-def"),
        ("SecretAccessKey=abc-def", "abc-def"),
        (f"Signature={_HEX}", _HEX[:20]),
        ("X-Amz-Signature=abc123&X", "abc123"),
        (f"Authorization: AWS4-HMAC-SHA256 Credential={KEY_ID}/20250101/x, Signature={_HEX}", _HEX),
        (f"Authorization: AWS4-HMAC-SHA256 Credential={KEY_ID}/20250101/x, Signature={_HEX}", KEY_ID[4:]),
        ("Proxy-Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
        ("authorization: Bearer eyJ.abc", "eyJ.abc"),
        ("cannot use http://user:hunter2@proxy:3128", "hunter2"),
        ("cannot use http://user:p@ss@proxy:3128", "ss"),
        ("cannot use http://user:it's@proxy:3128", "it"),
        (f"http://user:{'x-' * 400}tail@proxy", "tail"),
        ("got Bearer eyJhbGciOi.eyJzdWIi.c2ln-_X", "eyJ"),
        ("got eyJhbGciOi.eyJzdWIi.c2ln-_X", "c2ln"),
        ("got bearer opaque-token_of-20-chars", "opaque"),
        ("got bearer abc-1", "abc-1"),
        ("got Bearer abc.def", "def"),
        ("got bearer hunter2", "hunter2"),
        ("sent bearer%20hunter2", "hunter2"),
        ("Authorization: NTLM TlRMTVNTUAAB", "TlRM"),
        ("got NTLM TlRMTVNTUAAB", "TlRM"),
        ("got Negotiate YIIGhgYG", "YII"),
        ("Proxy-Authorization: Negotiate YIIGhgYG", "YII"),
        ("Authorization: ApiKey hunter2", "hunter2"),
        ('Authorization: Digest username="jane", realm="x y", nonce="a", response="6629fae4", opaque="b"', "6629"),
        ('Authorization: Digest username="jane", realm="x y", nonce="a", response="6629fae4", opaque="b"', "jane"),
        ("Cookie: a=hunter1; b=hunter2", "hunter"),
        ('Set-Cookie: a="hunter1; b"; Path=/; HttpOnly; b=hunter2', "hunter"),
        ("map[cookie:[a=hunter1; b=hunter2] host:[x]]", "hunter"),
        ('{"Set-Cookie": ["a=hunter1", "b=hunter2"]}', "hunter"),
        ("[(b'cookie', b'a=hunter1; b=hunter2')]", "hunter"),
        ("cookie a=hunter1; b=hunter2 host x", "hunter"),
        ("x-api-key: hunter2", "hunter2"),
        ("X-Auth-Token: hunter2", "hunter2"),
        ('{"apiKey": "hunter2"}', "hunter2"),
        ("api_key=hunter2&x=y", "hunter2"),
        ("X-CSRF-Token: hunter2", "hunter2"),
        ('{"accessToken": "abc.def"}', "abc.def"),
        ("access_token=abc-def", "abc-def"),
        ("refresh_token=abc-def", "abc-def"),
        ('{"refreshToken":"abc-def"}', "abc-def"),
        ('{"idToken":"abc-def"}', "abc-def"),
        ('{"clientSecret": "abc-def"}', "abc-def"),
        ("client_secret=abc-def", "abc-def"),
        ("X-Amz-Security-Token%3DIQoJ%2Fabc&X", "abc"),
        ("x-amz-security-token%3aIQoJ", "IQoJ"),
        ("password='hunter2'", "hunter2"),
        (r'"{\"password\": \"hunter2\"}"', "hunter2"),
        ("<SecretAccessKey>abc-def</SecretAccessKey>", "abc-def"),
        ("{'SessionToken': b'abc-def'}", "abc-def"),
        ("('X-Amz-Security-Token', 'abc-def')", "abc-def"),
        ('{"X-Amz-Security-Token"=>"abc-def"}', "abc-def"),
        (KEY.replace("/", "\\/"), KEY[:10]),
        (KEY.replace("/", "%2F"), KEY[:10]),
        *((shape.format("Basic dXNlcjpwYXNz"), "dXNlcjpwYXNz") for shape in _ECHOES),
        ("cannot use http:/user:hunter2@proxy:3128", "hunter2"),
        ("cannot use http//user:hunter2@proxy:3128", "hunter2"),
        ("cannot use //user:hunter2@proxy:3128", "hunter2"),
        ("cannot use user:hunter2@proxy:3128", "hunter2"),
        ("cannot use http://user:hunter2/x@proxy:3128", "hunter2"),
        ("cannot use http://user:hunter2 x@proxy:3128", "hunter2"),
        ("Port could not be cast to integer value as 'hunter2'", "hunter2"),
        (f"{'A' * 19_970} {KEY}", KEY[:20]),
        (f"{'A' * 19_970} http://user:hunter2{'x' * 100}@proxy", "hunter2"),
        (f"{'A' * 19_990}{KEY}", "A"),
        (f"<html><title>x</title><body>{KEY}", KEY),
        ("-" * 950 + KEY_ID * 20, KEY_ID[4:]),
    ],
)
def test_a_secret_is_taken_out(text: str, secret: str) -> None:
    """
    Keys, tokens, signatures and passwords don't survive, in any of the forms they are echoed in.
    """
    shown = redacted(text)

    assert secret not in shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<!DOCTYPE html><html><head><title> Hotel \n</title></head>", "an HTML page titled 'Hotel'"),
        ("  <html><body>hello", "an HTML page"),
        ('<?xml version="1.0"?><Error/>', "an HTML page"),
    ],
)
def test_a_page_is_reduced_to_its_title(page: str, shown: str) -> None:
    """
    Somebody else's page doesn't fill the log.
    """
    text = redacted(page)

    assert text == shown


def test_a_text_is_bounded() -> None:
    """
    A thousand characters are shown, and a mark that there was more.
    """
    shown = redacted("word " * 1_000_000)

    assert len(shown) == 1001
    assert shown.endswith("…")


@pytest.mark.parametrize(
    "piece", ["A", "=", "authorization:", "://", "://x", "<title>", '"', "AKIA", "signature = ", *SLOW]
)
def test_the_time_is_bounded(piece: str) -> None:
    """
    Ten megabytes of what the patterns begin with are looked through in well under a second.
    """
    text = piece * (10_000_000 // len(piece))
    started = time.perf_counter()
    redacted(text)
    elapsed = time.perf_counter() - started

    assert elapsed < 1


@pytest.mark.parametrize("piece", ["A", "://", "<title>", '"', "AKIA", "signature = ", *SLOW])
def test_the_time_for_all_that_is_looked_through_is_bounded(piece: str) -> None:
    """
    The longest text that is not cut before takes no longer.
    """
    text = piece * (20_000 // len(piece))
    started = time.perf_counter()
    redacted(text)
    elapsed = time.perf_counter() - started

    assert elapsed < 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a-b " * 3 + "c-" * 10_000, "a-b a-b a-b…"),
        ("c-" * 10_001, "…"),
        ("c-d" * 6_666 + "  ", "c-d" * 333 + "c…"),
    ],
)
def test_of_a_longer_text_than_is_looked_through_the_last_word_is_left_out(text: str, shown: str) -> None:
    """
    Only that word; a text that is nothing but one word shows nothing of it; what is not cut keeps its last.
    """
    assert redacted(text) == shown


def test_a_text_of_a_thousand_characters_is_whole() -> None:
    """
    The bound itself is still within.
    """
    text = "word " * 200

    assert redacted(text) == text
