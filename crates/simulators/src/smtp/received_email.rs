//! A e-mail as it came, and what a person would read of it.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// A e-mail as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// Of the envelope: `MAIL FROM`.
    pub from: String,
    /// Of the envelope: `RCPT TO`.
    pub to: Vec<String>,
    pub signed_in_as: Option<String>,
    pub over_tls: bool,
    /// Headers and body, without the dots that the wire needs.
    pub raw: String,
}

impl Email {
    /// A header as a person reads it: its lines put together, its encoded words decoded (RFC 2047).
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.lifecycle();
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
        let (_, value) = headers.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(words(value.trim()))
    }

    pub fn subject(&self) -> String {
        self.header("Subject").unwrap_or_default()
    }

    /// The body as a person reads it.
    pub fn text(&self) -> String {
        let (_, body) = self.lifecycle();
        let encoding = self.header("Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
        let bytes = match encoding.as_str() {
            "quoted-printable" => quoted(body.replace("=\r\n", "").as_bytes()),
            "base64" => BASE64_STANDARD.decode(body.replace("\r\n", "")).unwrap_or_default(),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
    }

    fn lifecycle(&self) -> (&str, &str) {
        self.raw.split_once("\r\n\r\n").unwrap_or((&self.raw, ""))
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut email = serializer.serialize_struct("Email", 7)?;
        email.serialize_field("from", &self.from)?;
        email.serialize_field("to", &self.to)?;
        email.serialize_field("signed_in_as", &self.signed_in_as)?;
        email.serialize_field("over_tls", &self.over_tls)?;
        email.serialize_field("raw", &self.raw)?;
        email.serialize_field("subject", &self.subject())?;
        email.serialize_field("text", &self.text())?;
        email.end()
    }
}

/// Encoded words decoded. The space between two of them belongs to neither.
fn words(value: &str) -> String {
    let mut read = String::new();
    let mut was_encoded = false;
    for word in value.split(' ') {
        let decoded = encoded(word);
        let is_within = was_encoded && decoded.is_some();
        if !read.is_empty() && !is_within {
            read.push(' ');
        }
        was_encoded = decoded.is_some();
        read.push_str(&decoded.unwrap_or_else(|| word.to_owned()));
    }
    read
}

/// `=?utf-8?b?…?=` or `=?utf-8?q?…?=`
fn encoded(word: &str) -> Option<String> {
    let mut lifecycle = word.strip_prefix("=?")?.strip_suffix("?=")?.split('?');
    let (charset, encoding, text) = (lifecycle.next()?, lifecycle.next()?, lifecycle.next()?);
    let bytes = match encoding.to_ascii_lowercase().as_str() {
        "b" => BASE64_STANDARD.decode(text).ok()?,
        "q" => quoted(text.replace('_', " ").as_bytes()),
        _ => return None,
    };
    charset.eq_ignore_ascii_case("utf-8").then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// `=E1` is one byte; what is no such thing stays.
fn quoted(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'=' => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    bytes
}
