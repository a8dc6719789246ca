"""Invented speakers: pulses through the resonances of vowels, with hiss and pauses, as telephones carry them."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 8000
VOWELS = {"a": (750, 1250, 2500), "i": (290, 2200, 2900), "u": (320, 800, 2300), "e": (480, 1850, 2550)}
"""First formants in Hz of an average mouth."""

Samples = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice: its pitch in Hz, how much that moves, and the length of its vocal tract against the average."""

    pitch: float
    lilt: float
    tract: float

    def say(self, vowels: Sequence[str], seed: int, seconds: float = 0.35) -> Samples:
        """Vowels with a hiss before each and a pause after every third."""
        random = np.random.default_rng(seed)
        spoken: list[Samples] = []
        for number, vowel in enumerate(vowels):
            spoken += [0.08 * random.standard_normal(int(0.06 * RATE)), self.hold(vowel, seconds, random)]
            spoken += [np.zeros(int(0.2 * RATE))] if number % 3 == 2 else []
        speech = np.concatenate(spoken)
        return np.asarray(0.5 * speech / np.abs(speech).max() + 0.0005 * random.standard_normal(len(speech)))

    def hold(self, vowel: str, seconds: float, random: np.random.Generator) -> Samples:
        """One vowel, its pitch rising and falling by `lilt`."""
        count = int(seconds * RATE)
        bend = 1 + self.lilt * np.sin(2 * np.pi * np.linspace(random.random(), 1.5, count))
        phase = np.cumsum(self.pitch * bend / RATE)
        pulses = np.diff(np.floor(phase), prepend=0.0)
        swell = np.hanning(count) ** 0.25
        return self._shape(pulses * swell + 0.01 * random.standard_normal(count), vowel)

    def formants(self, vowel: str) -> tuple[float, ...]:
        """Where this mouth's resonances are, in Hz."""
        return tuple(one / self.tract for one in VOWELS[vowel])

    def _shape(self, excitation: Samples, vowel: str) -> Samples:
        size = 2 * len(excitation)
        z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
        response = 1 / (1 - 0.9 * z)
        for formant in self.formants(vowel):
            radius, angle = np.exp(-np.pi * (50 + formant / 30) / RATE), 2 * np.pi * formant / RATE
            response = response / (1 - 2 * radius * np.cos(angle) * z + radius**2 * z**2)
        return np.asarray(np.fft.irfft(np.fft.rfft(excitation, size) * response, size)[: len(excitation)])


def as_wav(samples: Samples, *, rate: int = RATE, channels: int = 1, width: int = 2) -> bytes:
    """The samples, between -1 and 1, as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setframerate(rate)
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def from_wav(wav: bytes) -> Samples:
    """The samples of a WAV file of 16 bits."""
    with wave.open(io.BytesIO(wav)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 32768
