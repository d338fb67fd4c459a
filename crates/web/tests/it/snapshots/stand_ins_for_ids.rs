//! What stands for an id that is another one in each run.
//!
//! All ids, codes and tokens come out of one seeded source, in the order in which they are asked for; webhooks and jobs
//! that run side by side change that order, and so does any new use of chance. So each is called by when it was first
//! seen: `[id 2]` is the same id wherever it stands.

use serde_json::Value;

const UUID_LENGTH: usize = 36;
/// So long is what opens a page, at least.
const TOKEN_LENGTH: usize = 24;

#[derive(Default)]
pub struct Names {
    /// A text, and what stands for it.
    known: Vec<(String, String)>,
}

impl Names {
    /// This text is called so from now on.
    pub fn call(&mut self, text: &str, name: &str) {
        if !text.is_empty() && self.find(text).is_none() {
            self.known.push((text.to_owned(), name.to_owned()));
            // An address in a page is written with its slashes escaped.
            let escaped = text.replace('/', "&#x2f;");
            if escaped != text {
                self.known.push((escaped, name.replace('/', "&#x2f;")));
            }
        }
    }

    /// Finds what is to be called by a name in the members that hold it.
    pub fn learn(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    if let Value::String(text) = member {
                        self.learn_member(key, text);
                    }
                    self.learn(member);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn(item)),
            _ => {}
        }
    }

    fn learn_member(&mut self, key: &str, text: &str) {
        let is_code = text.len() == 10 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        match key {
            "code" if is_code => self.number(text, "code"),
            // The address of a calendar: what stands in it opens it.
            "url" | "ical_export_url" => {
                let token = text.split_once("/ical/export/").and_then(|(_, file)| file.strip_suffix(".ics"));
                token.into_iter().for_each(|token| self.number(token, "calendar"));
            }
            _ => {}
        }
    }

    /// Finds ids and tokens in any text: whatever looks like a UUID, and what opens a page.
    pub fn learn_ids(&mut self, text: &str) {
        for start in 0..text.len().saturating_sub(UUID_LENGTH - 1) {
            if let Some(piece) = text.get(start..start + UUID_LENGTH).filter(|piece| is_uuid(piece)) {
                self.number(piece, "id");
            }
        }
        for page in ["/stay/", "/pay/"] {
            for (start, _) in text.match_indices(page) {
                let rest = &text[start + page.len()..];
                let is_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                let token = &rest[..rest.find(|c| !is_token(c)).unwrap_or(rest.len())];
                if token.len() >= TOKEN_LENGTH {
                    self.number(token, "token");
                }
            }
        }
    }

    fn number(&mut self, text: &str, kind: &str) {
        if self.find(text).is_some() {
            return;
        }
        let numbered = self.known.iter().filter(|(_, name)| name.starts_with(&format!("[{kind} "))).count();
        self.call(text, &format!("[{kind} {}]", numbered + 1));
    }

    fn find(&self, text: &str) -> Option<&str> {
        self.known.iter().find(|(known, _)| known == text).map(|(_, name)| name.as_str())
    }

    /// The same text with names instead of what they stand for.
    pub fn apply(&self, text: &str) -> String {
        self.known.iter().fold(text.to_owned(), |text, (known, name)| text.replace(known, name))
    }
}

fn is_uuid(piece: &str) -> bool {
    piece.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
    })
}

#[test]
fn the_same_id_has_the_same_name_wherever_it_stands() {
    let (a, b) = ("01a23023-fd83-7e24-8c02-edacc2e349fe", "01a23023-fd8d-7d4d-9b89-68f8bf28e069");
    let token = "x8tW_2bNYLWms7McHD81heqI5SeoGbBi";
    let answer = serde_json::json!({ "items": [{ "id": a, "about": format!("stay:{b}") }], "code": "ABCDEFGHJK",
        "url": "http://x/ical/export/secret.ics", "page": format!("/stay/{token}") });
    let mut names = Names::default();
    names.call("http://127.0.0.1:1", "http://desk");
    names.learn(&answer);
    names.learn_ids(&answer["items"].to_string());
    names.learn_ids(&answer.to_string());
    names.learn(&serde_json::json!({ "code": "not_found" }));
    let text =
        format!("{b} {a} ABCDEFGHJK not_found http:&#x2f;&#x2f;127.0.0.1:1 secret /pay/{token} /stay/short");
    let named =
        "[id 1] [id 2] [code 1] not_found http:&#x2f;&#x2f;desk [calendar 1] /pay/[token 1] /stay/short";
    assert_eq!(names.apply(&text), named);
}
