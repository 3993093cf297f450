"""What the environment says of signing in: the identity provider, and local accounts."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import environ

from config.environment import read_flag, read_number, refuse

# Signatures that only the provider can make. `none` and the HS family are never among them: with
# those, whoever knows the public key or the client secret could write a token.
SIGNATURE_ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
PERSON_FIELDS = ("identity", "username")


@dataclass(frozen=True)
class IdentityProvider:
    issuer: str
    """Empty where there is none."""
    client_id: str
    client_secret: str
    name: str
    scopes: list[str]
    acr_values: list[str]
    algorithms: list[str]
    person_claim: str
    person_field: str
    create_people: bool


@dataclass(frozen=True)
class LocalSignIn:
    accounts: bool
    mfa_required: bool
    idle_seconds: int
    max_seconds: int
    trusted_proxies: int


def read_local_sign_in(env: environ.Env, *, debug: bool) -> LocalSignIn:
    """Local accounts, how long sessions live, and whose word on addresses is taken."""
    behind_proxy = not debug and read_flag(env, "BEHIND_TLS_PROXY", default=False)
    return LocalSignIn(
        accounts=read_flag(env, "LOCAL_ACCOUNTS", default=debug),
        mfa_required=read_flag(env, "MFA_REQUIRED", default=not debug),
        idle_seconds=60 * read_number(env, "SESSION_IDLE_MINUTES", default=120, least=1),
        max_seconds=3600 * read_number(env, "SESSION_MAX_HOURS", default=12, least=1),
        trusted_proxies=read_number(env, "TRUSTED_PROXIES", default=int(behind_proxy)),
    )


def read_identity_provider(env: environ.Env, *, debug: bool) -> IdentityProvider:
    """The identity provider; stops the program with one line when it is half described."""
    issuer = env.str("OIDC_ISSUER", default="").strip()
    client_id = env.str("OIDC_CLIENT_ID", default="").strip()
    secret = env.str("OIDC_CLIENT_SECRET", default="").strip()
    if issuer:
        parts = urlsplit(issuer)
        if parts.scheme not in ({"https", "http"} if debug else {"https"}) or not parts.netloc:
            refuse("OIDC_ISSUER", f"är {issuer!r}; sätt utfärdarens adress, https://…")
        if not client_id:
            refuse("OIDC_CLIENT_ID", "saknas; det behövs när OIDC_ISSUER är satt.")
        if not secret:
            refuse("OIDC_CLIENT_SECRET", "saknas; det behövs när OIDC_ISSUER är satt.")
    elif client_id or secret:
        refuse("OIDC_ISSUER", "saknas; det behövs när OIDC_CLIENT_ID är satt.")
    algorithms = _words(env, "OIDC_ALGORITHMS", "RS256 PS256 ES256")
    for algorithm in algorithms:
        if algorithm not in SIGNATURE_ALGORITHMS:
            allowed = " ".join(SIGNATURE_ALGORITHMS)
            refuse("OIDC_ALGORITHMS", f"innehåller {algorithm!r}; välj bland {allowed}.")
    field = env.str("OIDC_PERSON_FIELD", default="identity").strip()
    if field not in PERSON_FIELDS:
        refuse("OIDC_PERSON_FIELD", f"är {field!r}; sätt {' eller '.join(PERSON_FIELDS)}.")
    return IdentityProvider(
        issuer=issuer,
        client_id=client_id,
        client_secret=secret,
        name=env.str("OIDC_NAME", default="stadens inloggning").strip(),
        scopes=_words(env, "OIDC_SCOPES", "openid profile"),
        acr_values=_words(env, "OIDC_ACR_VALUES", ""),
        algorithms=algorithms,
        person_claim=env.str("OIDC_PERSON_CLAIM", default="sub").strip() or "sub",
        person_field=field,
        create_people=read_flag(env, "OIDC_CREATE_PEOPLE", default=False),
    )


def _words(env: environ.Env, variable: str, default: str) -> list[str]:
    """A list of words, between spaces or commas."""
    return env.str(variable, default=default).replace(",", " ").split()
