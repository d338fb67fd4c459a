//! Words of other businesses and of everyday talk that is no guest's.

use crate::read::{
    lexicon::{Words, phrases},
    token::Sentence,
};

/// One of these is enough against a single day.
static STRONG: Words = Words::new(
    // deliveries
    "matrona kine obstetra midwife kinesiologa nutricionista fonoaudiologa trabalhar trabajar guardia plantao call calls rodoviaria aeroporto ezeiza recoger buscarme trim chelas birra vacunar vacunarlo vacunarla vacunacion antirrabica \
     entrega entregas prevista previsto turnito estudiar estudiando imposto declaracion condominio consorcio asamblea \
     cine cinema teatro pelicula filme movie netflix serie capitulo picnic choir coro boiler landlord \
     papeles tramites credencial pasaporte deposita depositan sueldos surgery cirugia hospital internado velorio entierro \
     rodilla muela diente dientes caries lentes anteojos optica parciales tesis sprint deploy \
     paquete paquetes pedido pedidos encomienda envio envios repartidor courier delivery deliver delivered deliveries \
     shipment shipped package parcel entregador encomenda rastreio tracking despacho despachado despachada guia correios pacote \
     entregado entregada entregue remito mercaderia order orders driver \
     dentista odontologo medico medica doctor doctora dra pediatra kinesiologo kinesio psicologo psicologa dermatologo \
     oftalmologo ginecologo clinica sanatorio hospital laboratorio analisis examenes ecografia vacuna vacunas receta paciente \
     consultorio obra prepaga dentist dental gp nurse patient prescription vaccine clinic checkup appointment exame exames \
     consulta medico paciente vacina dentaria convenio raio terapia therapist therapy physio \
     colegio escuela jardin profe profesor profesora maestra maestro alumno alumnos alumna cartulina clase clases examen parcial \
     prueba materia apoderado apoderados apoderada mamis papis tarea cuaderno curso facultad universidad inscripcion uniforme acto \
     school teacher homework exam exams class classes student students pta kindergarten semester lecture college \
     escola aula aulas prova provas professor professora aluno alunos licao trabalho dever creche materia vestibular faculdade \
     banco sucursal cajero saldo prestamo credito debito deuda cuota vence vencimiento vencio boleta boleto fatura cartao \
     emprestimo limite anuidade conta extrato bank statement balance loan overdraft payroll invoice mortgage subscription \
     renews renew renewal suscripcion assinatura mensualidad mensalidade poliza seguro insurance premium iva afip monotributo impuesto \
     impuestos tax taxes patente luz gas electrica electricidad energia corte mantenimiento medidor internet fibra \
     telefonia plan gigas megas linea recarga saldo operadora sinal router modem plano outage power utility meter \
     taller mecanico service aceite frenos grua vtv itv oficina mecanica mechanic tyre tyres tires oil inspection plomero \
     electricista gasista cerrajero tecnico tecnica encanador eletricista plumber electrician technician lavadora heladera \
     geladeira boiler \
     peluqueria peluquero peluquera corte pelo barberia barbero barbeiro barbearia cabelo cabeleireiro salon salao unas unhas \
     unha manicura manicure pedicura depilacion haircut hairdresser barber nails nail waxing lashes color mechas tintura \
     club gym gimnasio academia crossfit pilates yoga entrenamiento entreno entrenar treino training trainer personal zumba \
     veterinaria veterinario vet banho tosa grooming groomer \
     cancha futbol futbol5 padel paddle tenis partido partidos equipo gol goles arbitro torneo liga campeonato clasico \
     seleccion jogo jogos time times campo society quadra pelada pitch match matches football soccer game games league \
     tickets ticket concert recital entradas entrada estadio stadium ingresso ingressos show shows gig \
     entrevista vacante curriculum cv empleo puesto sueldo aguinaldo turno turnos jefe oficina reunion reuniao junta meeting \
     meetings shift shifts payslip salary interview deadline presentation client clients manager boss standup zoom teams \
     vaga_de curriculo emprego salario chefe escala plantao plantão relatorio planilha \
     misa iglesia culto igreja missa pastor church mass dios deus bendiciones bendecido bendecida bencao oracion \
     elecciones eleccion voto votar votacion eleicao eleicoes election vote voting presidente diputado senado ministro \
     paro huelga greve strike noticia noticias dolar inflacion \
     oferta ofertas promo promocao descuento descuentos rebaja rebajas liquidacion sale off compra compras cupon cupom shop store \
     tienda loja sucursales mayorista stock catalogo outlet \
     mesa mesas restaurante menu cubiertos comensales cena table tables dinner brunch lunch almuerzo jantar almoco pizza \
     sushi empanadas hamburguesas pizzeria heladeria panaderia rotiseria kiosco farmacia pharmacy docena torta tortas bolo cake catering \
     codigo verificacion clave token codigo_de password otp verification code senha \
     flete mudanza mudanca carona caronas lift carpool combi \
     juicio audiencia abogado abogada escribano escribania tramite notario advogado cartorio lawyer court hearing dmv passport \
     grabar clipe ensayo ensaio guitarra rehearsal band \
     sorteo rifa bingo cadena reenvia reenviar chain forward \
     gato perro_perdido rescate adopcion",
);
/// These speak against a stay, but guests use them too.
static WEAK: Words = Words::new(
    "cumple cumpleanos birthday boda casamiento wedding asado churrasco barbecue bbq fiesta festa party evento event vuelo flight \
     voo trabajo trabajamos laburo work office               \
            tele pelicula cine cinema movie serie netflix gripe fiebre enfermo dolor sick febre doente \
     auto moto carro car nafta juntamos junta juntada juntarnos traigan traiga traer hielo previa llueve chove bring beers birras colectivo bondi tren train onibus metro reto desafio viste vieron viu viram \
     saw heard supo tarea grupo lluvia llover lloviendo chuva rain tormenta storm pronostico weather clima tempo",
);

