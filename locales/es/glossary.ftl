glossary-title = Glosario
glossary-lead = Las siglas y los términos del proceso, con su equivalente en el otro idioma.
glossary-acronyms = Siglas
glossary-terms = Términos de las reglas
glossary-acronym = Sigla
glossary-meaning = Significado
glossary-other = En inglés
glossary-term = Término
