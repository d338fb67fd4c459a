//! Verbs of coming, going, staying, paying, telling, with their forms.

use std::{collections::HashMap, sync::LazyLock};

use super::{conjugation, word_sets::hash};

/// What somebody does who says the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::read) enum Sense {
    /// `llegar`, `caer`, `chegar`, `arrive`
    Arrive,
    /// `irse`, `rajar`, `desocupar`, `leave`
    Leave,
    /// `quedarse`, `dormir`, `ficar`, `stay`
    Stay,
    /// `ir`, `viajar`, `go`: an arrival, unless a word beside it makes it a departure.
    Go,
    /// `pagar`, `transferir`, `pay`
    Pay,
    /// `avisar`, `confirmar`, `ligar`, `call`
    Tell,
    /// `decidir`, `consultar`: before anything is settled.
    Decide,
    /// `cumplir`, `casarse`, `nacer`
    Celebrate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Tense {
    Now,
    /// Over: `estuvimos`, `paguei`, `sent`.
    Past,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Verb {
    pub sense: Sense,
    pub tense: Tense,
}

/// What a folded word is as a verb, by its hash.
pub(in crate::read) fn verb(hash: u64) -> Option<Verb> {
    FORMS.get(&hash).copied()
}

static FORMS: LazyLock<HashMap<u64, Verb>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for (sense, spanish, portuguese, english) in REGULAR {
        let mut add = |form: String, tense: Tense| {
            forms.entry(hash(&form)).or_insert(Verb { sense: *sense, tense });
        };
        spanish.split_ascii_whitespace().for_each(|verb| conjugation::spanish(verb, &mut add));
        portuguese.split_ascii_whitespace().for_each(|verb| conjugation::portuguese(verb, &mut add));
        english.split_ascii_whitespace().for_each(|verb| conjugation::english(verb, &mut add));
    }
    for (sense, tense, words) in IRREGULAR {
        for word in words.split_ascii_whitespace() {
            forms.insert(hash(word), Verb { sense: *sense, tense: *tense });
        }
    }
    for word in NO_VERBS.split_ascii_whitespace() {
        forms.remove(&hash(word));
    }
    forms
});

/// (sense, Spanish, Portuguese, English)
const REGULAR: &[(Sense, &str, &str, &str)] = &[
    (
        Sense::Arrive,
        "llegar entrar ingresar arribar asomarse recalar desembarcar pintar aterrizar instalarse arrancar empezar comenzar aparecer",
        "chegar entrar pintar colar brotar aportar aterrissar desembarcar comecar iniciar",
        "arrive land start begin",
    ),
    (
        Sense::Leave,
        "partir salir egresar regresar volver devolverse retornar marcharse pirarse rajar largarse \
         retirarse pelarse retacharse volarse despegar rumbear desocupar abandonar dejar despedirse zarpar liberar virarse borrarse tomarse \
         escaparse fugarse desalojar emprender entregar",
        "partir sair voltar retornar desocupar embarcar zarpar vazar picar deixar regressar",
        "leave depart vacate return",
    ),
    (
        Sense::Stay,
        "quedarse alojarse hospedarse parar pernoctar dormir pasar descansar ocupar",
        "ficar hospedar pernoitar dormir pousar passar",
        "stay sleep spend overnight",
    ),
    (Sense::Go, "viajar visitar acercarse", "viajar visitar", "travel visit come"),
    (
        Sense::Pay,
        "pagar consignar transferir depositar senar abonar girar cobrar reembolsar facturar",
        "pagar transferir depositar abonar cobrar faturar",
        "pay transfer deposit wire charge refund",
    ),
    (
        Sense::Tell,
        "avisar confirmar mandar escribir llamar responder contestar enviar hablar contactar \
         reconfirmar informar comentar",
        "avisar confirmar mandar escrever ligar responder enviar falar chamar contatar",
        "confirm call text answer reply email message phone",
    ),
    (
        Sense::Decide,
        "averiguar decidir resolver consultar charlar organizar definir coordinar cotizar",
        "decidir resolver consultar combinar definir conversar",
        "decide discuss check",
    ),
    (
        Sense::Celebrate,
        "cumplir casarse festejar nacer celebrar operarse jugar",
        "casar nascer comemorar",
        "celebrate",
    ),
];

