"""Small files of a ground, written where a test wants them."""

import gzip
import json
from pathlib import Path
from typing import Any

HEADER = (
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;"
    "nom_ancienne_commune;x;y;lon;lat;type_position"
)
SQUARE = [[3.81, 43.62], [3.83, 43.62], [3.83, 43.64], [3.81, 43.64], [3.81, 43.62]]
BOW_TIE = [[3.84, 43.62], [3.85, 43.63], [3.85, 43.62], [3.84, 43.63], [3.84, 43.62]]
LAMBERT = [
    [770000, 6280000], [771000, 6280000], [771000, 6281000], [770000, 6281000], [770000, 6280000],
]  # fmt: skip


def address(
    numero: str = "1", voie: str = "Rue du Moulin", lon: str = "3.82", lat: str = "43.63", **said: str
) -> str:
    return ";".join(
        ("", "", numero, said.get("rep", ""), voie, said.get("postcode", ""), said.get("code", "34172"),
         said.get("town", ""), "", "", "", "", lon, lat, "")
    )  # fmt: skip


def addresses(path: Path, *rows: str, zipped: bool = False) -> Path:
    content = "\n".join((HEADER, *rows)).encode()
    path.write_bytes(gzip.compress(content) if zipped else content)
    return path


def feature(code: str = "QP034005", ring: Any = None, kind: str = "Polygon", **said: Any) -> dict[str, Any]:
    properties = {"code_qp": code, "nom_qp": "Mosson", "insee_com": "34172", **said}
    shape = {"type": kind, "coordinates": [ring or SQUARE]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def perimeters(path: Path, *features: dict[str, Any], **content: Any) -> Path:
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features, **content}), encoding="utf-8"
    )
    return path
