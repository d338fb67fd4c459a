//! About a booking that exists, and calls for a person.

use super::Rule;
use crate::reading::Intent::{Cancel, ChangeDates, Complaint, Confirm, Human};

pub(super) const CONFIRM: &[Rule] = &[
    (Confirm, 2, "confirm* ~ ~ reserva|reservacion|booking|reservation|estadia|turno"),
    (
        Confirm,
        2,
        "confirmo|confirmamos|confirmame|confirmamela|confirmala|confirmanos|confirmalo|confirmada|confirmado|confirmadisimo|confirmadas",
    ),
    (Confirm, 2, "reserva|booking|reservation ~ confirm*|ok|hecha|firme|lista|segura|pie"),
    (
        Confirm,
        2,
        "me|nos|pode|podes|puede|pueden|can|could|you|quiero|queria|quisiera|necesito|para|por|favor|to|please|quero confirm*",
    ),
    (Confirm, 2, "todo|tudo ok|bien|bem|certo|en orden|listo ~ ~ reserva|estadia|reservacion"),
    (
        Confirm,
        2,
        "llego|entro|recibieron|recebeu|recebeu|receive|received ~ ~ pago|transferencia|reserva|comprobante|pix|payment|deposito|sena",
    ),
    (
        Confirm,
        -4,
        "manana|despues|luego|tarde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|depois|amanha|rato|tomorrow|later|noche ?te|les|le|lhe|eu|ya|i ?te|will confirm*",
    ),
    (
        Confirm,
        -4,
        "te|les|lhe|le|lo confirmo|confirmamos ?manana|en|el|despues|luego|cuando|mas|a|apenas|bien|esta|hoy|por|ni|manana|si $",
    ),
    (
        Confirm,
        -4,
        "te|les|le confirmo|confirmamos manana|en|el|despues|luego|cuando|mas|apenas|hoy|cualquier|si",
    ),
    (Confirm, -4, "confirm* si|se|if ~ hay|tem|ten*|tien*|queda|esta|you|there|disponi*|ha"),
    (Confirm, -4, "confirm* ~ disponi*|precio|preco|availability|price"),
    (Confirm, -4, "vou|voy|vamos|will|falta|tengo|tenemos|antes a|que|de ?te|de confirm*"),
    (Confirm, -4, "vou|preciso confirm* com|con"),
    (Confirm, -2, "sin confirm*"),
];

pub(super) const CANCEL: &[Rule] = &[
    (Cancel, 2, "cancel*|cancelacion|cancelamento|cancellation|canselar"),
    (Cancel, 2, "anul*|desmarc*|desist*"),
    (Cancel, 2, "dar|doy|damos|den|darla de|por baja|cancelada"),
    (
        Cancel,
        2,
        "no|nao ~ vamos|voy|vou|podemos|puedo|podremos|poder|podre|conseguimos|consigo|vamos ~ ir|viajar|asistir|mais|llegar|concretar ~ cancel*|reserva",
    ),
    (
        Cancel,
        2,
        "ya no|nao vamos|voy|viajamos|viajo|podemos|puedo|quiero|queremos|iremos|vou ?a ?poder ?ir|viajar|la|reserva|mais $",
    ),
    (Cancel, 2, "no vamos|voy a poder ir|viajar|viajar|concretar|asistir"),
    (Cancel, 2, "no|nao podemos|puedo|podre|podremos|poderemos|posso|vou|vamos ?mais|poder ir|viajar"),
    (Cancel, 2, "call|back it|off|out ~ off|booking|reservation"),
    (Cancel, 2, "can not|no make it"),
    (Cancel, -4, "no|nao|not|sin|dont ~ quiero|queremos|quero|want ~ cancel*|anul*"),
    (Cancel, -4, "no cancel*|anul*"),
];

