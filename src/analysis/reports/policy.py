"""What a page may load and run: nothing but the style and the script it was written with.

A page names them by their digests in a Content-Security-Policy, so that markup that slipped in
could neither run nor load anything. Such a policy forbids style attributes as well: those that
writers of tables leave become classes.
"""

import re
from base64 import b64encode
from hashlib import sha256

from bs4 import BeautifulSoup, Tag

# Names of SVG in which case counts; a reader of HTML knows them in small letters only.
_MIXED_CASE_NAMES = """
animateMotion animateTransform attributeName attributeType baseFrequency calcMode clipPath
clipPathUnits diffuseConstant edgeMode feBlend feColorMatrix feComponentTransfer feComposite
feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
fePointLight feSpecularLighting feSpotLight feTile feTurbulence filterUnits foreignObject
glyphRef gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints keySplines
keyTimes lengthAdjust limitingConeAngle linearGradient markerHeight markerUnits markerWidth
maskContentUnits maskUnits numOctaves pathLength patternContentUnits patternTransform
patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits
radialGradient refX refY repeatCount repeatDur requiredExtensions requiredFeatures
specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale
systemLanguage tableValues targetX targetY textLength textPath viewBox viewTarget
xChannelSelector yChannelSelector zoomAndPan
"""
_MIXED_CASE = {name.lower(): name for name in _MIXED_CASE_NAMES.split()}
_HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)


def policy(style: str, script: str = "") -> str:
    """Return the Content-Security-Policy of a page.

    Parameters
    ----------
    style, script : str
        What stands between the tags of its one `style` and its one `script` element.

    Returns
    -------
    str
        Pictures only from inside the page; no frames, forms, fonts, connections or base address.
    """
    allowed = {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": _digest(style),
        "script-src": _digest(script) if script else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


class Classes:
    """Turns style attributes and style elements of fragments into rules for one style sheet.

    Attributes
    ----------
    scripts : bool
        Whether a fragment had a script, or an attribute that runs one. They are taken out: the
        policy would not let them run.
    """

    def __init__(self) -> None:
        self.scripts = False
        self._names: dict[str, str] = {}
        self._sheets: list[str] = []

    def moved(self, html: str) -> str:
        """Return a fragment without style and script; their rules are in `sheet` from now on."""
        if not re.search(r"style|<script|\son\w+\s*=", html, re.IGNORECASE):
            return html
        soup = BeautifulSoup(html, "html.parser")
        for element in soup.find_all(["style", "script"]):
            if element.name == "style":
                self._sheets.append(element.get_text())
            else:
                self.scripts = True
            element.decompose()
        for element in soup.find_all(True):
            self._clean(element)
        for element in soup.select("svg, svg *"):
            element.name = _MIXED_CASE.get(element.name, element.name)
            element.attrs = {_MIXED_CASE.get(k, k): v for k, v in element.attrs.items()}
        return str(soup)

    @property
    def sheet(self) -> str:
        """The rules of all fragments."""
        rules = [f".{name} {{ {declared} }}" for declared, name in self._names.items()]
        return "\n".join([*self._sheets, *rules]).replace("</", "<\\/")

    def _clean(self, element: Tag) -> None:
        for attribute in [name for name in element.attrs if _HANDLER.fullmatch(name)]:
            del element[attribute]
            self.scripts = True
        declared = str(element.attrs.pop("style", "")).strip().rstrip(";")
        if declared:
            name = self._names.setdefault(declared, f"gaya-{len(self._names) + 1}")
            element["class"] = " ".join([*element.get_attribute_list("class"), name]).strip()