const IRREGULAR: &[(Sense, Tense, &str)] = &[
    (
        Sense::Arrive,
        Tense::Now,
        "caigo caemos caen cae caeria caeriamos caeremos caere cayendo caer caerian cai caimos caem vengo venimos vendria \
         vendriamos vendremos viniendo venir vienen viene empiezo empieza empezamos llegada ingreso entrada \
         arribo checkin chegada getting coming starts starting arrival arrivals arrives",
    ),
    (
        Sense::Leave,
        Tense::Now,
        "salgo sale saldria saldriamos saldremos saldre saldrian saldran salen salida vuelvo vuelve vuelven \
         volvemos volveria volveriamos vuelta devuelvo devuelve devuelven devolvemos regreso egreso retiro \
         partida saio sai saem saimos saida volta saida checkout leaving leaves departure departs retorno \
         yendonos yendome yendo irnos irme irse irte marcharnos volvernos volverme saliendo fuimonos vamonos desocupo",
    ),
    (Sense::Leave, Tense::Past, "left departed"),
    (
        Sense::Stay,
        Tense::Now,
        "duermo duerme dormimos duermen durmiendo estadia estancia hospedaje alojamiento staying sleeping",
    ),
    (
        Sense::Go,
        Tense::Now,
        "ir voy vas va vamos van iria irias iriamos irian ire iremos iran vaya vayamos vou vamos vai vao irei \
         iremos indo going go",
    ),
    (Sense::Go, Tense::Past, "fui fuimos fueron fue fomos foram foi went"),
    (
        Sense::Stay,
        Tense::Past,
        "estuve estuvimos estuvieron estuvo estive estivemos esteve estiveram stayed slept spent visited vine \
         vinimos vino vinieron vim viemos",
    ),
    (
        Sense::Pay,
        Tense::Now,
        "transfiero transfiere transfieren transfieras pago pagos cobro cobra cobran giro sena abono deposito transferencia paying paga",
    ),
    (
        Sense::Pay,
        Tense::Past,
        "pague pagamos paguei transferi transferimos deposite depositamos depositei senamos paid transferred \
         pagado pagada",
    ),
    (
        Sense::Tell,
        Tense::Now,
        "digo dice decis diras dire dirian decir decirte escribo llamo llame aviso mande envio tell ring calling",
    ),
    (
        Sense::Tell,
        Tense::Past,
        "dije dijo dijeron dijiste dijimos llame llamamos escribi escribimos mande mandamos mandei envie \
         enviei avise avisamos hable hablamos falei falamos told said wrote sent called texted emailed spoke \
         contestaron confirmaron",
    ),
    (Sense::Decide, Tense::Now, "averiguo resuelvo consulto veo vemos vere veremos pienso pensamos think"),
    (
        Sense::Celebrate,
        Tense::Now,
        "cumple cumplo cumplimos cumplen cumpleanos aniversario birthday anniversary boda casamiento \
         casamento wedding turns turning caso casa casam",
    ),
];

/// Forms that are other words far more often.
const NO_VERBS: &str = "\
    pelo pela pelas pelos pinta pintas pinto cola colas cole colo brota aporte aportes aporta recala para paras parada parado parados pasado pasada pasados pasadas pase paso pasa partido partidos partidas \
    termino terminal dejado mandado libera pare parece entre entrado comienzo picada picado parto casa \
    casas caso llamado vista visita visitas giro ligado liga borra tome tomo pica pico borre virada \
    organizacion corta jugo juego juega largo larga largas checks checking check calls text message \
    messages phone email emails charge charges start started return returned land begin dejo largos salido \
    paro parar combina texto avisos mando inicio descanso passado passada passados passe passo passa ocupa \
    ocupado ocupada ocupadas define deja dejar deixa deixar deposit deposits";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, sense: Sense, tense: Tense) {
        for word in words.split_ascii_whitespace() {
            assert_eq!(verb(hash(word)), Some(Verb { sense, tense }), "{word}");
        }
    }

    #[test]
    fn coming_and_going() {
        check(
            "llegamos llego llegariamos llegue ingresaremos caemos chegamos chegariamos arriving",
            Sense::Arrive,
            Tense::Now,
        );
        check(
            "salimos salgo rajamos rajando volveriamos voltamos desocupamos piramos devolvernos sair",
            Sense::Leave,
            Tense::Now,
        );
        check("quedarnos quedariamos ficaremos alojandonos stay", Sense::Stay, Tense::Now);
        check("avisare contestamos escrevo ligarei", Sense::Tell, Tense::Now);
        check("llegaste llegaron entraram", Sense::Arrive, Tense::Past);
        check("estuvimos stayed", Sense::Stay, Tense::Past);
    }

    #[test]
    fn nouns_and_prepositions_are_no_verbs() {
        for word in ["para", "pasado", "entre", "casa", "partido", "largo"] {
            assert_eq!(verb(hash(word)), None, "{word}");
        }
    }
}
