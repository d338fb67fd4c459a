//! Asking for a stay: availability, price, booking.

pub(super) const AVAILABILITY: &str = "
+2 disponi*|dispon|dispo|disp
+2 availab*|vacanc*|vacant
+2 hay|habra|habria|habia|abra ~ lugar|lugares|algo|libre|libres|cupo|cupos|hueco|sitio|espacio|vacante*|cabana*|habitacion*|cuarto*|depto*|depa*|chance|fecha*|disponi*|alguna|algun|casa|casita|lugarcito|campo
-2 hay|hoy que ~ ~ cabana|casa|habitacion|depto|lugar|sitio|algo
+2 tenes|tenees|tenez|tienen|tienes|tiene|tendr*|teneis|tendras ~ algo|lugar|lugares|libre|libres|cupo|hueco|sitio|espacio|vacante*|fecha*|alguna|disponi*|lugarcito|campo|chance
+2 !precio|precios|valor|costo|cabana|casa|habitacion|depto tenes|tienen|tienes|tiene|tendr*|teneis ?una|la|las|alguna|unas|un|el|los ?# cabana*|habitacion*|cuarto*|depto*|depa*|departamento*|casa|casita|casas
+2 qued* ~ algo|lugar|lugares|libre|libres|cupo|hueco|sitio|espacio|cabana*|habitacion*|depto*|fecha*|alguna|disponi*|chance
+2 !aire|wifi|tiempo|al libre|libres|desocupad*|vaga|vagas|livre|livres
-2 vaga|vagas ~ carro|garage*|garagem|estacionamento|auto
+2 tem|teria|teriam|temos|tenham|ha|haveria|sobrou ~ vaga*|algo|livre|livres|quarto*|chale*|cabana*|disponi*|lugar|alguma|data|datas|espaco|apartamento*|casa
+2 lugar|hueco|sitio|cupo|espacio|algo|alojamiento para|este ?el|la|ese finde|#|viernes|sabado|semanasanta|hoy|manana|carnaval|navidad|anonuevo
-2 precio|valor|cuanto|sale|cuesta|quanto|tarifa ~ ~ cabana|casa|habitacion|alojamiento para
+2 busc*|procur*|looking ~ cabana*|lugar|alojamiento|hospedaje|casa|depto|departamento|habitacion|algo|sitio|place|cabin|room|stay|somewhere|something|hospedagem|chale|quarto|vaga|para
+2 necesit*|preciso|need ~ cabana*|cuarto|pieza|lugar|alojamiento|hospedaje|casa|depto|departamento|habitacion|place|cabin|room|hospedagem|chale|quarto|vaga
+2 posible|possivel|posibilidad|chance|possible ~ alojar*|hosped*|quedar*|ir|ficar|stay|venir|visit*|passar|pasar
+2 alquil*|rent|renta|rentar|rentan|arrend*|arriend*|alug*
+2 anything|something|any|room|rooms|cabin|cabins|place|spot|space ~ free|open|left|available
+2 anything|something|room|space|spot for
+2 do|did|would you have ~ a|any|anything|room|rooms|cabin|cabins|space|something|availability|free|place
+2 is|are ~ free|open|taken|booked
+2 got any|anything|something|room|space
+2 can|could we|i stay|come
+2 esta|estan|estara|estaria|estarian ocupad*|libre|libres|disponible*|tomad*|reservad*
+2 me|nos recib*|recibir*
+2 que|cuales|quais|what|which fecha*|semana*|dias|finde|findes|datas|dates ~ ~ quedan|tienen|tenes|libre*|hay|livres|tem|free|available|open
-4 free wifi|parking|breakfast|cancel*|cancellation
";

