//! About the house and its rules: services, place, hours, payment.

use super::Rule;
use crate::reading::Intent::{CheckinTimes, Location, Payment, Services};

pub(super) const SERVICES: &[Rule] = &[
    (
        Services,
        2,
        "!sin|ni|sem|without wifi|wiffi|wify|internet|pileta|piletas|piscina|piscinas|alberca|albercas|jacuzzi|yacuzzi|tinaja|tinajas|hidromasaje|hidro|spa|sauna|pool|hottub|jakuzzi|hidromassagem|ofuro|gimnasio|gym|academia",
    ),
    (Services, 2, "wi - fi"),
    (Services, 2, "hot tub"),
    (
        Services,
        2,
        "!sin|ni|sem|without parrilla|parrillero|asador|asadores|quincho|churrasqueira|chimenea|lareira|fogon|grill|bbq|barbecue|barbacoa|salamandra|lena|horno|fogata|fireplace",
    ),
    (
        Services,
        2,
        "!sin|ni|sem|without cochera|cocheras|estacionamiento|parqueadero|parking|garaje|garage|garagem|estacionamento|parqueo|estacionar|cajon",
    ),
    (Services, 2, "vaga|lugar|espacio|space ~ carro|auto|camioneta|coche|car"),
    (
        Services,
        2,
        "desayuno|desayunos|breakfast|almuerzo|cena|comida|comidas|restaurante|restaurant|pension|meal|meals",
    ),
    (Services, 2, "cafe da manha"),
    (Services, 2, "silla|cadeira de ruedas|rodas"),
    (Services, 2, "high chair"),
    (Services, 2, "aire|ar acondicionado|condicionado"),
    (Services, 2, "air conditioning|con|conditioner"),
    (
        Services,
        2,
        "!sin|sem calefaccion|calefactor|aquecimento|aquecedor|heating|heater|estufa|losa|ventilador|ac|aa|calefon",
    ),
    (
        Services,
        2,
        "sabana|sabanas|toalla|toallas|toallones|toalhas|toalha|lencois|towels|linens|sheets|blancos|frazadas|edredon|almohadas|bedding",
    ),
    (Services, 2, "ropa blanca|de"),
    (Services, 2, "roupa de cama"),
    (Services, 2, "cuna|cunas|berco|bercos|crib|cot|cribs|sillita|practicuna|cadeirao"),
    (
        Services,
        2,
        "!sin cocina|cocineta|kitchenette|kitchen|cozinha|heladera|refrigerador|nevera|geladeira|fridge|microondas|vajilla|horno|anafe|cafetera|lavarropas|lavadora|lavanderia|washer|laundry|utensilios|freezer|licuadora",
    ),
    (
        Services,
        2,
        "tv|tele|televisor|television|netflix|cable|streaming|smart|consola|ping|playroom|juegos|metegol",
    ),
    (Services, 2, "banera|banheira|bathtub|tub|bidet|secador|hairdryer|plancha"),
    (Services, 2, "bano|banheiro|bathroom|ducha privado|privada|propio|private"),
    (
        Services,
        2,
        "cama|camas|beds|sommier|colchon|literas|litera|cucheta|cuchetas|matrimonial|king|queen|bed",
    ),
    (
        Services,
        2,
        "accesible|accesibilidad|rampa|wheelchair|acessivel|cadeirante|accessible|escaleras|ascensor|elevator|elevador",
    ),
    (
        Services,
        2,
        "acept*|aceit*|admit*|permit*|reciben|allow*|pueden|puede|puedo|podemos|podria|posso|podemos|can|llevar|levar|bring|traer ~ ~ perr*|gat*|mascot*|cachorr*|pet|pets|dog*|cat|cats|animal*|caniche*|lomito*|puppy|peludo*|firulais|caes|cao",
    ),
    (
        Services,
        2,
        "perr*|mascot*|cachorr*|pet|pets|dog*|animal*|gato*|gata*|caniche*|labrador*|golden|peludo* ~ ~ acept*|aceit*|admit*|permit*|allow*|ok|okay|problema|molesta|reciben|puede*|bienvenid*|welcome|fine|podemos",
    ),
    (Services, 2, "pet friendly"),
    (Services, 2, "petfriendly|petfriendlies"),
    (
        Services,
        2,
        "mascota|mascotas|perros|perro|pets|cachorro|cachorros|gatos|dogs|animales|animais ?pequeno|pequenos|chico|chicos|grande|grandes ?si|no|o ?",
    ),
    (
        Services,
        2,
        "incluye|incluyen|incluido|incluida|incluidos|incluidas|inclui|incluso|included|includes|include|inclusa|incluem",
    ),
    (
        Services,
        2,
        "que|cuales|what|quais ~ servicios|comodidades|amenities|amenidades|instalaciones|servicos|facilities",
    ),
    (Services, 2, "foto|fotos|photo|photos|pictures|pics|video|videos|imagenes"),
    (Services, -2, "mando|envio|mande|paso|send|sent|adjunto ?la|una|el foto|captura|comprobante"),
    (
        Services,
        2,
        "como|how|what es|son|is|are|e|sao ~ ?la|las|los|el|the|a|o|os|as cabana|cabanas|casa|habitacion|habitaciones|depto|departamento|place|cabin|rooms|quarto|quartos|chale|apartamento|lugar",
    ),
    (
        Services,
        2,
        "cuantas|cuantos|quantos|quantas|many ~ camas|banos|habitaciones|dormitorios|personas|pessoas|quartos|banheiros|bedrooms|bathrooms|ambientes|people|plazas|entran|caben",
    ),
    (Services, 2, "equipad*|amoblad*|mobiliad*|furnished|climatizad*|heated|aquecida"),
    (Services, 2, "patio|balcon|terraza|jardin|varanda|deck|galeria|quintal|balcony|terrace|garden ~ ?"),
    (Services, 2, "vista|view ~ al|a|lago|mar|rio|montana|sierra*|mountain*|lake|sea|?"),
    (Services, 2, "bajada|acceso ~ rio|arroyo|lago|playa"),
    (Services, 2, "fumar|smok*|fumador*|fiesta|eventos|evento|festa|festas|musica"),
    (Services, 2, "limpieza|limpeza|mucama|cleaning|housekeeping|mucamas"),
    (
        Services,
        2,
        "excursion|excursiones|cabalgata*|kayak|kayaks|bicicleta*|bicis|traslado|transfer|transfers|paseos|actividades|activities|passeios ~ ?",
    ),
    (Services, 2, "seguro|segura|safe ~ zona|barrio|ninos|chicos|kids"),
    (Services, -2, "se|me|nos olvid* ~ ~ toalla*|cargador|campera|libro"),
];

