//! The forms of a verb from its infinitive: folded (no accents), regular; irregular forms are listed beside the verb.

use super::travel_verbs::Tense;

/// What follows an infinitive, a gerund or an order: `irnos`, `quedándonos`, `voltarmos`.
const ENCLITICS: &[&str] = &["", "me", "nos", "se", "te", "la", "lo", "las", "los", "le", "les"];

const AR_NOW: &str = "o as a amos ais an e es emos en ando ado ada ados adas";
const AR_PAST: &str = "aste o asteis aron aba abas abamos aban";
const ER_NOW: &str = "o es e emos eis en a as amos an iendo ido ida idos idas";
const IR_NOW: &str = "o es e imos is en a as amos an iendo ido ida idos idas";
const ER_PAST: &str = "iste io isteis ieron ia ias iamos ian";
/// After the infinitive. Future, conditional.
const LATER: &str = "e as a emos an ia ias iamos iais ian";
const SUBJUNCTIVE_AR: &str = "ara aras aramos aran ase asemos asen";
const SUBJUNCTIVE_ER: &str = "iera ieras ieramos ieran iese iesemos iesen";

const PT_AR_PAST: &str = "ei ou aram ava avam avamos aste";
const PT_ER_PAST: &str = "eu eram ia iam iamos";
const PT_IR_PAST: &str = "iu iram ia iam iamos";
const PT_AR_NOW: &str = "o a as amos am e em es emos ando ado ada ados adas asse assemos assem";
const PT_ER_NOW: &str = "o e es emos em a am amos endo ido ida idos idas esse essemos essem";
const PT_IR_NOW: &str = "o e es imos em a am amos indo ido ida idos idas isse issemos issem";
/// After the infinitive. Personal infinitive, future, conditional.
const PT_LATER: &str = "es mos em ei a emos ao ia iamos iam";

/// Calls `each` with every regular Spanish form of `infinitive`.
pub(super) fn spanish(infinitive: &str, mut each: impl FnMut(String, Tense)) {
    let infinitive = infinitive.strip_suffix("se").filter(|verb| verb.ends_with('r')).unwrap_or(infinitive);
    let Some(stem) = infinitive.strip_suffix('r').and_then(|rest| rest.get(..rest.len().checked_sub(1)?))
    else {
        return;
    };
    let is_ar = infinitive.ends_with("ar");
    let (now, past, subjunctive) = match infinitive {
        _ if is_ar => (AR_NOW, AR_PAST, SUBJUNCTIVE_AR),
        _ if infinitive.ends_with("ir") => (IR_NOW, ER_PAST, SUBJUNCTIVE_ER),
        _ => (ER_NOW, ER_PAST, SUBJUNCTIVE_ER),
    };
    for ending in now.split(' ') {
        each(join(stem, ending), Tense::Now);
    }
    for ending in past.split(' ').filter(|ending| *ending != "o") {
        each(join(stem, ending), Tense::Past);
    }
    for ending in subjunctive.split(' ') {
        each(join(stem, ending), Tense::Now);
    }
    for ending in LATER.split(' ') {
        each(format!("{infinitive}{ending}"), Tense::Now);
    }
    let gerund = if is_ar { "ando" } else { "iendo" };
    for enclitic in ENCLITICS {
        each(format!("{infinitive}{enclitic}"), Tense::Now);
        each(format!("{stem}{gerund}{enclitic}"), Tense::Now);
    }
}

/// Calls `each` with every regular Portuguese form of `infinitive`.
pub(super) fn portuguese(infinitive: &str, mut each: impl FnMut(String, Tense)) {
    let Some(stem) = infinitive.get(..infinitive.len().saturating_sub(2)) else { return };
    let (now, past) = match infinitive {
        _ if infinitive.ends_with("ar") => (PT_AR_NOW, PT_AR_PAST),
        _ if infinitive.ends_with("ir") => (PT_IR_NOW, PT_IR_PAST),
        _ => (PT_ER_NOW, PT_ER_PAST),
    };
    for ending in now.split(' ') {
        each(join(stem, ending), Tense::Now);
    }
    for ending in past.split(' ') {
        each(join(stem, ending), Tense::Past);
    }
    each(infinitive.to_owned(), Tense::Now);
    for ending in PT_LATER.split(' ') {
        each(format!("{infinitive}{ending}"), Tense::Now);
    }
}

/// Calls `each` with the regular English forms of `verb`.
pub(super) fn english(verb: &str, mut each: impl FnMut(String, Tense)) {
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    each(verb.to_owned(), Tense::Now);
    each(format!("{stem}ing"), Tense::Now);
    each(format!("{stem}ed"), Tense::Past);
    match verb.strip_suffix('y').filter(|rest| !rest.ends_with(['a', 'e', 'o'])) {
        Some(rest) => {
            each(format!("{rest}ies"), Tense::Now);
            each(format!("{rest}ied"), Tense::Past);
        }
        None if verb.ends_with(['s', 'x', 'h', 'z']) => each(format!("{verb}es"), Tense::Now),
        None => each(format!("{verb}s"), Tense::Now),
    }
}

/// Keeps the sound: `llegar`, `llegue`; `sacar`, `saque`; `empezar`, `empece`.
fn join(stem: &str, ending: &str) -> String {
    let soft = ending.starts_with('e');
    match (soft, stem.as_bytes().last()) {
        (true, Some(b'g')) => format!("{stem}u{ending}"),
        (true, Some(b'c')) => format!("{}qu{ending}", &stem[..stem.len() - 1]),
        (true, Some(b'z')) => format!("{}c{ending}", &stem[..stem.len() - 1]),
        _ => format!("{stem}{ending}"),
    }
}