pub(super) const PRICE: &str = "
+2 cuanto|cuantos|cuanta|quanto|quantos
+2 how much
+2 what|cual|qual ~ total
-2 how much ~ deposit|time|far|longer|notice|down|advance|luggage
-2 a cuanto|cuantos|quanto ~ queda|quedan|esta|estan|estais|estamos|metros|km|cuadras|minutos|fica
-2 cuanto tiempo|tarda|tardan|tardo|demora|falta|antes|hay|dura|se
-2 cuanto queda|quedan|hay ~ ~ lejos|centro|playa|terminal|aeropuerto|desde|hasta|pueblo|rio
-2 quanto tempo|fica ~ longe|centro|praia|rodoviaria
-2 cuantos|cuantas|quantos|quantas ~ personas|pessoas|camas|banos|habitaciones|noches|dias|huespedes|entran|cabemos|km|kilometros|metros|cuadras|minutos|somos|quartos|perros|autos|gente
-2 cuanto|quanto|cuanta ~ ~ sena|senal|anticipo|deposito|depositar|adelanto|sinal|senar|senia|adelantar|reservar|apartar|devuelven|devolv*
-2 cuantos|cuantas|quantos|quantas ?vamos|van|vao ?a ser|somos|seremos|seriamos|seamos|vamos|van|seran
-2 hace cuanto
-2 cuanto hace|antes
-2 en cuanto pueda*|puedas|tenga|sepa|llegue*|confirme*
+4 cuanto|quanto ?me|nos|te ?sale|cuesta|vale|custa|sai|saldria|costaria|seria|fica|ficaria|esta|estaria|es|por|o|sairia|cobran|cobra ?la|el|a|o|por|x|cada|una noche|diaria|noite|finde|cabana|total|estadia|todo
+4 cuanto|quanto ?me|nos|te sale|cuesta|vale|custa|sai|cobran|saldria|costaria|cobras|cobrais|costa|sairia|cobra
+2 precio|precios|preco|precos|precito|price|prices|pricing|priced|tarifa|tarifas|rate|rates|costo|costos|coste|costes|cost|costs|custo|custa|cuesta|cuestan|costaria|saldria|presupuesto|presupuestos|cotiz*|orcamento|quote|quotation|fee|fees
+2 !mucho valor|valores
+2 que|qe vale|sale|sal|valor|cobran|costo
+2 en que|cuanto ?me|nos queda|quedaria|sale|saldria|esta|anda
+2 como me|nos sale|saldria|queda|quedaria
+2 a como|cuanto ~ la|dan|sale|dejan|dejas|tienen|tenes|tienes noche|cabana|$
+2 a como esta|sale|dan|la
-2 a que hora|ahora
-2 en que|a que ~ zona|parte|lugar|calle|altura|barrio|distancia|ciudad
-2 a que|en que ~ queda|esta|estan ~ lejos|centro
+2 sale|cuesta|cobran|sai|custa|cobraban|salia|esta|estaba|pagaron|pagamos|costs|was|is ~ @amount ~ noche|noches|noite|diaria|night|persona|cabana|finde|semana
+2 promo|promos|promocion*|promocoes|promocao|descuento|descuentos|desconto|descontos|discount|discounts|oferta|ofertas|rebaja|deal|deals
+2 mas|mais|muy|algo|lo barat*|economic*|caro|cara|accesible
+2 % ?de off|dto|descuento|desconto|discount
+2 cheap*|expensive|budget|affordable
+2 diaria|noche|noite|night cuanto|quanto|sale|custa|cuesta
";

pub(super) const BOOK: &str = "
+2 !mi|la|una|esa|su|tu|antes|de|sin|una reservar|reservo|reservame|reservamela|reservamelo|reservanos|reservala|reservarla|reservarlo|reservarme|reservaria|reservariamos|reservemos|reservarme|reservamos|reservenme|reservenos|reservarnos|reservando|reserveme|reservemela|reservemelo|reservenmela|reservenmelo|reservela|reservelo|reservenosla|reservanosla
+2 ayud* con|para una reserva|reservacion
+2 antes|de|sin|una|para reservar
-2 antes de reservar
+2 hacer|hago|haceme|hacerme|hagame|haganme|hazme|hagan|haria|fazer|faco|faria|faz|fazem|hacemos|haces|realizar|efectuar|concretar|cerrar ?la|una|uma|a|mi|las ?nueva reserva|reservas|reservacion
+2 quiero|queremos|quisiera|queria|quero ?hacer la|una|uma reserva|reservacion
+2 apart* ~ $
+2 apartar|apartan|apartas|aparto|apartame|apartamela|apartarla|apartenme|apartarme|separame|separar|separa|separamela|bloqueame|bloquear|guardame|guardamela|agendame|agendar|anotame|anotanos|asegurar
-2 apartar|apart ~ desayuno
+2 la|lo|las|los tomo|tomamos|agarro|agarramos|alquilo|alquilamos
+2 adelante con ?la ?mi reserva|reservacion
+2 nos|me la quedo|quedamos
+2 me|nos quedo|quedamos con la|esa|el|una
+2 !my|the|our|a|this|that|your to|like|want|can|could|would|will|please|lets|i|we|and book|reserve
+2 ^ book|reserve
+2 make|making|place ~ booking|reservation
+2 book|reserve it|this|that|the|a|us|me|for|now
-2 my|the|our|your book
+2 pode|podem|pode ja|queria|quero|gostaria reservar|fechar|reserva|fecha
+2 como|que ~ hago|hacemos|faco|hay ~ reservar|reserva|reservarla|fechar
+2 vou|vamos reservar|fechar|querer
";
