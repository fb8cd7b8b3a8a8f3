"""The news agencies known without a setting: what they sign with, and what they are called."""

from __future__ import annotations

# As agencies sign: the spelling counts. The name is what a byline shows when nobody else signed.
DEFAULT_AGENCIES: tuple[tuple[str, str], ...] = (
    ("AFP", "Agence France-Presse"),
    ("Agence France-Presse", "Agence France-Presse"),
    ("Reuters", "Reuters"),
    ("REUTERS", "Reuters"),
    ("AP", "Associated Press"),
    ("Associated Press", "Associated Press"),
    ("Xinhua", "Agence Xinhua"),
    ("XINHUA", "Agence Xinhua"),
    ("Chine Nouvelle", "Agence Xinhua"),
    ("VNA", "Agence vietnamienne d'Information"),
    ("AVI", "Agence vietnamienne d'Information"),
    ("VI", "Agence vietnamienne d'Information"),
    ("TTXVN", "Thông tấn xã Việt Nam"),
    ("Vietnam+", "VietnamPlus"),
    ("VietnamPlus", "VietnamPlus"),
    ("CVN", "Le Courrier du Vietnam"),
    ("Le Courrier du Vietnam", "Le Courrier du Vietnam"),
    ("Courrier du Vietnam", "Le Courrier du Vietnam"),
    ("VNS", "Viet Nam News"),
    ("Viet Nam News", "Viet Nam News"),
    ("Vietnam News", "Viet Nam News"),
    ("VNP", "Vietnam Pictorial"),
    ("VOV", "La Voix du Vietnam"),
    ("VGP", "Portail du gouvernement vietnamien"),
    ("NDEL", "Nhân Dân en ligne"),
    ("Nhân Dân", "Nhân Dân"),
    ("SGGP", "Sài Gòn Giải Phóng"),
    ("AA", "Agence Anadolu"),
    ("Anadolu", "Agence Anadolu"),
    ("ACP", "Agence congolaise de presse"),
    ("AGERPRES", "Agerpres"),
    ("AIP", "Agence ivoirienne de presse"),
    ("ANI", "Asian News International"),
    ("ANP", "Algemeen Nederlands Persbureau"),
    ("ANSA", "Agenzia Nazionale Stampa Associata"),
    ("ANTARA", "Antara"),
    ("Antara", "Antara"),
    ("APA", "Austria Presse Agentur"),
    ("APS", "Agence de presse"),
    ("ATS", "Agence télégraphique suisse"),
    ("Keystone-ATS", "Keystone-ATS"),
    ("BBC", "BBC"),
    ("Belga", "Belga"),
    ("BELGA", "Belga"),
    ("Bernama", "Bernama"),
    ("BERNAMA", "Bernama"),
    ("Bloomberg", "Bloomberg"),
    ("CNA", "Central News Agency"),
    ("CNN", "CNN"),
    ("CP", "La Presse canadienne"),
    ("DPA", "Deutsche Presse-Agentur"),
    ("dpa", "Deutsche Presse-Agentur"),
    ("EFE", "Agencia EFE"),
    ("Europa Press", "Europa Press"),
    ("IANS", "Indo-Asian News Service"),
    ("Interfax", "Interfax"),
    ("IRNA", "Agence de presse de la République islamique"),
    ("Jiji", "Jiji Press"),
    ("KCNA", "Agence centrale de presse coréenne"),
    ("KPL", "Agence de presse lao"),
    ("Kyodo", "Kyodo News"),
    ("KYODO", "Kyodo News"),
    ("Lusa", "Agência Lusa"),
    ("MAP", "Maghreb arabe presse"),
    ("MENA", "Middle East News Agency"),
    ("NHK", "NHK"),
    ("NNA", "National News Agency"),
    ("PA", "PA Media"),
    ("PAP", "Polska Agencja Prasowa"),
    ("PNA", "Philippine News Agency"),
    ("PTI", "Press Trust of India"),
    ("RIA Novosti", "RIA Novosti"),
    ("Sputnik", "Sputnik"),
    ("SPK", "Sarana Pres Kampuchea"),
    ("STT", "Suomen Tietotoimisto"),
    ("TAP", "Tunis Afrique Presse"),
    ("TASS", "TASS"),
    ("Tass", "TASS"),
    ("UPI", "United Press International"),
    ("Ukrinform", "Ukrinform"),
    ("Yonhap", "Yonhap"),
    ("YONHAP", "Yonhap"),
)


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
