# What the process is.

about-names = The { $name } ({ $acronym }) has met since { $since }.
about-names-alias = The { $name } ({ $acronym }), also called the { $alias }, has met since { $since }.
about-decides = Those who decide: { $kinds }.
about-consensus = Decisions come about by consensus.
about-binding = They are binding.
about-not-binding = They are not binding.
about-themes-title = Themes
about-more-title = More about it
about-more-structure = The bodies, who sits in them, and what passes between them
about-more-presidencies = Who presided, when, and under which central theme
about-more-members = Who takes part, and through which institutions
about-more-criteria = What members commit to, and what is asked of observers
about-more-finance = The scale of contributions and what it pays for
about-more-fora = Where the process has spoken of its work
about-more-edition = What this record rests on, and how it differs from print
about-more-glossary = Acronyms and terms, in both languages
