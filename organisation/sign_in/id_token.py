"""Whether an ID token may be believed. Plain functions: no request, no database, no settings.

allauth leaves the signature of a token from the token endpoint unchecked, which the standard
allows, and knows neither nonce nor `acr`. Here every token is checked in full, wherever it came
from (OpenID Connect Core 1.0, section 3.1.3.7).
"""

import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jwt

LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""
OLDEST = 600
"""Seconds: a token older than this was not made for the sign-in that is going on."""
LONGEST = 32_768
"""Characters; a real token is a tenth of this."""
LEAST_RSA_BITS = 2048


class TokenRefused(Exception):
    """The token is not to be believed. `reason` is a fixed word, fit for a log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Expected:
    """What the token must say, for this sign-in and no other."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: Sequence[str]
    acr_values: Sequence[str] = ()
    """Levels of assurance that suffice; empty means that none is asked for."""


def verify_id_token(token: Any, *, keys: Any, expected: Expected) -> dict[str, Any]:
    """The claims of a token that is signed by one of `keys` and says all that is `expected`.

    token: the compact form, as it came.
    keys: the provider's JWKS document, decoded.
    Raises TokenRefused, with the first thing that is wrong.
    """
    if not isinstance(token, str) or not token or len(token) > LONGEST:
        raise TokenRefused("form")
    algorithm, key = _key_for(token, keys, expected.algorithms)
    claims = _signed_claims(token, key, algorithm, expected)
    _check_audience(claims, expected.client_id)
    if time.time() - claims["iat"] > OLDEST + LEEWAY:
        raise TokenRefused("stale")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(
        nonce.encode(), expected.nonce.encode()
    ):
        raise TokenRefused("nonce")
    if expected.acr_values and claims.get("acr") not in expected.acr_values:
        raise TokenRefused("acr")
    return claims


def _key_for(token: str, keys: Any, algorithms: Sequence[str]) -> tuple[str, Any]:
    """The algorithm of the token, if it is on our list, and the one key that fits it."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise TokenRefused("form") from error
    algorithm = header.get("alg")
    # Asked before any key is looked at: neither `none` nor HS256 with the public key as secret.
    if not isinstance(algorithm, str) or algorithm not in algorithms:
        raise TokenRefused("algorithm")
    listed = keys.get("keys") if isinstance(keys, dict) else None
    if not isinstance(listed, list):
        raise TokenRefused("keys")
    fitting = []
    for candidate in listed:
        if not isinstance(candidate, dict) or candidate.get("use", "sig") != "sig":
            continue
        if "kid" in header and candidate.get("kid") != header["kid"]:
            continue
        if candidate.get("alg", algorithm) != algorithm:
            continue
        try:
            fitting.append(jwt.PyJWK(candidate, algorithm=algorithm).key)
        except (jwt.PyJWTError, ValueError, TypeError, KeyError):
            continue  # a key of another kind is no error: the set may hold several
    if len(fitting) != 1:
        raise TokenRefused("key")
    key = fitting[0]
    if algorithm[:2] in {"RS", "PS"} and getattr(key, "key_size", 0) < LEAST_RSA_BITS:
        raise TokenRefused("weak-key")
    return algorithm, key


def _signed_claims(token: str, key: Any, algorithm: str, expected: Expected) -> dict[str, Any]:
    try:
        claims = jwt.decode(
            token,
            key=key,
            algorithms=[algorithm],
            audience=expected.client_id,
            issuer=expected.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.ExpiredSignatureError as error:
        raise TokenRefused("expired") from error
    except jwt.ImmatureSignatureError as error:
        raise TokenRefused("not-yet") from error
    except jwt.InvalidIssuerError as error:
        raise TokenRefused("issuer") from error
    except jwt.InvalidAudienceError as error:
        raise TokenRefused("audience") from error
    except jwt.MissingRequiredClaimError as error:
        raise TokenRefused("missing-claim") from error
    except jwt.InvalidSignatureError as error:
        raise TokenRefused("signature") from error
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise TokenRefused("form") from error
    if not isinstance(claims["iat"], int | float) or isinstance(claims["iat"], bool):
        raise TokenRefused("form")
    return claims


def _check_audience(claims: dict[str, Any], client_id: str) -> None:
    # A token that others may use too could have been got by one of them, so it is for us alone.
    if claims["aud"] not in (client_id, [client_id]):
        raise TokenRefused("audience")
    if claims.get("azp", client_id) != client_id:
        raise TokenRefused("authorised-party")
