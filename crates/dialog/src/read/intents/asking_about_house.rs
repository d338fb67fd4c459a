//! About the house and its rules: services, place, hours, payment.

pub(super) const SERVICES: &str = "
+2 !sin|ni|sem|without wifi|wiffi|wify|internet|pileta|piletas|piscina|piscinas|alberca|albercas|jacuzzi|yacuzzi|tinaja|tinajas|hidromasaje|hidro|spa|sauna|pool|hottub|jakuzzi|hidromassagem|ofuro|gimnasio|gym|academia
+2 wi - fi
+2 hot tub
+2 !sin|ni|sem|without parrilla|parrillero|asador|asadores|quincho|churrasqueira|chimenea|lareira|fogon|grill|bbq|barbecue|barbacoa|salamandra|lena|horno|fogata|fireplace
+2 !sin|ni|sem|without cochera|cocheras|estacionamiento|parqueadero|parking|garaje|garage|garagem|estacionamento|parqueo|estacionar|cajon
+2 vaga|lugar|espacio|space ~ carro|auto|camioneta|coche|car
+2 desayuno|desayunos|breakfast|almuerzo|cena|comida|comidas|restaurante|restaurant|pension|meal|meals
+2 cafe da manha
+2 silla|cadeira de ruedas|rodas
+2 high chair
+2 aire|ar acondicionado|condicionado
+2 air conditioning|con|conditioner
+2 !sin|sem calefaccion|calefactor|aquecimento|aquecedor|heating|heater|estufa|losa|ventilador|ac|aa|calefon
+2 sabana|sabanas|toalla|toallas|toallones|toalhas|toalha|lencois|towels|linens|sheets|blancos|frazadas|edredon|almohadas|bedding
+2 ropa blanca|de
+2 roupa de cama
+2 cuna|cunas|berco|bercos|crib|cot|cribs|sillita|practicuna|cadeirao
+2 !sin cocina|cocineta|kitchenette|kitchen|cozinha|heladera|refrigerador|nevera|geladeira|fridge|microondas|vajilla|horno|anafe|cafetera|lavarropas|lavadora|lavanderia|washer|laundry|utensilios|freezer|licuadora
+2 tv|tele|televisor|television|netflix|cable|streaming|smart|consola|ping|playroom|juegos|metegol
+2 banera|banheira|bathtub|tub|bidet|secador|hairdryer|plancha
+2 bano|banheiro|bathroom|ducha privado|privada|propio|private
+2 cama|camas|beds|sommier|colchon|literas|litera|cucheta|cuchetas|matrimonial|king|queen|bed
+2 accesible|accesibilidad|rampa|wheelchair|acessivel|cadeirante|accessible|escaleras|ascensor|elevator|elevador
+2 acept*|aceit*|admit*|permit*|reciben|allow*|pueden|puede|puedo|podemos|podria|posso|podemos|can|llevar|levar|bring|traer ~ ~ perr*|gat*|mascot*|cachorr*|pet|pets|dog*|cat|cats|animal*|caniche*|lomito*|puppy|peludo*|firulais|caes|cao
+2 perr*|mascot*|cachorr*|pet|pets|dog*|animal*|gato*|gata*|caniche*|labrador*|golden|peludo* ~ ~ acept*|aceit*|admit*|permit*|allow*|ok|okay|problema|molesta|reciben|puede*|bienvenid*|welcome|fine|podemos
+2 pet friendly
+2 petfriendly|petfriendlies
+2 mascota|mascotas|perros|perro|pets|cachorro|cachorros|gatos|dogs|animales|animais ?pequeno|pequenos|chico|chicos|grande|grandes ?si|no|o ?
+2 incluye|incluyen|incluido|incluida|incluidos|incluidas|inclui|incluso|included|includes|include|inclusa|incluem
-2 kids|children|ninos|chicos|nenes|menores|adultos|criancas|bebe|baby|infants incluido|incluidos|included|inclusos
+2 que|cuales|what|quais ~ servicios|comodidades|amenities|amenidades|instalaciones|servicos|facilities
+2 foto|fotos|photo|photos|pictures|pics|video|videos|imagenes
-2 mando|envio|mande|paso|send|sent|adjunto ?la|una|el foto|captura|comprobante
+2 como|how|what es|son|is|are|e|sao ~ ?la|las|los|el|the|a|o|os|as cabana|cabanas|casa|habitacion|habitaciones|depto|departamento|place|cabin|rooms|quarto|quartos|chale|apartamento|lugar
+2 cuantas|cuantos|quantos|quantas|many ~ camas|banos|habitaciones|dormitorios|personas|pessoas|quartos|banheiros|bedrooms|bathrooms|ambientes|people|plazas|entran|caben
+2 equipad*|amoblad*|mobiliad*|furnished|climatizad*|heated|aquecida
+2 patio|balcon|terraza|jardin|varanda|deck|galeria|quintal|balcony|terrace|garden ~ ?
+2 vista|view ~ al|a|lago|mar|rio|montana|sierra*|mountain*|lake|sea|?
+2 bajada|acceso ~ rio|arroyo|lago|playa
+2 fumar|smok*|fumador*|fiesta|eventos|evento|festa|festas|musica
+2 limpieza|limpeza|mucama|cleaning|housekeeping|mucamas
+2 excursion|excursiones|cabalgata*|kayak|kayaks|bicicleta*|bicis|traslado|transfer|transfers|paseos|actividades|activities|passeios ~ ?
+2 seguro|segura|safe ~ zona|barrio|ninos|chicos|kids
-2 se|me|nos olvid* ~ ~ toalla*|cargador|campera|libro
";