pub(super) fn has(hash: u64) -> bool {
    STRONG.has_hash(hash) || WEAK.has_hash(hash)
}

pub(super) fn against_a_stay(sentence: &Sentence) -> i32 {
    let mut strong = 0;
    let mut weak = 0;
    for index in 0..sentence.len() {
        if sentence.has(index, &STRONG)
            && !is_in_another_sense(sentence, index)
            && !tells_whence_friends_are(sentence, index)
            || is_an_hour_with(sentence, index)
        {
            strong += 1;
        } else if sentence.has(index, &WEAK) {
            weak += 1;
        }
    }
    let meets = (0..sentence.len()).any(|index| is_a_meeting(sentence, index));
    4 * strong.min(3) + weak.min(2) + if meets { 3 } else { 0 }
}

/// `tres compañeras de la facultad y yo`: where they are known from, and no topic.
fn tells_whence_friends_are(sentence: &Sentence, index: usize) -> bool {
    let article = sentence.was(index, 1, &["la", "el", "the", "my", "mi"]);
    let of = if article { index.wrapping_sub(1) } else { index };
    let joins = ["y", "e", "and", "con", "com", "with", ",", "+"];
    sentence.was(of, 1, &["de", "del", "da", "do", "from"])
        && crate::read::people::person_nouns::is_person(sentence, of.wrapping_sub(2))
        && sentence.any_count(of.wrapping_sub(3)).is_some()
        && sentence.is(index + 1, &joins)
}

