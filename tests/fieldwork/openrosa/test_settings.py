"""The code that sets a phone up says what Collect's own schema allows."""

import base64
import json
import zlib

from tyndau.fieldwork.openrosa import collect_settings

# What client-settings.schema.json of ODK Collect allows, of the keys that are written.
ALLOWED = {
    "protocol": {"odk_default"},
    "form_update_mode": {"manual", "previously_downloaded", "match_exactly"},
    "periodic_form_updates_check": {
        "every_fifteen_minutes", "every_one_hour", "every_six_hours", "every_24_hours",
    },
    "automatic_update": {True, False},
    "hide_old_form_versions": {True, False},
    "autosend": {"off", "wifi_only", "cellular_only", "wifi_and_cellular"},
    "delete_send": {True, False},
    "analytics": {True, False},
}  # fmt: skip


def read(text: str) -> dict[str, dict[str, object]]:
    return json.loads(zlib.decompress(base64.b64decode(text, validate=True)).decode("utf-8"))


def test_it_works() -> None:
    text = collect_settings(
        server_url="https://t.kz/k/secret/", project="Тараз: тұрғындар", interviewer="Әлия Ұ."
    )
    settings = read(text)
    assert set(settings) == {"general", "admin", "project"}
    general = settings["general"]
    assert general["server_url"] == "https://t.kz/k/secret"
    assert general["metadata_username"] == "Әлия Ұ."
    assert settings["project"] == {"name": "Тараз: тұрғындар"}
    for key, allowed in ALLOWED.items():
        assert general[key] in allowed, key
    assert settings["admin"] == {"change_server": False, "delete_saved": False}


def test_nobody_is_named_who_was_not_given() -> None:
    settings = read(collect_settings(server_url="https://t.kz/k/secret", project="T"))
    assert "metadata_username" not in settings["general"]


def test_the_text_fits_a_code_that_a_cheap_camera_reads() -> None:
    text = collect_settings(
        server_url="https://" + "t" * 100 + ".kz/k/" + "a" * 64, project="T" * 60
    )
    assert len(text) < 600
