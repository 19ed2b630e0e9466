"""The definitions behind the plan and their sources."""

from analysis.language import Language
from analysis.reports.display import Reading
from analysis.reports.redistribusi.skenario import Redistribusi


def methods(p: Redistribusi) -> Reading:
    """Return the definitions behind the plan and their sources."""
    say = Language(p.language)
    return Reading(
        (
            say.text(
                "Kebutuhan dᵢ membagi jumlah PNS S yang ada: dᵢ = S xᵢ / X menurut satu indikator, "
                "atau rata-rata tertimbang bagiannya. Kecukupan adalah sᵢ / dᵢ; 1 berarti tepat "
                "bagian yang merata. Bobot model gabungan adalah asumsi."
            ),
            say.text(
                "Batas terbaik: dengan k perpindahan, provinsi di atas suatu batas atas diturunkan "
                "ke batas itu dan provinsi di bawah suatu batas bawah dinaikkan ke batas itu. "
                "Sebaran yang dihasilkan mendominasi menurut Lorenz semua rencana lain dengan k "
                "perpindahan (Hardy, Littlewood, dan Pólya 1934; Shaked dan Shanthikumar 2007, "
                "teorema 3.A.1), jadi terbaik untuk Gini, Theil, dan Hoover sekaligus."
            ),
            say.text(
                "Orang utuh: sisa terbesar (Balinski dan Young 2001). Siapa ke mana: aliran biaya "
                "minimum atas jarak lingkaran besar antara ibu kota provinsi, diselesaikan dengan "
                "OR-Tools; harga bayangan membuktikan sejauh mana itu terpendek."
            ),
            say.text(
                "Rekrutmen mengisi dari bawah. Campuran termurah meminimalkan perpindahan ditambah "
                "harga kali rekrutmen, yang cembung dalam jumlah perpindahan."
            ),
            say.text(
                "Ketahanan: kebutuhan diundi lognormal dengan rata-rata tetap; setiap kali rencana "
                "terbaik dicari lagi dengan batas yang sama."
            ),
        ),
        listed=True,
    )
