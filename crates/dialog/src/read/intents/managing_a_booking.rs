//! About a booking that exists, and calls for a person.

pub(super) const CONFIRM: &str = "
+2 confirm* ~ ~ reserva|reservacion|booking|reservation|estadia|turno
+2 confirmo|confirmamos|confirmame|confirmamela|confirmala|confirmanos|confirmalo|confirmada|confirmado|confirmadisimo|confirmadas
+2 reserva|booking|reservation ~ confirm*|ok|hecha|firme|lista|segura|pie
+2 me|nos|pode|podes|puede|pueden|can|could|you|quiero|queria|quisiera|necesito|para|por|favor|to|please|quero confirm*
+2 todo|tudo ok|bien|bem|certo|en orden|listo ~ ~ reserva|estadia|reservacion
+2 llego|entro|recibieron|recebeu|recebeu|receive|received ~ ~ pago|transferencia|reserva|comprobante|pix|payment|deposito|sena
-4 manana|despues|luego|tarde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|depois|amanha|rato|tomorrow|later|noche ?te|les|le|lhe|eu|ya|i ?te|will confirm*
-4 te|les|lhe|le|lo confirmo|confirmamos ?manana|en|el|despues|luego|cuando|mas|a|apenas|bien|esta|hoy|por|ni|manana|si $
-4 te|les|le confirmo|confirmamos manana|en|el|despues|luego|cuando|mas|apenas|hoy|cualquier|si
-4 confirm* si|se|if ~ hay|tem|ten*|tien*|queda|esta|you|there|disponi*|ha
-4 confirm* ~ disponi*|precio|preco|availability|price
-4 vou|voy|vamos|will|falta|tengo|tenemos|antes a|que|de ?te|de confirm*
-4 vou|preciso confirm* com|con
-2 sin confirm*
";

pub(super) const CANCEL: &str = "
+2 cancel*|cancelacion|cancelamento|cancellation|canselar
+2 anul*|desmarc*|desist*
+2 dar|doy|damos|den|darla de|por baja|cancelada
+2 no|nao ~ vamos|voy|vou|podemos|puedo|podremos|poder|podre|conseguimos|consigo|vamos ~ ir|viajar|asistir|mais|llegar|concretar ~ cancel*|reserva
+2 siempre no vamos|voy|podemos|puedo|viajamos|viajo ?a ?poder ?ir|viajar $
+2 al|no final no|nao vamos|voy|vou|podemos|puedo|viajamos|viajo ?a ?poder ?ir|viajar $
+2 ya no|nao vamos|voy|viajamos|viajo|podemos|puedo|quiero|queremos|iremos|vou ?a ?poder ?ir|viajar|la|reserva|mais $
+2 no vamos|voy a poder ir|viajar|viajar|concretar|asistir
+2 no|nao podemos|puedo|podre|podremos|poderemos|posso|vou|vamos ?mais|poder ir|viajar
+2 call|back it|off|out ~ off|booking|reservation
+2 can not|no make it
-4 no|nao|not|sin|dont ~ quiero|queremos|quero|want ~ cancel*|anul*
-4 no cancel*|anul*
";