pub(super) const LOCATION: &[Rule] = &[
    (
        Location,
        2,
        "donde ~ ~ esta|estan|estas|estais|queda|quedan|es|son|ubicad*|encuentra*|ubican|exactamente|mero|seria|llego|llegamos",
    ),
    (Location, 2, "onde ~ fica|ficam|e|esta|estao|voces"),
    (Location, 2, "where ~ are|is|you|located|exactly|find"),
    (Location, 2, "por donde|onde ~ mero|es|queda|estan|llego|entro|voy|se|agarro"),
    (
        Location,
        2,
        "ubicacion|direccion|domicilio|localizacion|localizacao|endereco|address|location|directions|coordenadas|mapa|maps|map|gps|pin|ubicados|ubicadas|ubicado|ubicada|waze",
    ),
    (
        Location,
        2,
        "como ~ llego|llegamos|llegar|llega|chego|chegamos|chegar ?a ahi|hasta|desde|alla|alli|ai|la|de|en|al|a|ate|hasta",
    ),
    (Location, 2, "como ~ llego|llegamos|llegar|llega|chego|chegamos|chegar $"),
    (Location, 2, "how ~ get there|to|from"),
    (
        Location,
        2,
        "que|qual|which|what ?es|e|is ?la|el|a|o|the ?mejor zona|barrio|bairro|area|region|ciudad|pueblo|altura|neighborhood|cidade",
    ),
    (Location, 2, "lejos|cerca|cercano|cercanos|cercana|longe|perto|far|close|near|nearby|nearest"),
    (Location, -2, "cerca|lejos ~ ~ fecha|llegada"),
    (
        Location,
        2,
        "a|en cuanto|cuantos|cuantas|quanto|quantos ~ queda|quedan|esta|estan|estais|km|kilometros|metros|cuadras|minutos|fica|tiempo|quadras",
    ),
    (
        Location,
        2,
        "cuanto|quanto|tiempo ~ hay|queda|tarda|demora|tempo ~ desde|hasta|del|al|de|centro|playa|rodoviaria|aeropuerto|terminal",
    ),
    (
        Location,
        2,
        "fica|ficam|queda|quedan|es|located ?na|no|en|sobre|la|on rua|calle|avenida|ruta|street|avda",
    ),
    (Location, 2, "distancia|distance|kilometros|quilometros|cuadras|quadras"),
    (Location, 2, "how far"),
    (Location, 2, "sobre|en|por la ?misma ruta|carretera|rodovia|avenida"),
    (Location, 2, "carretera|ruta|rodovia ~ ~ km|kilometro"),
    (Location, 2, "google maps"),
    (Location, 2, "tomar|agarrar|bajar|bajo ~ colectivo|micro|bus|camion|onibus|metro|taxi"),
    (
        Location,
        2,
        "hay|tem|pasa|passa|bus|transporte ~ colectivo|micro|bus|buses|onibus|transporte ~ ~ hasta|centro|ahi|cerca",
    ),
    (Location, 2, "sin auto|coche|carro ~ ~ llegar|ir|moverse"),
];