/// `en lo de mamá`, `lá em casa`, `see you at the pub`, `¿vas el sábado?`: people meet elsewhere, or ask each other.
fn is_a_meeting(sentence: &Sentence, index: usize) -> bool {
    let at_home = phrases!(
        "en lo de|en casa de|la em casa|aqui em casa|na casa da|na casa do|na casa dos|donde la abuela|donde mi|donde la tia|donde mis|at my place|at mine|\
        at our place|round mine|over at mine|see you at|nos vemos en|te veo en|nos encontramos en|nos juntamos en"
    );
    let asks = phrases!("are you coming|are you going|you coming|you going|voce vem|voce vai|vcs vem");
    let asked = sentence.is(index, &["vas", "vienes", "venis", "vens"])
        && !sentence.is(index + 1, &["a"])
        && (index..sentence.len()).any(|at| sentence.is(at, &["?"]));
    // "¿Quedamos el jueves?"
    let arranges = sentence.is(index, &["quedamos"])
        && !sentence.was(index, 1, &["nos"])
        && (index + 1..index + 3).any(|at| {
            crate::read::month_and_weekday_names::weekday(sentence, at).is_some()
                || sentence.is(at, &["finde"])
        });
    asked
        || arranges
        || sentence.phrase_from(index, at_home).is_some()
        || sentence.phrase_from(index, asks).is_some()
}

/// "Su hora con la matrona", "la hora con el kine": an appointment.
fn is_an_hour_with(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["hora", "horario"])
        && sentence.was(index, 1, &["su", "tu", "mi", "la"])
        && !sentence.was(index, 2, &["a", "que", "de"])
        && sentence.is(index + 1, &["con", "medica"])
}

/// Words that mean something else beside others.
fn is_in_another_sense(sentence: &Sentence, index: usize) -> bool {
    match sentence.word(index) {
        // "Entrada el 5, salida el 8"; "mesa de luz".
        "entrada" | "entradas" => {
            (0..sentence.len()).any(|at| sentence.is(at, &["salida", "saida"]))
                || !sentence.is(index + 1, &["para", "del"])
        }
        "time" | "times" | "game" => {
            !sentence.was(index, 1, &["o", "the", "meu", "do", "s"])
                || sentence.is(index, &["time", "times"]) && sentence.language != crate::locale::Language::Pt
        }
        "sale" => sentence.language != crate::locale::Language::En,
        "sinal" | "conta" | "plan" | "plano" | "linea" | "color" | "gato" | "guia" | "personal" | "oil"
        | "off" | "service" | "order" | "curso" | "code" | "codigo" | "acto" | "obra" | "internet"
        | "luz" | "gas" | "seguro" | "trabalho" => {
            !sentence.is(
                index.wrapping_sub(1),
                &["su", "seu", "your", "tu", "sua", "corte", "%", "del", "de", "la"],
            ) || sentence.is(index, &["trabalho", "seguro", "gato", "internet", "color"])
        }
        // A club that meets, not the one whose members come to stay.
        // "Vienen a trabajar": why they come.
        "trabajar" | "trabalhar" => {
            sentence.was(index, 1, &["a", "to"])
                && ["ven", "vien", "viaj", "vem", "vin"]
                    .iter()
                    .any(|stem| sentence.before(index, 2).starts_with(stem))
        }
        "club" => {
            !sentence.was(index, 1, &["book", "film", "chess", "running", "walking", "supper", "gardening"])
        }
        "pelo" | "unha" | "cabelo" => {
            sentence.language == crate::locale::Language::Pt && sentence.is(index, &["pelo"])
        }
        "consulta" => !sentence.was(index, 1, &["sua", "su", "minha", "mi", "la", "a"]),
        "credito" | "debito" | "cartao" | "banco" | "boleto" => {
            !sentence.was(index, 1, &["su", "seu", "tu", "sua", "del", "o"])
        }
        // "Te dejo la llave en la mesa"; a family reunion.
        "mesa" | "mesas" | "table" | "tables" => {
            !sentence.is(index + 1, &["para", "for", "pra", "libre", "livre"])
                && !sentence.was(index, 1, &["una", "a", "uma"])
        }
        "reunion" => sentence.language == crate::locale::Language::En,
        "cena" | "dinner" | "lunch" | "almuerzo" | "menu" | "restaurante" | "jantar" => {
            (0..sentence.len())
                .any(|at| sentence.is(at, &["incluye", "incluida", "included", "tienen", "inclui", "cabana"]))
                && !sentence.was(index, 1, &["una", "a", "uma"])
        }
        _ => false,
    }
}
