"""Names stand beside their own line, and on no other, nor on each other."""

import numpy as np
import pytest

from analysis.plots.line_labels import how_far_apart, place_beside_lines, size_of

ROOM = (3.0, 2.0)
SIZES = np.array([size_of("satu", 9.0), size_of("dua kata", 9.0)])


def line(height, slope=0.0):
    x = np.linspace(0, ROOM[0], 5)
    return np.column_stack([x, height + slope * x])


def inside(points, centre, size):
    return (np.abs(points - centre) < size / 2).all(axis=1).any()


@pytest.mark.parametrize("slope", [-0.2, 0.0, 0.2])
@pytest.mark.parametrize("apart", [0.3, 0.8])
def test_each_name_is_clear_of_lines_and_names_and_nearest_to_its_own(slope, apart):
    lines = [line(0.9, slope), line(0.9 - apart, slope)]
    centres, ends = place_beside_lines(lines, SIZES, room=ROOM)
    assert not np.isfinite(ends).any()
    for i, (centre, size) in enumerate(zip(centres, SIZES, strict=True)):
        x = np.linspace(0, ROOM[0], 500)
        dense = [np.column_stack([x, np.interp(x, *each.T)]) for each in lines]
        assert not any(inside(points, centre, size) for points in dense)
        away = [np.hypot(*(points - centre).T).min() for points in dense]
        assert np.argmin(away) == i
        assert (centre >= size / 2).all()
        assert (centre <= np.array(ROOM) - size / 2).all()
    assert (np.abs(centres[0] - centres[1]) >= SIZES.sum(axis=0) / 2).any()


def test_a_line_between_two_near_ones_has_a_name_that_is_led_to_where_it_is_alone():
    near = [line(1.0), line(1.1, 0.01), line(1.2)]
    centres, ends = place_beside_lines(near, SIZES[[0, 1, 0]], room=ROOM)
    assert np.isfinite(ends).all(axis=1).tolist() == [False, True, False]
    x, y = ends[1]
    assert y == pytest.approx(1.1 + 0.01 * x)
    assert min(abs(y - 1.0), abs(y - 1.2)) > 0.08
    assert not any(inside(centres[[1]], each, SIZES[1]) for each in centres[[0, 2]])


def test_a_line_that_is_nowhere_alone_has_no_place():
    near = [line(1.0), line(1.03), line(1.06)]
    assert place_beside_lines(near, SIZES[[0, 1, 0]], room=ROOM) is None


def test_the_name_of_a_piece_is_led_to_where_it_covers_the_whole():
    whole = line(1.0)
    piece = whole[1:3]
    assert place_beside_lines([whole, piece], SIZES, room=ROOM) is None
    assert place_beside_lines([piece, whole], SIZES, room=ROOM, covering=True) is None
    _, ends = place_beside_lines([whole, piece], SIZES, room=ROOM, covering=True)
    assert np.isfinite(ends).all(axis=1).tolist() == [False, True]
    assert piece[0, 0] <= ends[1, 0] <= piece[1, 0]


def test_a_thin_line_does_not_pass_through_another_line():
    pair = [line(1.0), line(1.06)]
    centres, ends = place_beside_lines(pair, SIZES, room=ROOM, apart=0.05)
    for centre, end, side in zip(centres, ends, (-1, 1), strict=True):
        assert np.isnan(end).all() or np.sign(centre[1] - end[1]) == side


def test_lines_are_as_far_apart_as_where_they_differ_most():
    bent = line(1.0)
    bent[2, 1] = 1.5
    assert how_far_apart(line(1.0), line(1.2)) == pytest.approx(0.2)
    assert how_far_apart(line(1.0), bent) == how_far_apart(bent, line(1.0)) == pytest.approx(0.5)


def test_a_line_without_points_has_no_place():
    broken = np.full((3, 2), np.nan)
    assert place_beside_lines([line(1.0), broken], SIZES, room=ROOM) is None


def test_a_name_stands_at_a_piece_of_a_broken_line():
    broken = line(1.0)
    broken[2:4] = np.nan
    ((centre,), _) = place_beside_lines([broken], SIZES[:1], room=ROOM)
    assert 0 < abs(centre[1] - 1.0) < 0.4


def test_more_letters_take_more_room():
    assert size_of("dua kata", 9.0) > size_of("dua", 9.0)
    assert size_of("dua\nkata", 9.0)[1] == 2 * size_of("dua", 9.0)[1]


def test_no_name_stands_on_a_line_without_one():
    upright = np.array([[1.5, 0.0], [1.5, 2.0]])
    (free,), (centre,) = (
        place_beside_lines([line(1.0)], SIZES[:1], room=ROOM, nameless=others)[0]
        for others in ([], [upright])
    )
    assert abs(free[0] - 1.5) < SIZES[0, 0] / 2 < abs(centre[0] - 1.5)
