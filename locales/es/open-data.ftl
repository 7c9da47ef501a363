open-data-title = Datos abiertos
open-data-lead = Todo lo que muestra el sitio puede tomarse como datos, en JSON y en CSV.
open-data-use = Cada fila indica el acto que la asentó y las líneas de la fuente. Los identificadores son los de las direcciones del sitio y no cambian.
open-data-day = Con «?on=2005-06-30» cada colección se obtiene tal como estaba ese día.
open-data-caption = Colecciones
open-data-name = Colección
open-data-rows = Filas
open-data-formats = Formatos
open-data-feed-title = Novedades
open-data-feed = Lo último que entró en el registro, en formato Atom
open-data-proof-title = Comprobación
open-data-proof = El punto de control público permite comprobar que nadie cambió el registro.
