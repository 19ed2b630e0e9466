"""The reference page of the measures, from the rows of the registry."""

from collections.abc import Mapping
from typing import Final

from analysis.inequality import MEASURES, Measure
from analysis.inequality.measures.measure import unbind

_RATIO = [2.5, 1.0, 4.0, 8.0]
_PEOPLE = [300, 400, 200, 100]

_OPENING: Final = f"""# Measures of inequality · Ukuran ketimpangan

Made by `make docs` from the registry of measures; do not edit. `MEASURES[name]` holds each row,
`help(analysis.inequality.gini)` and so on the full text with errors and references.

*Halaman ini dibuat oleh `make docs` dari daftar ukuran; jangan disunting.*

In the formulas xᵢ is the value of unit i (such as staff per 1,000 people), wᵢ its weight (such as
people), pᵢ = wᵢ/Σw its share of people, μ = Σ pᵢ xᵢ the mean, rᵢ = xᵢ/μ, and L the Lorenz curve.
Range and behaviour are those without weights. The examples are of four districts with
{", ".join(f"{x:g}" for x in _RATIO)} staff per 1,000 people and {", ".join(map(str, _PEOPLE))}
thousand people:

*Dalam rumus, xᵢ adalah nilai unit i (misalnya pegawai per 1.000 penduduk), wᵢ bobotnya (misalnya
penduduk), pᵢ = wᵢ/Σw bagian penduduknya, μ = Σ pᵢ xᵢ rata-rata, rᵢ = xᵢ/μ, dan L kurva Lorenz.
Rentang dan sifat berlaku tanpa bobot. Contoh memakai empat daerah:*

```python
ratio = {_RATIO}
people = {_PEOPLE}
```
"""

_TRANSFERS: Final[Mapping[str, str]] = {
    "strict": "always lower · selalu turun",
    "weak": "never higher · tidak pernah naik",
    "none": "may be higher · dapat naik",
}
_EQUALITY: Final[Mapping[str, str]] = {
    "strict": "always higher · selalu naik",
    "weak": "never lower · tidak pernah turun",
    "none": "may be lower · dapat turun",
}


def measures_page() -> str:
    """Return the page, in Markdown: an overview of all measures, then a section for each."""
    return "\n".join([_OPENING, _overview(), *(_section(row) for row in MEASURES.values())])


def _overview() -> str:
    head = (
        "| measure · ukuran | range · rentang | at equality · bila sama | "
        "after a transfer from rich to poor · setelah yang kaya memberi kepada yang miskin | "
        "all values doubled · semua nilai digandakan | "
        "everything there twice · semuanya ada dua kali | closed-form intervals · rumus selang |"
    )
    lines = [head, "|" + "---|" * 7]
    for row in MEASURES.values():
        transfers = _TRANSFERS if row.rises_with == "inequality" else _EQUALITY
        cells = [
            f"[`{row.name}`](#{row.name})",
            row.range,
            "—" if row.at_equality is None else f"{row.at_equality:g}",
            transfers[row.transfers],
            "same · tetap" if row.scaling == "invariant" else "doubles · berlipat dua",
            "same · tetap" if row.replicable else "changes · berubah",
            "yes · ada" if row.functional else "—",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _section(row: Measure) -> str:
    labels = dict.fromkeys((row.label["en"], row.label["id"]))
    more = "more equal · lebih merata" if row.rises_with == "equality" else ""
    facts = {
        "Formula · rumus": f"`{row.formula}`",
        "Defined for · terdefinisi untuk": row.values,
        "Range · rentang": row.range,
        "Higher means · lebih tinggi berarti": more,
        "Source · sumber": row.reference,
    }
    return "\n".join(
        [
            f'<a id="{row.name}"></a>',
            "",
            f"## {' · '.join(labels)}",
            "",
            row.meaning["en"],
            "",
            f"*{row.meaning['id']}*",
            "",
            *(f"- {name}: {text}" for name, text in facts.items() if text),
            "",
            "```python",
            *_example(row),
            "```",
            "",
        ]
    )


def _example(row: Measure) -> list[str]:
    """Return a call and what it gives, to digits that do not depend on the processor."""
    function, options = unbind(row.function)
    call = ", ".join(["ratio", "people", *(f"{key}={value!r}" for key, value in options.items())])
    value = row.function(_RATIO, _PEOPLE)
    return [f">>> round({function.__name__}({call}), 6)", f"{round(value, 6)!r}"]
