"""What a webhook says was left: the service's own ids alone, however it is written."""

from __future__ import annotations

from datetime import date

import pytest

from hotline.telephony.left import MOST_MEDIA, find_media, find_recording

KEYS = ((date(2026, 11, 23), b"k" * 32), (date(2026, 11, 22), b"y" * 32))
RECORDING, MESSAGE, MEDIUM = "RE" + "a" * 32, "SM" + "b" * 32, "ME" + "c" * 32
URL = f"https://api.twilio.com/2010-04-01/Accounts/AC{'0' * 32}/Messages/{MESSAGE}/Media/{MEDIUM}"


def test_a_recording_is_known_by_its_id_and_never_by_an_address() -> None:
    left = find_recording({"RecordingSid": (RECORDING,), "RecordingUrl": ("https://evil.example/x",)}, KEYS)
    assert left is not None and left.path == f"Recordings/{RECORDING}"
    again = find_recording({"RecordingSid": (RECORDING,)}, KEYS)
    assert again is not None and again.repeat_id == left.repeat_id


@pytest.mark.parametrize("sid", ["", "CA" + "a" * 32, RECORDING + "/../..", RECORDING.lower(), "RE" + "g" * 32])
def test_what_is_no_recording_is_none(sid: str) -> None:
    assert find_recording({"RecordingSid": (sid,)}, KEYS) is None


def test_media_are_pictures_or_something_to_delete() -> None:
    form = {"MessageSid": (MESSAGE,), "MediaUrl0": (URL,), "MediaContentType0": ("image/jpeg",)}
    form |= {"MediaUrl1": (URL,), "MediaContentType1": ("text/vcard",), "MediaUrl2": ("https://evil.example/Media/x",)}
    form |= {f"MediaUrl{MOST_MEDIA}": (URL,)}
    assert [(one.path, one.is_picture) for one in find_media(form, KEYS)] == [
        (f"Messages/{MESSAGE}/Media/{MEDIUM}", True),
        (f"Messages/{MESSAGE}/Media/{MEDIUM}", False),
    ]
    assert find_media({**form, "MessageSid": ("../x",)}, KEYS) == ()