pub(super) const CHANGE_DATES: &[Rule] = &[
    (
        ChangeDates,
        2,
        "cambi*|mud*|alter*|modific*|reprogram*|adelant*|posterg*|pospon*|pospone*|atras*|corr*|mover*|movem*|muev*|move|resched*|remarc*|reagend*|troc*|switch|change|changing|push|extend*|ampli*|adiar|antecipar|aplaz*|prolong* ~ ~ fecha|fechas|dia|dias|reserva|reservacion|estadia|estancia|data|datas|date|dates|booking|reservation|viaje|stay|llegada|viagem|hospedagem|salida|trip|arrival",
    ),
    (
        ChangeDates,
        2,
        "pasar|paso|pasamos|pasame|pasen|passar|passo|pasá|pasarnos ~ ~ reserva|estadia|reservacion",
    ),
    (
        ChangeDates,
        2,
        "pasarla|pasarlo|moverla|moverlo|correrla|correrlo|cambiarla|cambiarlo|cambiamela|pasamela|adelantarla|atrasarla|postergarla|reprogramarla|extenderla|moverlas|correrme|cambiarme|mudarla",
    ),
    (ChangeDates, 2, "reschedul*|reprogram*|remarcar|reagendar"),
    (
        ChangeDates,
        2,
        "cambi*|cambiar|mover|correr|pasar|move|change|mudar|trocar|adelantar|atrasar ~ ~ para|al|del|to|pro|pra ~ #|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|friday|saturday|sunday|sexta",
    ),
    (
        ChangeDates,
        2,
        "mejor|melhor|better|prefiero|preferimos|preferiria ?dia|el|del|para|desde|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|this|do|no|na|make ?el|dia|la #|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|sexta|segunda|siguiente|proximo|semana|proxima|otro|primer",
    ),
    (ChangeDates, -2, "mejor|melhor ?# precio|preco|opcion|vista|cabana"),
    (
        ChangeDates,
        2,
        "#|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|viene|sexta ?, mejor|melhor|better|instead|entonces",
    ),
    (ChangeDates, 2, "en|em|ao|al vez|inves|lugar|reves de|do|del|da"),
    (ChangeDates, 2, "instead|rather than"),
    (
        ChangeDates,
        2,
        "al|no final ~ ~ hasta|el|del|llegamos|vamos|quedamos|seria|serian|somos|dia|para|va|ficamos|ate",
    ),
    (
        ChangeDates,
        2,
        "finalmente|afinal ~ ~ hasta|el|del|llegamos|vamos|quedamos|seria|serian|somos|dia|para|until|from|vamos|va|ficamos|ate",
    ),
    (ChangeDates, 2, "instead $"),
    (ChangeDates, 2, "sino|senao ?que del|al|el|para|desde|hasta|este|do|dia|a"),
    (ChangeDates, 2, "no|nao es|era|e|seria|serian|son ?para|desde del|el|para|do|dia"),
    (ChangeDates, 2, "me equivoque|confundi|equivocamos ~ ~ fecha|fechas|dia|dias|del|es|era|mes"),
    (ChangeDates, 2, "errei|wrong ~ data|date|dates|dia|day"),
    (
        ChangeDates,
        2,
        "^ perdon|perdona|disculpa|disculpe|desculpa|sorry|digo|corrijo|uy ~ ~ del|al|el|era|es|para|do|dia|from|the|i",
    ),
    (
        ChangeDates,
        -2,
        "^ perdon|disculpa|disculpe|desculpa|sorry|perdona ~ ~ hay|ten*|tien*|cuanto|donde|que|molest*|demora|hora",
    ),
    (
        ChangeDates,
        2,
        "y|e|and si|se|if|what ~ es|fuera|vamos|fueramos|llegamos|seria|fosse|fuese|we|it|para ~ del|el|al|desde|do|dia|from|finde|instead|otra|on",
    ),
    (
        ChangeDates,
        2,
        "y|e|and si|se|if ?lo|la|we vamos|llegamos|fuera|fuese|es|seria|pasamos|vamos|fossemos|go|come|iriamos|movemos ~ ~ despues|antes|depois|later|earlier",
    ),
    (ChangeDates, 2, "actually|mejor|i|we mean|make ~ #|the|it"),
    (
        ChangeDates,
        2,
        "agregar|sumar|anadir|add|acrescentar|agregarle|sumarle ~ ~ noche|noches|dia|dias|night|nights|noite|day",
    ),
    (
        ChangeDates,
        2,
        "puede|puedo|podemos|podria|podriamos|pode|can ~ dia|noche|dias|noches|noite|night|day mas|more|extra",
    ),
    (
        ChangeDates,
        2,
        "quedarnos|quedarme|stay|ficar ~ noche|noches|night|nights|noite|dia|dias ~ mas|more|longer|extra|mais",
    ),
    (ChangeDates, -2, "mejor|melhor precio|preco|oferta"),
];

