"""The generator gives the published numbers, with and without compilation."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

from cisim.core.draws import inverse_normal, normal, philox, uniform, uniform_and_normal

#: Random123 1.09, kat_vectors, philox4x32 with 10 rounds: counter, key, output (Salmon et al. 2011).
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]

#: (seed, replicate, community, entity, month, purpose), ends of the ranges included.
KEYS = [
    (0, 0, 0, 0, 0, 0),
    (1, 2, 3, 4, 5, 6),
    (2**63 - 1, 2**32 - 1, 199, 2**32 - 1, 2**16 - 1, 2**16 - 1),
    (2**32, 0, 0, 8191, 600, 81),
    (42, 499, 7, 4004, 240, 61),
    (42, 499, 7, 600_239, 240, 81),
]

SCRIPT = """
import json, sys
from cisim.core.draws import philox, uniform_and_normal
assert not hasattr(philox, "py_func"), "still compiled"
print(json.dumps([[x.hex() for x in uniform_and_normal(*keys)] for keys in json.loads(sys.argv[1])]))
"""


def words(text: str) -> list[np.uint64]:
    return [np.uint64(int(word, 16)) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS, ids=["zeros", "ones", "digits of pi"])
def test_philox_gives_the_published_answers(counter: str, key: str, answer: str) -> None:
    assert [int(word) for word in philox(*words(counter), *words(key))] == [int(word) for word in words(answer)]


def test_inverse_normal_agrees_with_scipy_in_the_middle_and_far_in_the_tails() -> None:
    middle = np.linspace(1e-4, 1.0 - 1e-4, 4001)
    tails = np.logspace(-300, -4, 600)
    for p in (*middle, *tails, *(1.0 - tails[tails > 1e-15])):
        assert inverse_normal(float(p)) == pytest.approx(ndtri(p), rel=2e-14, abs=1e-15)


def test_inverse_normal_has_no_jump_where_its_formulas_meet() -> None:
    for p in (0.075, 0.925, float(np.exp(-25.0))):
        below, above = inverse_normal(np.nextafter(p, 0.0)), inverse_normal(np.nextafter(p, 1.0))
        assert abs(above - below) < 1e-12


def test_inverse_normal_is_odd_and_zero_at_a_half() -> None:
    assert inverse_normal(0.5) == 0.0
    for p in (2.0**-3, 2.0**-10, 2.0**-40):
        assert inverse_normal(p) == -inverse_normal(1.0 - p)


def test_a_block_gives_the_uniform_and_the_normal_of_its_keys() -> None:
    for keys in KEYS:
        assert uniform_and_normal(*keys) == (uniform(*keys), normal(*keys))


def test_a_uniform_is_made_of_the_first_two_words_and_a_normal_of_the_last_two() -> None:
    # Zeros for counter and key: words 6627e8d5 e169c58d | bc57ac4c 9b00dbd8; 27 bits of the first, 26 of the second.
    first = ((0x6627E8D5 >> 5) * 2**26 + (0xE169C58D >> 6) + 0.5) / 2**53
    second = ((0xBC57AC4C >> 5) * 2**26 + (0x9B00DBD8 >> 6) + 0.5) / 2**53
    assert uniform(0, 0, 0, 0, 0, 0) == first
    assert normal(0, 0, 0, 0, 0, 0) == inverse_normal(second)


def test_draws_are_the_same_without_compilation(checkout: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", SCRIPT, json.dumps(KEYS)]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for keys, (u, z) in zip(KEYS, json.loads(done.stdout), strict=True):
        assert float.fromhex(u) == uniform(*keys)
        assert float.fromhex(z) == pytest.approx(normal(*keys), rel=1e-15)
