//! Whether a message is a yes and nothing else.
//!
//! Something is held or cancelled on this word alone, so the list is closed: a message with one word that is not on
//! it, or with a question mark, is no yes. The program then asks again, which costs a message and never a night.

/// A yes in any of our languages.
const YES: &str = "si sip sisi dale ok oka okey okay vale va sale orale simon listo perfecto genial claro obvio \
    adelante acepto afirmativo excelente buenisimo barbaro joya bueno hecho yes yep yeah sure absolutely sim \
    beleza fechado isso";
/// To do what was offered, said as a wish or an order.
const HOLD: &str = "reservala reservalo reservamela reservamelo reservame reservanos resérvala resérvalo reservar \
    reservo reserve guardala guardalo guardamela guardamelo guardanosla apartala apartalo apartamela apartamelo \
    apartame confirmo confirmala confirmalo confirmame tomo quedo hacelo hacela book confirm";
const CANCEL: &str = "cancelala cancelalo cancela cancelar cancelenla canceladla anulala anulalo anular borrala \
    cancel cancele cancelada";
/// Courtesies, and the small words between; they say neither yes nor no.
const BESIDE: &str = "la lo le las los el me nos te se por favor porfa porfavor porfis xfa pf gracias muchas mil \
    hola buenas buen buenos dia dias tardes noches esa ese eso esta este esto bien me sirve parece ya nomas entonces \
    de del acuerdo una uno un todo muy que quiero queremos quisiera pode pra para nos mi reserva cabana casa depto \
    please thanks thank you it that the is fine good great lets go ahead i we want would like to my booking por \
    quero a obrigado obrigada pessoas personas noches noite noites nights people al ao somos adultos";
const MONTHS: &str = "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre \
    diciembre janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro january february march \
    april june july august september october november december";

/// A yes to holding what was repeated; `offer_name` may be named in it.
pub(super) fn to_hold(text: &str, offer_name: &str) -> bool {
    says_yes(text, &[YES, HOLD], offer_name)
}

/// A yes to cancelling. "Confirmo la reserva" is none.
pub(super) fn to_cancel(text: &str) -> bool {
    says_yes(text, &[YES, CANCEL], "")
}

fn says_yes(text: &str, yes: &[&str], named: &str) -> bool {
    if text.contains(['?', '¿']) {
        return false;
    }
    let words = words(text);
    let is_on = |word: &String, list: &str| self::words(list).contains(word);
    let agrees = |word: &String| yes.iter().any(|list| is_on(word, list));
    let harmless = |word: &String| {
        [BESIDE, MONTHS, named].iter().any(|list| is_on(word, list))
            || word.bytes().all(|b| b.is_ascii_digit())
    };
    words.len() <= 40 && words.iter().any(agrees) && words.iter().all(|word| agrees(word) || harmless(word))
}

/// Words in lower case, without accents, each run of a letter as one: "Siii, dále" is `si`, `dale`.
fn words(text: &str) -> Vec<String> {
    let plain = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'ê' => 'e',
        'í' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    });
    let plain: String = plain.collect();
    let each = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    each.map(|word| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup_by(|a, b| a == b && a.is_alphabetic());
        letters.into_iter().collect()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{to_cancel, to_hold};

    #[test]
    fn a_yes_is_a_yes() {
        for text in [
            "sí",
            "Siii dale!!",
            "ok",
            "dale, reservala porfa",
            "sí, quiero reservar El Sauce",
            "confirmo la reserva",
            "quiero reservar",
            "perfecto, confirmo 👍",
            "sí, del 5 al 8 de enero para 4",
            "va, apártala",
            "yes please, book it",
            "sure, go ahead",
            "Ok, pode reservar!",
            "sim, obrigada",
            "la tomo",
        ] {
            assert!(to_hold(text, "El Sauce"), "{text}");
        }
    }

    #[test]
    fn questions_doubts_and_second_thoughts_are_none() {
        for text in [
            "está confirmada?",
            "está confirmado",
            "la reserva está confirmada o no",
            "cómo reservo",
            "no estoy seguro si reservar",
            "quiero reservar pero mañana te confirmo",
            "sí, aunque prefiero otra cabaña",
            "bueno, veo",
            "ok, y la seña cómo se paga",
            "sí sí no no",
            "reservala para mi hermano, él viene con 2 más",
            "how do I book",
            "can I book it later",
            "yeah no",
            "posso reservar depois",
            "sí?",
            "no",
            "",
            "5",
            "hola buenas",
        ] {
            assert!(!to_hold(text, "El Sauce"), "{text}");
        }
    }

    #[test]
    fn only_a_yes_to_cancelling_cancels() {
        for text in ["sí", "sí, cancelala", "cancelar por favor", "yes, cancel it", "sim", "dale"] {
            assert!(to_cancel(text), "{text}");
        }
        for text in [
            "confirmo la reserva",
            "está confirmada la reserva?",
            "si cancelo pierdo la seña?",
            "no la canceles",
            "ok pero no",
        ] {
            assert!(!to_cancel(text), "{text}");
        }
    }
}
