# Members and observers, with the tile map and the focal institutions.

members-empty = The record holds no members on the day shown.
members-count = { $name }: { $count }.
members-group = { $name } ({ $count })
members-presided = Presided in { $years }
members-name = Name
members-acronym = Acronym
members-since = Takes part
members-about = What it is
members-criteria = What is asked of those who wish to be observers

tiles-title = The States that take part, as tiles
tiles-description = Tiles placed roughly as the countries lie, north above. No borders are drawn. { $kinds }
tiles-filled = Filled tiles: { $kind }, { $names }.
tiles-outlined = Outlined tiles with cut corners: { $kind }, { $names }.
tiles-legend-filled = Filled, square: { $name }
tiles-legend-outlined = Outlined, cut corners: { $name }
tiles-note = Tiles stand roughly where the countries lie. The lists beside them say the same.

institutions-title = Focal institutions
institutions-lead = Through these institutions each State takes part. What is marked “t” is our translation of the printed name.
institutions-caption = Institutions by country and area
institutions-country = Country
