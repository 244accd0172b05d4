# SPDX-License-Identifier: MIT
"""For how long a failing service is left alone."""

import pytest

from bot.net import CircuitOpen
from bot.net.breaker import Breaker

REST = 60
LONGEST = 15 * 60


def rest_of(breaker: Breaker) -> float:
    """Return for how long nobody may ask now."""
    with pytest.raises(CircuitOpen) as caught:
        breaker.enter("x.example")
    return caught.value.retry_after


def try_in_vain(breaker: Breaker) -> None:
    breaker.enter("x.example")
    breaker.failed()
    breaker.leave()


def test_each_trial_in_vain_doubles_the_rest_up_to_a_quarter_of_an_hour(clock):
    breaker = Breaker(clock, failures=1, rest=REST)
    rests = []
    for _ in range(6):
        try_in_vain(breaker)
        rests.append(rest_of(breaker))
        clock.advance(rests[-1])
    assert rests == [REST, 2 * REST, 4 * REST, 8 * REST, LONGEST, LONGEST]


def test_after_a_success_the_rest_is_short_again(clock):
    breaker = Breaker(clock, failures=1, rest=REST)
    for _ in range(3):
        try_in_vain(breaker)
        clock.advance(rest_of(breaker))
    breaker.enter("x.example")
    breaker.succeeded()
    breaker.leave()
    try_in_vain(breaker)
    assert rest_of(breaker) == REST


def test_failures_count_only_in_a_row(clock):
    breaker = Breaker(clock, failures=2, rest=REST)
    for _ in range(3):
        try_in_vain(breaker)
        breaker.enter("x.example")
        breaker.succeeded()
        breaker.leave()
    try_in_vain(breaker)
    try_in_vain(breaker)
    assert rest_of(breaker) == REST