pub(super) const HUMAN: &[Rule] = &[
    (
        Human,
        2,
        "hablar|hablo|hablarlo|hablemos|hable|falar|falo|speak|talk|chat|comunic*|contactar*|conversar|charlar|atend*|atiend*|contato ~ con|com|to|with|por|a|directo ~ persona|alguien|humano|humana|dueno|duena|duenos|encargad*|gerente|responsable|asesor*|operador*|agente|atendente|pessoa|alguem|person|human|someone|somebody|manager|owner|owners|agent|staff|recepcion|administrador*|dono|dona|vendedor*|ejecutiv*|humanos|representante|host|anfitrion",
    ),
    (
        Human,
        2,
        "!no pasame|pasas|pasa|pasar|pase|comunicame|comuniquenme|comunicas|deriva*|derivame|transferime|passa|passar|transfer|conect*|connect|ponme|put ~ con|com|para|to|a|through ~ persona|alguien|humano|dueno|duena|encargad*|gerente|responsable|asesor*|operador*|agente|atendente|pessoa|alguem|person|human|someone|somebody|manager|owner|agent|recepcion|dono|vos|ustedes",
    ),
    (
        Human,
        2,
        "llamame|llamenme|llamanos|llamennos|llameme|marcame|marquenme|ligame|me|nos llame|llamen|llames|llamas|llaman|llamar|llamaran|ligue|liga|ligar|ligam",
    ),
    (Human, 2, "llamame|llamenme|llamanos|llamennos|llameme|marcame|marquenme"),
    (
        Human,
        2,
        "pueden|puede|podes|podrian|podria|podrias|alguien|puedes|pode|podem ~ llamar|ligar|marcar|marcarme|llamarme|llamarnos",
    ),
    (Human, 2, "te|los|les|lo|os puedo|podemos|podria llamar|llamo|marcar"),
    (Human, 2, "call|ring|phone me|us"),
    (
        Human,
        2,
        "persona|pessoa|humano|ser|real|person|human real|verdad|verdade|humano|person|carne|being|please",
    ),
    (Human, 2, "atencion|atendimento humana|humano|personalizada|al"),
    (Human, 2, "humano|humanos|human|atendente"),
    (
        Human,
        2,
        "sos|eres|es|esto|are|you|voce|isso|hablando|habla|estoy ~ ~ robot|bot|maquina|chatbot|contestador|ia",
    ),
    (Human, 2, "no quiero|quero ~ robot|bot|maquina"),
    (
        Human,
        2,
        "alguien|alguem|someone|somebody|persona ~ que ~ me|nos atienda|ayude|llame|conteste|ajude|help|responda|explique",
    ),
    (
        Human,
        2,
        "alguien|alguem|someone|somebody me|nos|can|could|to ~ llame|llamar|atienda|atender|ayudar|ayude|help|call|atenda|ajudar|contact|contacte",
    ),
    (Human, 2, "atiende|atienden|contesta|atende alguien|alguem|una|un persona|humano|$"),
    (
        Human,
        2,
        "telefono|numero|whatsapp|celular|phone|number ~ ~ llamar|llamarlos|hablar|contactar*|call|comunicarme|ligar",
    ),
];

