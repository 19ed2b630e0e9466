"""What is said of a GeoJSON file of outlines: a Frictionless Data Resource that is no table."""

from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.datasets.description import Entry, File


class Bounds(Entry):
    """Between which degrees all corners lie, the ends included."""

    barat: float = Field(ge=-180, le=180)
    timur: float = Field(ge=-180, le=180)
    selatan: float = Field(ge=-90, le=90)
    utara: float = Field(ge=-90, le=90)


class OutlineFile(File):
    """Outlines on the ground, each with a name.

    `jumlah_bagian` gives the features in their order and how many parts, such as islands, each has.
    """

    profile: Literal["data-resource"] = "data-resource"
    format: Literal["geojson"]
    mediatype: Literal["application/geo+json"] = "application/geo+json"
    kunci: str
    jumlah_bagian: dict[str, int] = Field(min_length=1)
    batas: Bounds

    @model_validator(mode="after")
    def _named_after_itself(self) -> Self:
        if self.path != f"{self.name}.geojson":
            raise ValueError(f"path must be {self.name}.geojson, not {self.path!r}")
        return self
