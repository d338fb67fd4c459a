//! Request bodies of `POST /{phone-number-id}/messages`.

use serde_json::{Value, json};

use crate::chat::{Outgoing, Recipient};

/// The body that sends `message`, which fits the limits already. `None` when the recipient has no id.
///
/// The phone is preferred: `to` wins over `recipient` at Meta's end too, and some message types cannot go to a
/// business-scoped user id (error 131062).
pub fn send(to: &Recipient, message: &Outgoing, opaque: &str) -> Option<Value> {
    let mut body = match message {
        Outgoing::Text { body } => json!({
            "type": "text",
            // No preview: Meta would fetch the address, and addresses may hold a guest's token.
            "text": {"body": body, "preview_url": false},
        }),
        Outgoing::Link { body, label, url } => json!({
            "type": "interactive",
            "interactive": {
                "type": "cta_url",
                "body": {"text": body},
                "action": {"name": "cta_url", "parameters": {"display_text": label, "url": url}},
            },
        }),
        Outgoing::Template { name, language, parameters } => {
            let parameters: Vec<_> =
                parameters.iter().map(|text| json!({"type": "text", "text": on_one_line(text)})).collect();
            json!({
                "type": "template",
                "template": {
                    "name": name,
                    "language": {"code": language},
                    "components": [{"type": "body", "parameters": parameters}],
                },
            })
        }
    };
    let (member, id) = address(to)?;
    body["messaging_product"] = json!("whatsapp");
    body["recipient_type"] = json!("individual");
    body["biz_opaque_callback_data"] = json!(opaque);
    body[member] = json!(id);
    Some(body)
}

/// A parameter may hold neither newline nor tab nor four spaces in a row: errors 132012 and 132018.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The body that marks a message, and those before it, as read.
pub fn mark_read(external_id: &str) -> Value {
    json!({"messaging_product": "whatsapp", "status": "read", "message_id": external_id})
}

fn address(to: &Recipient) -> Option<(&'static str, String)> {
    let digits = |phone: &String| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    let phone = to.phone.as_ref().map(digits).filter(|digits| !digits.is_empty());
    let user_id = to.user_id.as_ref().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    phone.map(|phone| ("to", phone)).or_else(|| user_id.map(|id| ("recipient", id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient(phone: Option<&str>, user_id: Option<&str>) -> Recipient {
        Recipient { phone: phone.map(str::to_owned), user_id: user_id.map(str::to_owned) }
    }

    #[test]
    fn a_text_to_a_phone() {
        let text = Outgoing::Text { body: "¡Hola!".to_owned() };
        let to = recipient(Some("+54 9 351-555-0001"), Some("AR.1"));
        assert_eq!(
            send(&to, &text, "m1").unwrap(),
            json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": "5493515550001",
                "type": "text", "text": {"body": "¡Hola!", "preview_url": false},
                "biz_opaque_callback_data": "m1"})
        );
    }

    #[test]
    fn a_link_to_a_person_without_a_phone() {
        let link = Outgoing::Link {
            body: "Seña".to_owned(),
            label: "Pagar".to_owned(),
            url: "https://example.com/p".to_owned(),
        };
        let body = send(&recipient(None, Some("AR.1")), &link, "m2").unwrap();
        assert_eq!(body["recipient"], "AR.1");
        assert!(body.get("to").is_none());
        assert_eq!(body["interactive"]["action"]["parameters"]["display_text"], "Pagar");
    }

    #[test]
    fn a_template_with_parameters_on_one_line() {
        let template = Outgoing::Template {
            name: "saldo".to_owned(),
            language: "es_AR".to_owned(),
            parameters: vec!["ABC".to_owned(), " $ 31.500\n\thasta     hoy ".to_owned()],
        };
        let body = send(&recipient(Some("5493515550001"), None), &template, "m3").unwrap();
        assert_eq!(
            (&body["type"], &body["template"]),
            (
                &json!("template"),
                &json!({"name": "saldo", "language": {"code": "es_AR"}, "components": [{"type": "body",
                    "parameters": [{"type": "text", "text": "ABC"}, {"type": "text", "text": "$ 31.500 hasta hoy"}]}]})
            )
        );
    }

    #[test]
    fn nobody_to_write_to() {
        let text = Outgoing::Text { body: "x".to_owned() };
        assert_eq!(send(&recipient(Some("+"), Some(" ")), &text, "m"), None);
        assert_eq!(send(&Recipient::default(), &text, "m"), None);
    }
}
