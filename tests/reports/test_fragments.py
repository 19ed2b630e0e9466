"""What a reader changes stands complete in the page, and its data cannot end their element."""

import json

from bs4 import BeautifulSoup

from analysis.language import Language
from analysis.reports.display import Interactive
from analysis.reports.fragments import fragment, script

HOSTILE = "</script><b>x</b>"
DATA = {
    "start": [1, 0, 0],
    "people": ["0 orang", "5 orang"],
    "models": ["penduduk"],
    "circles": ["mana pun", "di dalam provinsi"],
    "unknown": "Tidak dapat dihitung.",
    "caption": "Peta.",
    "said": ["Tidak ada.", f"Lima {HOSTILE}."],
    "gini": ["0,2", "0,1"],
    "plan": [0, 1],
    "net": ["0|0", "−5|+5"],
    "thousands": ["|", "−0,0|+0,0"],
    "shades": ["33", "06"],
    "opposed": ["00", "01"],
    "names": ["A", HOSTILE],
    "tiles": [[0, 0, "A"], [1, 0, "B"]],
    "islands": [[2, 0, HOSTILE]],
    "bounds": ["−5%", "−15%", "+5%", "+15%"],
    "x": [48.0, 348.0],
    "y": [20.0, 90.0],
    "frame": [48, 348, 20, 176],
    "x_ticks": [[48.0, "0"]],
    "y_ticks": [[176.0, "0"]],
}


def shown():
    _, said = Interactive("rencana", "Lima.", DATA, "Pilihan.")._repr_mimebundle_()
    return BeautifulSoup(
        fragment("rencana", said["analysis"]["shown"], Language("id")), "html.parser"
    )


def test_the_first_choice_is_written_out():
    html = shown()
    assert html.output.text == f"Lima {HOSTILE}."
    assert html.select_one("#rencana-orang")["value"] == "1"
    assert html.select_one("#rencana-orang")["aria-valuetext"] == "5 orang"
    assert [tile["class"] for tile in html.select(".petak g")] == [["s0"], ["s6", "beda"]]
    assert [name.text for name in html.select(".petak .pulau")] == [HOSTILE]
    assert [cell.text for cell in html.select("tbody td")] == ["A", "−5", HOSTILE, "+5"]
    assert html.select_one("polyline.ini")["points"] == "48.0,20.0 348.0,90.0 "
    assert [each.text for each in html.select("option[selected]")] == ["penduduk", "mana pun"]


def test_controls_wait_for_the_script():
    assert shown().select_one(".kendali").has_attr("hidden")


def test_the_data_are_those_of_the_report_and_stay_data():
    (held,) = shown().select("script")
    assert held["type"] == "application/json"
    assert json.loads(held.text) == DATA
    assert shown().find("b", string="x") is None


def test_scripts_stand_together_in_one_order():
    assert script(["tabel", "rencana"]) == script(["rencana", "tabel", "tabel"])
    assert script([]) == ""


def test_runs_compare_what_the_reader_can_choose():
    plain = [
        Interactive("rencana", "Lima.", DATA | changed, "Pilihan.")._repr_mimebundle_()[0][
            "text/plain"
        ]
        for changed in ({}, {}, {"net": ["0|0", "−6|+6"]})
    ]
    assert plain[0] == plain[1] != plain[2]