pub(super) const LOCATION: &str = "
+2 donde ~ ~ esta|estan|estas|estais|queda|quedan|es|son|ubicad*|encuentra*|ubican|exactamente|mero|seria|llego|llegamos
+2 onde ~ fica|ficam|e|esta|estao|voces
+2 where ~ are|is|you|located|exactly|find
+2 por donde|onde ~ mero|es|queda|estan|llego|entro|voy|se|agarro
+2 ubicacion|direccion|domicilio|localizacion|localizacao|endereco|address|location|directions|coordenadas|mapa|maps|map|gps|pin|ubicados|ubicadas|ubicado|ubicada|waze
+2 como ~ llego|llegamos|llegar|llega|chego|chegamos|chegar ?a ahi|hasta|desde|alla|alli|ai|la|de|en|al|a|ate|hasta
+2 como ~ llego|llegamos|llegar|llega|chego|chegamos|chegar $
+2 how ~ get there|to|from
+2 que|qual|which|what ?es|e|is ?la|el|a|o|the ?mejor zona|barrio|bairro|area|region|ciudad|pueblo|altura|neighborhood|cidade
+2 lejos|cerca|cercano|cercanos|cercana|longe|perto|far|close|near|nearby|nearest
-2 cerca|lejos ~ ~ fecha|llegada
+2 a|en cuanto|cuantos|cuantas|quanto|quantos ~ queda|quedan|esta|estan|estais|km|kilometros|metros|cuadras|minutos|fica|tiempo|quadras
+2 cuanto|quanto|tiempo ~ hay|queda|tarda|demora|tempo ~ desde|hasta|del|al|de|centro|playa|rodoviaria|aeropuerto|terminal
+2 fica|ficam|queda|quedan|es|located ?na|no|en|sobre|la|on rua|calle|avenida|ruta|street|avda
+2 distancia|distance|kilometros|quilometros|cuadras|quadras
+2 how far
+2 sobre|en|por la ?misma ruta|carretera|rodovia|avenida
+2 carretera|ruta|rodovia ~ ~ km|kilometro
+2 google maps
+2 tomar|agarrar|bajar|bajo ~ colectivo|micro|bus|camion|onibus|metro|taxi
+2 hay|tem|pasa|passa|bus|transporte ~ colectivo|micro|bus|buses|onibus|transporte ~ ~ hasta|centro|ahi|cerca
+2 sin auto|coche|carro ~ ~ llegar|ir|moverse
";

