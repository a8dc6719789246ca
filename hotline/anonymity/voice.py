"""Distorts a recorded voice before anybody hears it: *vervormd*, never anonymous.

Resonances move by a random amount that drifts, pitch is one random flat tone, loudness is levelled, and the length is
rounded up. What is said, how fast, in which accent and with which words stays. `docs/anonymity.md` says how often an
attacker still finds the speaker.
"""

from __future__ import annotations

import io
import struct
import wave
from collections.abc import Callable

import numpy as np

from hotline.anonymity.vocoder import HOP, RATE, Array, Frames, put_together, take_apart, warp
from hotline.domain.errors import HotlineError

Randomness = Callable[[int], bytes]
"""So many random bytes, as `secrets.token_bytes` gives them: from less, whoever hears the noise could compute the rest."""

LONGEST_S = 180
ROUND_UP_S = 5
WEAKEST, STRONGEST = 0.9, 0.5
"""McAdams's coefficient: nearer to 1 hides little, below a half words are lost."""

_DRIFT, _DRIFT_EVERY_S = 0.05, 2
_SHORTEST_PERIOD, _LONGEST_PERIOD = 50, 88
_LOUDNESS = 0.08
_FLOOR = 1e-4
_HUM_HZ = 100


class VoiceError(HotlineError):
    """A recording cannot be distorted; the text says what is wrong with the file, and nothing that is in it."""


def distort(wav: bytes, random: Randomness) -> bytes:
    """The recording as another voice: a WAV file of 8 kHz, mono, 16 bits, a multiple of five seconds long.

    Raises VoiceError for everything but such a WAV file of at most three minutes with some sound in it.
    """
    samples = _cut_hum(_read(wav))
    seconds = -(-len(samples) // (RATE * ROUND_UP_S)) * ROUND_UP_S
    frames = take_apart(np.pad(samples, (0, seconds * RATE - len(samples))))
    alpha = _draw_alpha(random, len(frames))
    moved = Frames(warp(frames.filters, alpha), frames.power, frames.voicing)
    length = (len(frames) + 2) * HOP
    speech = put_together(moved, _draw_pulses(random, length), _draw_noise(random, length))
    told = frames.power[: -(-len(samples) // HOP)]  # without the silence that rounds the length up
    return _write(_level(speech, told) + _FLOOR * _draw_noise(random, len(speech)))


def _read(wav: bytes) -> Array:
    try:
        with wave.open(io.BytesIO(wav)) as file:
            shape = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            raw = file.readframes(LONGEST_S * RATE + 1)
    except (wave.Error, EOFError, RuntimeError, struct.error):  # all that `wave` raises on headers that lie
        raise VoiceError("this is not a WAV file of plain samples") from None
    if shape != (RATE, 1, 2):
        rate, channels, width = shape
        raise VoiceError(f"a recording has {RATE} Hz, 1 channel, 16 bits; this has {rate}, {channels}, {8 * width}")
    samples = np.frombuffer(raw[: len(raw) // 2 * 2], dtype="<i2") / 32768
    if len(samples) > LONGEST_S * RATE:
        raise VoiceError(f"a recording lasts at most {LONGEST_S} seconds")
    if not samples.any():
        raise VoiceError("there is no sound in this recording")
    return samples


def _cut_hum(samples: Array) -> Array:
    """Without what lies below 100 Hz: no speech, but the mains, whose wavering tells when it was recorded."""
    spectrum = np.fft.rfft(samples)
    spectrum[: int(_HUM_HZ * len(samples) / RATE) + 1] = 0
    return np.fft.irfft(spectrum, len(samples))


def _write(speech: Array) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setframerate(RATE)
        out.setnchannels(1)
        out.setsampwidth(2)
        out.writeframes((np.clip(speech, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def _draw(random: Randomness, count: int) -> Array:
    """Numbers between 0 and 1."""
    return np.asarray(np.frombuffer(random(4 * count), dtype="<u4") / 2**32)


def _draw_alpha(random: Randomness, count: int) -> Array:
    """One coefficient a frame: a level for the recording, and a slow drift around it."""
    level = STRONGEST + _DRIFT + (WEAKEST - STRONGEST - 2 * _DRIFT) * _draw(random, 1)[0]
    every = _DRIFT_EVERY_S * RATE // HOP
    knots = level + _DRIFT * (2 * _draw(random, count // every + 2) - 1)
    return np.asarray(np.interp(np.arange(count), np.arange(len(knots)) * every, knots))


def _draw_pulses(random: Randomness, length: int) -> Array:
    """A click every period, of unit power; the period is drawn once, between 91 and 160 Hz."""
    period = _SHORTEST_PERIOD + int(_draw(random, 1)[0] * (_LONGEST_PERIOD - _SHORTEST_PERIOD + 1))
    pulses = np.zeros(length)
    pulses[::period] = np.sqrt(period)
    return pulses


def _draw_noise(random: Randomness, length: int) -> Array:
    """White noise of unit power."""
    return np.asarray((2 * _draw(random, length) - 1) * np.sqrt(3))


def _level(speech: Array, power: Array) -> Array:
    """As loud as every other recording where it is loud: how far the telephone was from the mouth says something too."""
    loud = np.sqrt(np.mean(power[power >= np.quantile(power, 0.75)]))
    return speech * (_LOUDNESS / max(float(loud), 1e-6))
