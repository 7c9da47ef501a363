# El formulario con que se acota una lista.

filter-label = Acotar la lista
filter-text = Palabras
filter-section = Sección
filter-kind = Tipo
filter-status = Estado
filter-year = Año
filter-country = País
filter-party = Quién participó
filter-body = Órgano
filter-all = Cualquiera
filter-option = { $name } ({ $count })
filter-show = Mostrar
filter-clear = Mostrar todo