pub(super) const CHECKIN_TIMES: &str = "
+2 que hora|horas|horario|horarios
+2 what|which time|hour
-2 que|what hora|horas|time ~ ~ llamar|llamo|hablar|atienden|call|cierran ~ telefono|restaurante
+2 hora|horas|horario|horarios|time|times|hours ~ checkin|checkout|entrada|salida|llegada|ingreso|egreso|saida|chegada|entrar|salir|llegar
+2 checkin|checkout ~ ~ hora|horario|temprano|tarde|late|early|@clock|antes|despues|?|time|cedo|$
-2 checkin ~ # ~ checkout
+2 early|late|later checkin|checkout|arrival|departure|check
+2 lleg*|entr*|ingres*|cheg*|arriv*|checkin|checkout|check|salir|salimos|sair|saimos|irnos|get|dejar|caemos|caigo|leave|aterriz*|land|lands ~ ~ @clock
+2 @clock ~ ~ entrar|ingresar|llegar|checkin|checkout|entramos|llegamos|chegar|arrive|salir|reciben|recibe|esperan
+2 lleg*|cheg*|arriv*|vuelo|micro|bondi|avion|bus|flight|voo|onibus ~ tarde|temprano|madrugada|late|early|cedo
-2 lleg*|cheg* ~ a|por|pela|de la|tarde tarde|noche|y
+2 puede|puedo|podemos|podriamos|podria|podes|da|posso|can|could|dejan|deja|deixam|se ~ entrar|ingresar|llegar|salir|sair|chegar|leave|arrive|dejar|enter ~ ~ antes|temprano|tarde|@clock|mediodia|despues|early|late|cedo|luego|noon|mas
+2 dejar|guardar|deixar|leave|drop|guardan ~ ~ valijas|equipaje|maletas|bolsos|malas|luggage|bags|mochilas|cosas
+2 desde|hasta|ate|a partir que hora|horas
+2 hora|horario ~ ~ deja*|entrega* ~ llave*|cabana|habitacion
+2 quien|como|alguien ~ recibe|llaves|entrega|llave
";

pub(super) const PAYMENT: &str = "
+2 sena|senar|senarla|senas|senal|senia|anticipo|anticipos|deposito|deposita|depositar|depositarte|depositamos|depositen|deposite|adelanto|abono|abonar|abono|abonamos|sinal|enganche|deposit|deposits|prepay|prepago|downpayment
+2 transf|transfer*|transfier*|transfir*|alias|cbu|cvu|clabe|banco|bancaria|bancario
-2 transfer|transfers ~ ~ aeropuerto|airport|aeroporto
+2 tarjeta|tarjetas|credito|debito|cuota|cuotas|msi|cartao|cartoes|parcela|parcelas|parcelar|parcelado|card|cards|visa|mastercard|amex|installments|instalments|intereses|juros
+2 consign*
+2 numero|datos|dados de|da|do ?la ?su ?tu cuenta|conta
+2 efectivo|mercadopago|mp|pix|boleto|paypal|cash|zelle|bizum|oxxo|nequi|daviplata|dinheiro|crypto|usdt|stripe|modo|uala|yape
+2 mercado pago|livre
+2 usd|dolares|dollars ~ acept*|pagar
+2 acept*|aceit* ~ dolares|usd|euros|reales|reais|pesos|tarjeta*|efectivo
+2 pago|pagos|pagar|pagamento|pagamentos|pagarte|pagarles|pagarlo|pagaria|pagariamos|pagamos|pague|paguei|payment|payments|pay|paid|paying|prepaid|pagas|pagan|pagarla|pagado|pagou
+2 comprobante|comprovante|recibo|receipt|factura|facturan|facturas|invoice|facturar|cfdi
+2 nota fiscal
+2 reembols*|refund*|devolu*|devolv*|devuelv*|devolucion|estorno
+2 saldo|resto|restante|balance|remaining ~ ~ pag*|abon*|cancel*|cuando|como|pay|due|quando
+2 link ~ pago|pagar|pagamento|payment
+2 back ~ deposit|money
+2 cuanto|quanto ~ ~ dejar|adelantar|depositar|senar
+2 iban :|numero|number|para|es
";
