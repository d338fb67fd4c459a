//! Tests of cutting messages to the limits of a channel.

use super::*;

const LIMITS: Limits = Limits { text: 40, link_body: 20, link_label: 10, link_url: 30 };

fn text(body: &str) -> Outgoing {
    Outgoing::Text { body: body.to_owned() }
}

fn link(body: &str, label: &str, url: &str) -> Outgoing {
    Outgoing::Link { body: body.to_owned(), label: label.to_owned(), url: url.to_owned() }
}

fn template(parameter: &str) -> Outgoing {
    let (name, language) = ("saldo".to_owned(), "es_AR".to_owned());
    Outgoing::Template { name, language, parameters: vec![parameter.to_owned()] }
}

fn bodies(message: Outgoing) -> Vec<String> {
    let body = |message| match message {
        Outgoing::Text { body } => body,
        Outgoing::Link { .. } => "link".to_owned(),
        Outgoing::Template { .. } => "template".to_owned(),
    };
    split(message, &LIMITS).into_iter().map(body).collect()
}

#[test]
fn what_fits_stays_as_it_is() {
    assert_eq!(bodies(text("Hola")), ["Hola"]);
    assert_eq!(bodies(text("")), [""]);
    let button = link("Seña", "Pagar", "https://x.example/p");
    assert_eq!(split(button.clone(), &LIMITS), std::slice::from_ref(&button));
    assert_eq!(fit(&button, &LIMITS), button);
}

#[test]
fn text_is_cut_at_the_best_boundary() {
    assert_eq!(
        bodies(text("Primera parte que es larga.\n\nSegunda parte, también.")),
        ["Primera parte que es larga.", "Segunda parte, también."]
    );
    assert_eq!(
        bodies(text("Una frase que es bastante larga. Otra frase igual.")),
        ["Una frase que es bastante larga.", "Otra frase igual."]
    );
    assert_eq!(
        bodies(text("palabras sin punto ni coma ni nada que las separe bien")),
        ["palabras sin punto ni coma ni nada que", "las separe bien"]
    );
    assert_eq!(bodies(text(&"x".repeat(90))), ["x".repeat(40), "x".repeat(40), "x".repeat(10)]);
}

#[test]
fn nothing_is_lost_and_nothing_is_too_long() {
    let emoji = "😀".repeat(50);
    let mixed = format!("{} {} {}", "ñandú ".repeat(20), emoji, "fin. ".repeat(9));
    for body in [emoji, mixed] {
        let pieces = bodies(text(&body));
        assert!(pieces.iter().all(|piece| size(piece) <= LIMITS.text), "{pieces:?}");
        let solid = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(solid(&pieces.concat()), solid(&body));
    }
}

#[test]
fn a_link_that_does_not_fit_becomes_text() {
    let url = "https://x.example/p";
    assert_eq!(bodies(link("Una frase demasiado larga", "Pagar", url)), ["Una frase demasiado larga", url]);
    assert_eq!(bodies(link("Seña", "Una etiqueta larga", url)), ["Seña\nhttps://x.example/p"]);
    assert_eq!(bodies(link("", "Pagar", url)), [url]);
    assert_eq!(bodies(link("Seña", "Pagar", "javascript:alert(1)")), ["Seña\njavascript:alert(1)"]);
}

/// Its text is the vendor's, so there is nothing to cut; and it alone may be sent to who has been silent for long.
#[test]
fn a_template_stays_whole() {
    let long = template(&"muy larga ".repeat(9));
    assert_eq!(split(long.clone(), &LIMITS), std::slice::from_ref(&long));
    assert_eq!(fit(&long, &LIMITS), long);
    let openers = [long, text("Hola"), link("Seña", "Pagar", "https://x.example/p")];
    assert_eq!(openers.map(|message| message.may_open_a_conversation()), [true, false, false]);
}

#[test]
fn the_last_resort_keeps_the_address() {
    let url = "https://x.example/p";
    let Outgoing::Text { body } = fit(&link(&"muy larga ".repeat(9), "Pagar", url), &LIMITS) else {
        panic!("a link this long is no button");
    };
    assert!(body.ends_with("…\nhttps://x.example/p"), "{body}");
    assert!(size(&body) <= LIMITS.text, "{body}");
    let Outgoing::Text { body } = fit(&text(&"y".repeat(50)), &LIMITS) else { panic!("a text stays one") };
    assert_eq!(body, format!("{}…", "y".repeat(39)));
}

#[test]
fn messages_are_stored_and_do_not_print() {
    let json = serde_json::to_string(&link("Seña", "Pagar", "https://x.example/p")).unwrap();
    assert_eq!(json, r#"{"kind":"link","body":"Seña","label":"Pagar","url":"https://x.example/p"}"#);
    assert_eq!(format!("{:?}", text("secreto")), "Text(…)");
    assert_eq!(format!("{:?}", template("secreto")), "Template(…)");
}