pub(super) const CHANGE_DATES: &str = "
+2 cambi*|mud*|alter*|modific*|reprogram*|adelant*|posterg*|pospon*|pospone*|atras*|corr*|mover*|movem*|muev*|move|resched*|remarc*|reagend*|troc*|switch|change|changing|push|extend*|ampli*|adiar|antecipar|aplaz*|prolong* ~ ~ fecha|fechas|dia|dias|reserva|reservacion|estadia|estancia|data|datas|date|dates|booking|reservation|viaje|stay|llegada|viagem|hospedagem|salida|trip|arrival
+2 pasar|paso|pasamos|pasame|pasen|passar|passo|pasá|pasarnos ~ ~ reserva|estadia|reservacion
+2 pasarla|pasarlo|moverla|moverlo|correrla|correrlo|cambiarla|cambiarlo|cambiamela|pasamela|adelantarla|atrasarla|postergarla|reprogramarla|extenderla|moverlas|correrme|cambiarme|mudarla
+2 reschedul*|reprogram*|remarcar|reagendar
+2 cambi*|cambiar|mover|correr|pasar|move|change|mudar|trocar|adelantar|atrasar ~ ~ para|al|del|to|pro|pra ~ #|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|friday|saturday|sunday|sexta
+2 mejor|melhor|better|prefiero|preferimos|preferiria ?dia|el|del|para|desde|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|this|do|no|na|make ?el|dia|la #|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|sexta|segunda|siguiente|proximo|semana|proxima|otro|primer
-2 mejor|melhor ?# precio|preco|opcion|vista|cabana
+2 #|finde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|viene|sexta ?, mejor|melhor|better|instead|entonces
+2 en|em|ao|al vez|inves|lugar|reves de|do|del|da
+2 instead|rather than
-2 adelante con
+2 al|no final ~ ~ hasta|el|del|llegamos|vamos|quedamos|seria|serian|somos|dia|para|va|ficamos|ate
+2 finalmente|afinal ~ ~ hasta|el|del|llegamos|vamos|quedamos|seria|serian|somos|dia|para|until|from|vamos|va|ficamos|ate
+2 instead $
+2 sino|senao ?que del|al|el|para|desde|hasta|este|do|dia|a
+2 no|nao es|era|e|seria|serian|son ?para|desde del|el|para|do|dia
+2 me equivoque|confundi|equivocamos ~ ~ fecha|fechas|dia|dias|del|es|era|mes
+2 errei|wrong ~ data|date|dates|dia|day
+2 ^ perdon|perdona|disculpa|disculpe|desculpa|sorry|digo|corrijo|uy ~ ~ del|al|el|era|es|para|do|dia|from|the|i
-2 ^ perdon|disculpa|disculpe|desculpa|sorry|perdona ~ ~ hay|ten*|tien*|cuanto|donde|que|molest*|demora|hora
+2 y|e|and si|se|if|what ~ es|fuera|vamos|fueramos|llegamos|seria|fosse|fuese|we|it|para ~ del|el|al|desde|do|dia|from|finde|instead|otra|on
+2 y|e|and si|se|if ?lo|la|we vamos|llegamos|fuera|fuese|es|seria|pasamos|vamos|fossemos|go|come|iriamos|movemos ~ ~ despues|antes|depois|later|earlier
+2 actually|mejor|i|we mean|make ~ #|the|it
+2 agregar|sumar|anadir|add|acrescentar|agregarle|sumarle ~ ~ noche|noches|dia|dias|night|nights|noite|day
+2 puede|puedo|podemos|podria|podriamos|pode|can ~ dia|noche|dias|noches|noite|night|day mas|more|extra
+2 quedarnos|quedarme|stay|ficar ~ noche|noches|night|nights|noite|dia|dias ~ mas|more|longer|extra|mais
-2 mejor|melhor precio|preco|oferta
";

pub(super) const HUMAN: &str = "
+2 hablar|hablo|hablarlo|hablemos|hable|falar|falo|speak|talk|chat|comunic*|contactar*|conversar|charlar|atend*|atiend*|contato ~ con|com|to|with|por|a|directo ~ persona|alguien|humano|humana|dueno|duena|duenos|encargad*|gerente|responsable|asesor*|operador*|agente|atendente|pessoa|alguem|person|human|someone|somebody|manager|owner|owners|agent|staff|recepcion|administrador*|dono|dona|vendedor*|ejecutiv*|humanos|representante|host|anfitrion
+2 !no pasame|pasas|pasa|pasar|pase|comunicame|comuniquenme|comunicas|deriva*|derivame|transferime|passa|passar|transfer|conect*|connect|ponme|put ~ con|com|para|to|a|through ~ persona|alguien|humano|dueno|duena|encargad*|gerente|responsable|asesor*|operador*|agente|atendente|pessoa|alguem|person|human|someone|somebody|manager|owner|agent|recepcion|dono|vos|ustedes
+2 llamame|llamenme|llamanos|llamennos|llameme|marcame|marquenme|ligame|me|nos llame|llamen|llames|llamas|llaman|llamar|llamaran|ligue|liga|ligar|ligam
+2 llamame|llamenme|llamanos|llamennos|llameme|marcame|marquenme
+2 pueden|puede|podes|podeis|podrian|podria|podrias|podriais|alguien|puedes|pode|podem ~ llamar|ligar|marcar|marcarme|llamarme|llamarnos
+2 te|los|les|lo|os puedo|podemos|podria llamar|llamo|marcar
+2 call|ring|phone me|us
+2 persona|pessoa|humano|ser|real|person|human real|verdad|verdade|humano|person|carne|being|please
+2 atencion|atendimento humana|humano|personalizada|al
+2 humano|humanos|human|atendente
+2 sos|eres|es|esto|are|you|voce|isso|hablando|habla|estoy ~ ~ robot|bot|maquina|chatbot|contestador|ia
+2 no quiero|quero ~ robot|bot|maquina
+2 alguien|alguem|someone|somebody|persona ~ que ~ me|nos atienda|ayude|llame|conteste|ajude|help|responda|explique
+2 alguien|alguem|someone|somebody me|nos|can|could|to ~ llame|llamar|atienda|atender|ayudar|ayude|help|call|atenda|ajudar|contact|contacte
+2 atiende|atienden|contesta|atende alguien|alguem|una|un persona|humano|$
+2 telefono|numero|whatsapp|celular|phone|number ~ ~ llamar|llamarlos|hablar|contactar*|call|comunicarme|ligar
";

