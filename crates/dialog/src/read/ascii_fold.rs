//! One spelling for each letter: lower case, no accents, plain dashes and quotes.

/// The plain form of a lower-case character; `None` when it carries nothing (joiners, combining accents).
pub(super) fn fold(character: char) -> Option<char> {
    let plain = match character {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        'º' | '°' => 'º',
        'ª' => 'ª',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '‘' | '’' | '´' | '`' => '\'',
        '“' | '”' | '«' | '»' => '"',
        '\u{0300}'..='\u{036f}' | '\u{200b}'..='\u{200f}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' => {
            return None;
        }
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10)?,
        other => other,
    };
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_whichever_way_they_were_typed() {
        let folded = |text: &str| text.chars().filter_map(fold).collect::<String>();
        assert_eq!(folded("mañana"), "manana");
        assert_eq!(folded("man\u{0303}ana"), "manana");
        assert_eq!(folded("5–8 praça"), "5-8 praca");
    }
}
