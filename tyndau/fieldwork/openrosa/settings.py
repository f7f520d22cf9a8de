"""The code by which a phone learns where its forms are: settings of ODK Collect.

In: the address of the server with the interviewer's token in it, names. Out: the text of the QR
code, which whoever shows it draws. Keys and values are those of Collect's own schema,
``client-settings.schema.json``; what is not named here, Collect sets to its default.
"""

import base64
import json
import zlib


def collect_settings(*, server_url: str, project: str, interviewer: str = "") -> str:
    """Write the settings of ODK Collect for one interviewer.

    Forms are those of the server, newest version, without a hand; interviews are sent as soon as
    there is any network, and then leave the phone.

    Parameters
    ----------
    server_url : str
        Where ``formList`` and ``submission`` are, without them.
    project : str
        What Collect calls the project.
    interviewer : str, optional
        What interviews that ask for ``username`` are told.

    Returns
    -------
    str
        JSON, compressed by zlib, in base64.
    """
    general = {
        "protocol": "odk_default",
        "server_url": server_url.rstrip("/"),
        "form_update_mode": "match_exactly",
        "periodic_form_updates_check": "every_fifteen_minutes",
        "automatic_update": True,
        "hide_old_form_versions": True,
        "autosend": "wifi_and_cellular",
        # A phone that is lost shows nothing: what the server has, the phone need not keep.
        "delete_send": True,
        # Collect speaks no Kazakh; the questionnaire speaks what it was written in all the same.
        "app_language": "ru",
        "analytics": False,
    }
    if interviewer:
        general["metadata_username"] = interviewer
    # An interview that waits for a network is not to be deleted by a slip of the thumb.
    admin = {"change_server": False, "delete_saved": False}
    settings = {"general": general, "admin": admin, "project": {"name": project}}
    written = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(written.encode("utf-8"), 9)).decode("ascii")