pub(super) const COMPLAINT: &str = "
+2 reclam*|queja|quejas|quejar*|quejo|complain*|denunci*|reclamacion
+2 pesim*|pessim*|malisim*|horrible*|horribl*|horrivel|desastre|desastroso|verguenza|vergonha|vergonzoso|estafa*|estafadores|chorros|ladrones|scam|scammers|fraude|inadmisible|inaceptable|inaceitavel|unacceptable|terrible|terribles|awful|disgusting|worst|lamentable|decepcion*|decepca*|imund*|nojent*|disappoint*|absurdo|ridiculo|ridiculous|asco|asquer*|nojento|nojo|cucaracha*|baratas|ratas|rata|cockroach*|bugs|chinches|mugre|inmund*|vergonhoso|robo|choreo|trucho
+2 mal|mala|pesimo|pesima|poor|bad|pessimo|pessima servicio|atencion|experiencia|service|experience|atendimento|servico|trato|olor|cheiro
+2 que|re|muy|tan mal|mala servicio|atencion|atendid*|todo
+2 sucia|sucio|sucias|sucios|suja|sujo|sujas|dirty|filthy|manchad*|rota|roto|rotos|rotas|quebrad*|broken|mojad*
+2 no|nao|not|did|does ?not|me|se ?le ?nos funcion*|anda|andaba|andan|andaban|prendia|enciende|calentaba|calienta|enfria|enfriaba|work|working|worked|esquent*|salia|sirve el|prende|cerraba|cierra|ligava|gelava|abre|abria
-2 no funciona ~ link|pagina|web|formulario
+2 stopped|quit working
+2 nadie|ninguem|nobody|no|none one|contesta|contesto|responde|respondio|respondeu|vino|veio|atiende|atendio|atende|atendeu|answers|answered|came|aparecio|apareceu|responded|replied|ayudo|soluciono|hace ?me|nos|answers|answered|came|responds|is|replied
+2 nadie|ninguem|nobody me|nos|te|se ~ contest*|respond*|respondeu|atend*|atiend*|ayud*|avis*|hizo|dijo|solucion*
+2 no|nao|not me|nos|have|has contest*|respond*|atend*|atiend*|devolv*|devuelv*|reply|replied
+2 no|nao me|nos ~ mandaron|enviaron|llego|mandaram|enviaram|dieron|hicieron ~ nada|respuesta|caso|nunca
+2 falta|tomada|tomadura|lack de|of respeto|pelo|respect|consideracion
+2 agua|ducha|chuveiro|shower|water ~ fria|helada|frio|cold|gelada|sucia|nunca
+2 no|nao|sin habia|hubo|havia|tinha|tuvimos|teve agua|luz|gas|toallas|sabanas|calefaccion|internet|wifi|energia|papel
+2 olia|huele|cheirava|cheiro|apesta|apestaba|smelled|smells|smell|stinks|olor|fedia ~ a|of|like|de|mofo|horrible|feo
+2 estoy|estamos|estou|am|are|muy|very|tan|re ~ molest*|enojad*|furios*|indignad*|angry|upset|disgustad*|insatisfech*|chatead*|decepcionad*|disappointed|unhappy|caliente|inconforme
+2 mucho|demasiado|tanto|muito|too ruido|barulho|much noise|loud|noisy|sucio
+2 ruido|barulho|noise ~ ~ toda|dormir|sleep|noche|noite|vecinos|insoportable
+2 me|nos cobraron|cobraste|cobraram|charged ~ mas|dos|doble|mal|de|twice|duplicado|mais|demas|extra
+2 charged ~ twice|wrong|extra|double
+2 nunca mas|mais
+2 nunca|never ~ llego|contest*|respond*|atend*|devolv*|answered|came|veio|working|replied|aparec*
+2 no es|era|fue|nada|was|e|parecia ~ lo|que|nada|what|como|o|igual ~ prometieron|fotos|foto|mostraban|decian|promised|pictures|photos|advertised|prometido|anunciado|anuncio
+2 una porqueria|mierda|basura|cagada|garcada
+2 🤬|😡|😠|👎|🤮
-2 sin ~ ruido|ruidos
";
