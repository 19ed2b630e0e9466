"""Places and how they came apart: provinces (`Regions`), kabupaten and kota (`Kabkota`)."""
