"""Letters that stand on a colour can be read."""

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from analysis.plots.style import ink_on

channels = st.integers(0, 255).map(lambda level: level / 255)


def luminance(colour):
    """Return the relative luminance of WCAG 2.2, channel by channel as it is written there."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@given(st.tuples(channels, channels, channels))
def test_letters_on_any_colour_have_the_contrast_of_wcag(colour):
    lighter, darker = sorted((luminance(colour), luminance(ink_on(colour))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