pub(super) const COMPLAINT: &[Rule] = &[
    (Complaint, 2, "reclam*|queja|quejas|quejar*|quejo|complain*|denunci*|reclamacion"),
    (
        Complaint,
        2,
        "pesim*|pessim*|malisim*|horrible*|horribl*|horrivel|desastre|desastroso|verguenza|vergonha|vergonzoso|estafa*|estafadores|chorros|ladrones|scam|scammers|fraude|inadmisible|inaceptable|inaceitavel|unacceptable|terrible|terribles|awful|disgusting|worst|lamentable|decepcion*|decepca*|imund*|nojent*|disappoint*|absurdo|ridiculo|ridiculous|asco|asquer*|nojento|nojo|cucaracha*|baratas|ratas|rata|cockroach*|bugs|chinches|mugre|inmund*|vergonhoso|robo|choreo|trucho",
    ),
    (
        Complaint,
        2,
        "mal|mala|pesimo|pesima|poor|bad|pessimo|pessima servicio|atencion|experiencia|service|experience|atendimento|servico|trato|olor|cheiro",
    ),
    (Complaint, 2, "que|re|muy|tan mal|mala servicio|atencion|atendid*|todo"),
    (
        Complaint,
        2,
        "sucia|sucio|sucias|sucios|suja|sujo|sujas|dirty|filthy|manchad*|rota|roto|rotos|rotas|quebrad*|broken|mojad*",
    ),
    (
        Complaint,
        2,
        "no|nao|not|did|does ?not|me|se ?le ?nos funcion*|anda|andaba|andan|andaban|prendia|enciende|calentaba|calienta|enfria|enfriaba|work|working|worked|esquent*|salia|sirve el|prende|cerraba|cierra|ligava|gelava|abre|abria",
    ),
    (Complaint, -2, "no funciona ~ link|pagina|web|formulario"),
    (Complaint, 2, "stopped|quit working"),
    (
        Complaint,
        2,
        "nadie|ninguem|nobody|no|none one|contesta|contesto|responde|respondio|respondeu|vino|veio|atiende|atendio|atende|atendeu|answers|answered|came|aparecio|apareceu|responded|replied|ayudo|soluciono|hace ?me|nos|answers|answered|came|responds|is|replied",
    ),
    (
        Complaint,
        2,
        "nadie|ninguem|nobody me|nos|te|se ~ contest*|respond*|respondeu|atend*|atiend*|ayud*|avis*|hizo|dijo|solucion*",
    ),
    (
        Complaint,
        2,
        "no|nao|not me|nos|have|has contest*|respond*|atend*|atiend*|devolv*|devuelv*|reply|replied",
    ),
    (
        Complaint,
        2,
        "no|nao me|nos ~ mandaron|enviaron|llego|mandaram|enviaram|dieron|hicieron ~ nada|respuesta|caso|nunca",
    ),
    (Complaint, 2, "falta|tomada|tomadura|lack de|of respeto|pelo|respect|consideracion"),
    (Complaint, 2, "agua|ducha|chuveiro|shower|water ~ fria|helada|frio|cold|gelada|sucia|nunca"),
    (
        Complaint,
        2,
        "no|nao|sin habia|hubo|havia|tinha|tuvimos|teve agua|luz|gas|toallas|sabanas|calefaccion|internet|wifi|energia|papel",
    ),
    (
        Complaint,
        2,
        "olia|huele|cheirava|cheiro|apesta|apestaba|smelled|smells|smell|stinks|olor|fedia ~ a|of|like|de|mofo|horrible|feo",
    ),
    (
        Complaint,
        2,
        "estoy|estamos|estou|am|are|muy|very|tan|re ~ molest*|enojad*|furios*|indignad*|angry|upset|disgustad*|insatisfech*|chatead*|decepcionad*|disappointed|unhappy|caliente|inconforme",
    ),
    (Complaint, 2, "mucho|demasiado|tanto|muito|too ruido|barulho|much noise|loud|noisy|sucio"),
    (Complaint, 2, "ruido|barulho|noise ~ ~ toda|dormir|sleep|noche|noite|vecinos|insoportable"),
    (
        Complaint,
        2,
        "me|nos cobraron|cobraste|cobraram|charged ~ mas|dos|doble|mal|de|twice|duplicado|mais|demas|extra",
    ),
    (Complaint, 2, "charged ~ twice|wrong|extra|double"),
    (Complaint, 2, "nunca mas|mais"),
    (
        Complaint,
        2,
        "nunca|never ~ llego|contest*|respond*|atend*|devolv*|answered|came|veio|working|replied|aparec*",
    ),
    (
        Complaint,
        2,
        "no es|era|fue|nada|was|e|parecia ~ lo|que|nada|what|como|o|igual ~ prometieron|fotos|foto|mostraban|decian|promised|pictures|photos|advertised|prometido|anunciado|anuncio",
    ),
    (Complaint, 2, "una porqueria|mierda|basura|cagada|garcada"),
    (Complaint, 2, "🤬|😡|😠|👎|🤮"),
    (Complaint, -2, "sin ~ ruido|ruidos"),
];
