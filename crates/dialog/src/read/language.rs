//! Which language a message is written in.

use super::{
    lexicon::{Words, hash},
    token::Token,
};
use crate::locale::Language;

/// The language that the words speak clearly; `None` when they leave it open.
pub(super) fn detect(tokens: &[Token]) -> Option<Language> {
    let hashes: Vec<u64> = tokens.iter().map(|token| hash(&token.word)).collect();
    let score = |words: &Words| hashes.iter().filter(|hash| words.has_hash(**hash)).count();
    let mut scores = [
        (score(&SPANISH), Language::Es),
        (score(&PORTUGUESE), Language::Pt),
        (score(&ENGLISH), Language::En),
    ];
    scores.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let [(best, language), (second, _), _] = scores;
    if best >= 2 && best >= second * 2 {
        return Some(language);
    }
    // A word or two: only what nobody says in another language.
    let short = tokens.iter().find_map(|token| {
        UNMISTAKABLE
            .iter()
            .find(|(_, words)| words.contains(&token.word.as_str()))
            .map(|(language, _)| *language)
    });
    short.filter(|language| scores.iter().all(|(count, other)| *count <= 1 || other == language))
}

const UNMISTAKABLE: &[(Language, &[&str])] = &[
    (Language::Es, &["hola", "gracias", "buenas", "dale", "vale", "listo"]),
    (Language::Pt, &["oi", "obrigado", "obrigada", "sim", "nao", "beleza"]),
    (Language::En, &["hi", "hello", "thanks", "yes", "yeah", "please"]),
];

/// Words that the other two languages do not have.
static SPANISH: Words = Words::new(
    "\
    hola buenas buenos dias tardes noches noche gracias hay el los las la del al y con en es un una unos \
    mi muy tenes tienen tienes tiene teneis lugar cuanto cuesta sale quiero queria quisiera desde hasta \
    hoy manana viernes lunes martes miercoles jueves nosotros somos seriamos personas ninos nene nenes \
    nena chicos cabana algo dale pero necesito cancelar habitacion enero febrero marzo mayo junio julio \
    agosto septiembre setiembre octubre noviembre diciembre precio puedo perro reservar llegamos estan \
    esta donde que si se nos me te les por para hacer sena pagar dos",
);

static PORTUGUESE: Words = Words::new(
    "\
    oi ola bom boa tarde noite noites obrigado obrigada voce voces tem temos os do da dos das na ao um \
    uma e com em eu meu minha quanto fica custa quero gostaria ate hoje amanha sexta segunda terca \
    quarta quinta nao sim pessoas pessoa crianca criancas vaga vagas quarto preciso diaria janeiro \
    fevereiro marco maio junho julho setembro outubro novembro dezembro preco posso cachorro chegamos \
    onde que se por para fazer sinal pagar dois duas tudo bem seria somos qual mesmo pode feira casal \
    casais dia depois ainda",
);

static ENGLISH: Words = Words::new(
    "\
    hi hello hey the is are do does you your have i we our my and to in at how much many any anything \
    night nights people please from with this of can could would will like free for there what where \
    when need want thanks thank it it's that tomorrow today friday saturday sunday monday tuesday \
    wednesday thursday january february march april june july august september october november december \
    adults kids children book cabin room available not yes be stay staying us on cancel price forget",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokenise::tokenise;

    fn check(text: &str, expected: Option<Language>) {
        assert_eq!(detect(&tokenise(text)), expected, "{text}");
    }

    #[test]
    fn clear_words_decide() {
        check("hola, hay lugar para el viernes?", Some(Language::Es));
        check("tem vaga na sexta para duas pessoas?", Some(Language::Pt));
        check("do you have a cabin for the weekend", Some(Language::En));
        check("5/1 - 8/1", None);
        check("ok", None);
    }
}
