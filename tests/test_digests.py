import numpy as np
import pytest

from analysis.digests import digest, stable


@pytest.mark.parametrize("number", [403603.066244267, 27.3376, 1.2e9 / 7, 0.2034434843])
def test_a_number_reads_the_same_when_its_last_bits_differ(number):
    near = [number * (1 + side * 4 * np.finfo(float).eps) for side in (-1, 1)]
    assert {stable(value) for value in near} == {stable(number)}


def test_a_number_reads_differently_when_it_differs():
    assert stable(403603.066) != stable(403603.067)
    assert stable(0.123456789) != stable(0.123456788)


@pytest.mark.parametrize("noise", [1e-17, -1e-17, -0.0, 0])
def test_the_rounding_of_a_zero_reads_as_zero(noise):
    assert stable(noise) == "0"


def test_a_digest_knows_the_order_of_its_parts():
    assert digest(["Aceh", "27.3"]) == digest(iter(["Aceh", "27.3"]))
    assert digest(["Aceh", "27.3"]) != digest(["27.3", "Aceh"])
