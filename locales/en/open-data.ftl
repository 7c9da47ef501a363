open-data-title = Open data
open-data-lead = Everything that the site shows can be taken as data, in JSON and CSV.
open-data-use = Each row names the act that entered it and the lines of the source. Identifiers are those of the site's addresses and do not change.
open-data-day = With “?on=2005-06-30” each collection comes as it stood on that day.
open-data-caption = Collections
open-data-name = Collection
open-data-rows = Rows
open-data-formats = Formats
open-data-feed-title = News
open-data-feed = The latest in the record, as Atom
open-data-proof-title = Proof
open-data-proof = The public checkpoint lets anybody verify that nobody changed the register.
