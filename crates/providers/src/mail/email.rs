//! An e-mail: its text, and how it looks on the wire (RFC 5322).

use std::{fmt, time::SystemTime};

use jiff::Timestamp;
use lettre::{
    Message,
    message::{
        Mailbox as Address,
        header::{ContentType, Header, HeaderName, HeaderValue, MIME_VERSION_1_0},
    },
};

/// Longer subjects are cut by the programs that show them.
const MAX_SUBJECT_CHARS: usize = 150;

/// Who sends or gets e-mails: `ana@example.org`, or `Las Lomas <ana@example.org>`. `Debug` shows nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailbox(pub(super) Address);

impl Mailbox {
    /// None when it is no address, or one that not every mail server carries (RFC 6531).
    pub fn parse(text: &str) -> Option<Self> {
        let address: Address = text.trim().parse().ok()?;
        address.email.to_string().is_ascii().then_some(Self(address))
    }

    /// Without the name.
    pub fn address(&self) -> String {
        self.0.email.to_string()
    }

    pub(super) fn domain(&self) -> &str {
        self.0.email.domain()
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailbox(…)")
    }
}

/// An e-mail in plain text.
#[derive(Clone, Debug)]
pub struct Email<'a> {
    /// The same for each copy of one e-mail, so that a mailbox can tell a repetition. ASCII without spaces.
    pub id: &'a str,
    /// The id of the e-mail that this one goes on from.
    pub answers: Option<&'a str>,
    /// What the e-mail bears as its date.
    pub at: Timestamp,
    pub subject: &'a str,
    pub text: &'a str,
}

impl Email<'_> {
    /// The same bytes each time; seven bits, because not every server takes eight.
    ///
    /// # Errors
    /// When a header cannot be written.
    pub(super) fn bytes(&self, from: &Mailbox, to: &Mailbox) -> Result<Vec<u8>, lettre::error::Error> {
        let id = |id: &str| format!("<{id}@{}>", from.domain());
        let mut email = Message::builder()
            .from(from.0.clone())
            .to(to.0.clone())
            .date(SystemTime::from(self.at))
            .message_id(Some(id(self.id)))
            .subject(one_line(self.subject))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .header(AutoSubmitted);
        if let Some(answers) = self.answers {
            email = email.in_reply_to(id(answers)).references(id(answers));
        }
        Ok(email.body(self.text.to_owned())?.formatted())
    }
}

fn one_line(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|char| !char.is_control()).take(MAX_SUBJECT_CHARS).collect()
}

/// Nobody's holiday notice answers it: <https://www.rfc-editor.org/rfc/rfc3834#section-5>
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
