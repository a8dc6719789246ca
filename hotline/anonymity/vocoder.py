"""Takes speech apart into resonances, loudness and voicing, and speaks it anew with other resonances and one flat pitch.

Linear prediction gives each frame's all-pole filter. McAdams's coefficient raises the angle of every pole to a power
(Patino et al., *Speaker anonymisation using the McAdams coefficient*, 2021), which moves the formants; what excited the
filter, and with it pitch, intonation and the sound of the vocal folds, is thrown away for pulses of one period and noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RATE = 8000
"""Samples a second, as telephones have them."""

HOP = 80
"""A frame begins every 10 ms."""

ORDER = 12
"""Poles of the filter: four formants below 4 kHz and the tilt, too few to follow the harmonics of a high voice."""

_WINDOW, _SYNTHESIS, _SPECTRUM = 240, 2 * HOP, 512
_MOST_RADIUS = 0.98
"""No resonance rings longer than the 50 Hz of bandwidth that a vocal tract has."""

_SHORTEST_LAG, _LONGEST_LAG = RATE // 400, RATE // 60
_BLOCK = 1000
"""Frames that are worked on at once: ten seconds, so that a long message needs no more memory than a short one."""


@dataclass(frozen=True, slots=True)
class Frames:
    """What is kept of speech, a row a frame: prediction coefficients (ORDER + 1), power, and voicing from 0 to 1."""

    filters: Array
    power: Array
    voicing: Array

    def __len__(self) -> int:
        return len(self.power)


def take_apart(samples: Array) -> Frames:
    """The frames of a signal between -1 and 1."""
    windows, taper = _slice(samples), np.hamming(_WINDOW)
    blocks = [windows[first : first + _BLOCK] for first in range(0, len(windows), _BLOCK)]
    return Frames(
        filters=np.concatenate([_predict(_correlate(block * taper, ORDER + 1)) for block in blocks]),
        power=np.concatenate([np.mean(block**2, axis=1) for block in blocks]),
        voicing=_smooth(np.concatenate([_rate_voicing(block) for block in blocks])),
    )


def warp(filters: Array, alpha: Array) -> Array:
    """The filters with the angle of every complex pole raised to that frame's `alpha`; real poles stay."""
    poles = _find_poles(filters)
    angles, radii = np.abs(np.angle(poles)), np.minimum(np.abs(poles), _MOST_RADIUS)
    is_complex = np.abs(poles.imag) > 1e-9
    moved = np.where(is_complex, angles ** alpha[:, None], angles)
    turned = radii * np.exp(1j * np.sign(np.where(is_complex, poles.imag, 1.0)) * np.minimum(moved, np.pi))
    polynomial = np.zeros(filters.shape, dtype=np.complex128)
    polynomial[:, 0] = 1.0
    for one in turned.T:
        polynomial[:, 1:] -= one[:, None] * polynomial[:, :-1]
    return polynomial.real


def put_together(frames: Frames, pulses: Array, noise: Array) -> Array:
    """Speech of `frames`, one HOP of samples each, excited by `pulses` and `noise` of the same length and unit power."""
    speech = np.zeros(len(frames) * HOP + _SPECTRUM)
    taper = np.hanning(_SYNTHESIS + 1)[:-1]
    for first in range(0, len(frames), _BLOCK):
        rows = slice(first, min(first + _BLOCK, len(frames)))
        at = np.arange(rows.start, rows.stop)[:, None] * HOP + np.arange(_SYNTHESIS)
        voicing = frames.voicing[rows, None]
        excitation = (np.sqrt(voicing) * _take(pulses, at) + np.sqrt(1 - voicing) * _take(noise, at)) * taper
        response = 1 / np.fft.rfft(frames.filters[rows], _SPECTRUM)
        gain = np.sqrt(frames.power[rows] / np.mean(np.abs(response) ** 2, axis=1))
        spoken = np.fft.irfft(np.fft.rfft(excitation, _SPECTRUM) * response * gain[:, None], _SPECTRUM)
        target = at[:, :1] + np.arange(_SPECTRUM)
        np.add.at(speech, target.ravel(), spoken.ravel())
    begin = HOP // 2  # where the first frame has its middle, as `take_apart` saw it
    return speech[begin : begin + len(frames) * HOP]


def _slice(samples: Array) -> Array:
    """One window a frame, around the frame's middle."""
    margin = (_WINDOW - HOP) // 2
    padded = np.pad(samples, (margin, margin + HOP))
    count = max(1, -(-len(samples) // HOP))
    padded = np.pad(padded, (0, max(0, count * HOP + _WINDOW - len(padded))))
    return np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: count * HOP : HOP]


def _correlate(windows: Array, lags: int) -> Array:
    spectrum = np.fft.rfft(windows, _SPECTRUM)
    return np.fft.irfft(np.abs(spectrum) ** 2, _SPECTRUM)[:, :lags]


def _predict(correlation: Array) -> Array:
    """Levinson and Durbin's recursion over all frames at once."""
    filters = np.zeros(correlation.shape)
    filters[:, 0] = 1.0
    error = correlation[:, 0] * 1.0001 + 1e-9  # a little white noise, so that silence has a filter too
    for order in range(1, correlation.shape[1]):
        reflection = -np.sum(filters[:, :order] * correlation[:, order:0:-1], axis=1) / error
        filters[:, 1 : order + 1] += reflection[:, None] * filters[:, order - 1 :: -1]
        error *= 1 - reflection**2
    return filters


def _find_poles(filters: Array) -> NDArray[np.complex128]:
    companion = np.zeros((len(filters), ORDER, ORDER))
    companion[:, 0] = -filters[:, 1:]
    companion[:, np.arange(1, ORDER), np.arange(ORDER - 1)] = 1.0
    return np.linalg.eigvals(companion).astype(np.complex128)


def _rate_voicing(windows: Array) -> Array:
    """How periodic each frame is, from its normalised autocorrelation between 60 and 400 Hz."""
    centred = windows - windows.mean(axis=1, keepdims=True)
    correlation = _correlate(centred, _LONGEST_LAG + 1)
    overlap = 1 - np.arange(_LONGEST_LAG + 1) / _WINDOW
    normalised = correlation / (correlation[:, :1] + 1e-9) / overlap
    return np.asarray(np.clip((normalised[:, _SHORTEST_LAG:].max(axis=1) - 0.3) / 0.4, 0.0, 1.0))


def _smooth(strength: Array) -> Array:
    """The middle one of each three."""
    beside = np.pad(strength, 1, mode="edge")
    return np.asarray(np.median(np.stack([beside[:-2], strength, beside[2:]]), axis=0))


def _take(signal: Array, at: NDArray[np.int_]) -> Array:
    return np.asarray(signal[np.minimum(at, len(signal) - 1)])
