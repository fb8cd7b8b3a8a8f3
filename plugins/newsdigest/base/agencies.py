"""The news agencies known without a setting: what they sign with, and what they are called."""

from __future__ import annotations

from importlib import resources


def _listed() -> tuple[tuple[str, str], ...]:
    text = (resources.files("newsdigest") / "data" / "agencies.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.split("\n") if line and line[0] != "#")
    return tuple((signature, name) for signature, name in rows)


# As agencies sign: the spelling counts. The name is what a byline shows when nobody else signed.
DEFAULT_AGENCIES = _listed()

# The first signature of each known agency, and its full name by that.
_USUAL = {name: code for code, name in reversed(DEFAULT_AGENCIES)}
_FULL = {code: name for name, code in _USUAL.items()}
_SIGNATURES = {code: _USUAL[name] for code, name in DEFAULT_AGENCIES}


def usual_signature(signature: str) -> str:
    """The one signature for all spellings of a known agency: `Xinhua` for `XINHUA`, `Chine Nouvelle`."""
    return _SIGNATURES.get(signature, signature)


def full_name(signature: str) -> str:
    """The full name of a known agency by its usual signature; else the signature."""
    return _FULL.get(signature, signature)
