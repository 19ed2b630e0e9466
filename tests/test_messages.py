import numpy as np

from analysis.messages import positions, some


def test_a_short_list_is_shown_whole_and_a_long_one_says_how_many_more():
    assert some(["Aceh"]) == "Aceh"
    assert some(range(5)) == "0, 1, 2, 3, 4"
    assert some(range(6)) == "0, 1, 2, 3, 4 and 1 more"


def test_positions_are_counted_from_zero():
    assert positions(np.array([False, True])) == "positions 1 (counted from 0)"
