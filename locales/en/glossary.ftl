glossary-title = Glossary
glossary-lead = The acronyms and terms of the process, with their equivalents in the other language.
glossary-acronyms = Acronyms
glossary-terms = Terms of the rules
glossary-acronym = Acronym
glossary-meaning = Meaning
glossary-other = In Spanish
glossary-term = Term
