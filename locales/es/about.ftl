# Qué es el proceso.

about-names = { $name } ({ $acronym }): se reúne desde { $since }.
about-names-alias = { $name } ({ $acronym }), también llamada { $alias }: se reúne desde { $since }.
about-decides = Quiénes deciden: { $kinds }.
about-consensus = Las decisiones se adoptan por consenso.
about-binding = Son vinculantes.
about-not-binding = No son vinculantes.
about-themes-title = Ejes
about-more-title = Más sobre el proceso
about-more-structure = Los órganos, quiénes los integran y qué pasa de uno a otro
about-more-presidencies = Quién presidió, cuándo y con qué tema central
about-more-members = Quiénes participan, y por medio de qué instituciones
about-more-criteria = A qué se comprometen los miembros, y qué se pide a los observadores
about-more-finance = La escala de contribuciones y lo que costea
about-more-fora = Dónde se ha presentado la labor del proceso
about-more-edition = En qué se basa este registro, y en qué difiere de lo impreso
about-more-glossary = Siglas y términos, en los dos idiomas