pub(super) const CHECKIN_TIMES: &[Rule] = &[
    (CheckinTimes, 2, "que hora|horas|horario|horarios"),
    (CheckinTimes, 2, "what|which time|hour"),
    (
        CheckinTimes,
        -2,
        "que|what hora|horas|time ~ ~ llamar|llamo|hablar|atienden|call|cierran ~ telefono|restaurante",
    ),
    (
        CheckinTimes,
        2,
        "hora|horas|horario|horarios|time|times|hours ~ checkin|checkout|entrada|salida|llegada|ingreso|egreso|saida|chegada|entrar|salir|llegar",
    ),
    (
        CheckinTimes,
        2,
        "checkin|checkout ~ ~ hora|horario|temprano|tarde|late|early|@clock|antes|despues|?|time|cedo|$",
    ),
    (CheckinTimes, -2, "checkin ~ # ~ checkout"),
    (CheckinTimes, 2, "early|late|later checkin|checkout|arrival|departure|check"),
    (
        CheckinTimes,
        2,
        "lleg*|entr*|ingres*|cheg*|arriv*|checkin|checkout|check|salir|salimos|sair|saimos|irnos|get|dejar|caemos|caigo|leave|aterriz*|land|lands ~ ~ @clock",
    ),
    (
        CheckinTimes,
        2,
        "@clock ~ ~ entrar|ingresar|llegar|checkin|checkout|entramos|llegamos|chegar|arrive|salir|reciben|recibe|esperan",
    ),
    (
        CheckinTimes,
        2,
        "lleg*|cheg*|arriv*|vuelo|micro|bondi|avion|bus|flight|voo|onibus ~ tarde|temprano|madrugada|late|early|cedo",
    ),
    (CheckinTimes, -2, "lleg*|cheg* ~ a|por|pela|de la|tarde tarde|noche|y"),
    (
        CheckinTimes,
        2,
        "puede|puedo|podemos|podriamos|podria|podes|da|posso|can|could|dejan|deja|deixam|se ~ entrar|ingresar|llegar|salir|sair|chegar|leave|arrive|dejar|enter ~ ~ antes|temprano|tarde|@clock|mediodia|despues|early|late|cedo|luego|noon|mas",
    ),
    (
        CheckinTimes,
        2,
        "dejar|guardar|deixar|leave|drop|guardan ~ ~ valijas|equipaje|maletas|bolsos|malas|luggage|bags|mochilas|cosas",
    ),
    (CheckinTimes, 2, "desde|hasta|ate|a partir que hora|horas"),
    (CheckinTimes, 2, "hora|horario ~ ~ deja*|entrega* ~ llave*|cabana|habitacion"),
    (CheckinTimes, 2, "quien|como|alguien ~ recibe|llaves|entrega|llave"),
];

pub(super) const PAYMENT: &[Rule] = &[
    (
        Payment,
        2,
        "sena|senar|senarla|senas|senal|senia|anticipo|anticipos|deposito|deposita|depositar|depositarte|depositamos|depositen|deposite|adelanto|abono|abonar|abono|abonamos|sinal|enganche|deposit|deposits|prepay|prepago|downpayment",
    ),
    (Payment, 2, "transf|transfer*|transfier*|transfir*|alias|cbu|cvu|clabe|banco|bancaria|bancario"),
    (Payment, -2, "transfer|transfers ~ ~ aeropuerto|airport|aeroporto"),
    (
        Payment,
        2,
        "tarjeta|tarjetas|credito|debito|cuota|cuotas|msi|cartao|cartoes|parcela|parcelas|parcelar|parcelado|card|cards|visa|mastercard|amex|installments|instalments|intereses|juros",
    ),
    (
        Payment,
        2,
        "efectivo|mercadopago|mp|pix|boleto|paypal|cash|zelle|bizum|oxxo|nequi|daviplata|dinheiro|crypto|usdt|stripe|modo|uala|yape",
    ),
    (Payment, 2, "mercado pago|livre"),
    (Payment, 2, "usd|dolares|dollars ~ acept*|pagar"),
    (Payment, 2, "acept*|aceit* ~ dolares|usd|euros|reales|reais|pesos|tarjeta*|efectivo"),
    (
        Payment,
        2,
        "pago|pagos|pagar|pagamento|pagamentos|pagarte|pagarles|pagarlo|pagaria|pagariamos|pagamos|pague|paguei|payment|payments|pay|paid|paying|prepaid|pagas|pagan|pagarla|pagado|pagou",
    ),
    (Payment, 2, "comprobante|comprovante|recibo|receipt|factura|facturan|facturas|invoice|facturar|cfdi"),
    (Payment, 2, "nota fiscal"),
    (Payment, 2, "reembols*|refund*|devolu*|devolv*|devuelv*|devolucion|estorno"),
    (Payment, 2, "saldo|resto|restante|balance|remaining ~ ~ pag*|abon*|cancel*|cuando|como|pay|due|quando"),
    (Payment, 2, "link ~ pago|pagar|pagamento|payment"),
    (Payment, 2, "back ~ deposit|money"),
    (Payment, 2, "cuanto|quanto ~ ~ dejar|adelantar|depositar|senar"),
    (Payment, 2, "iban :|numero|number|para|es"),
];
