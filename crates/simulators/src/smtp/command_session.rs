//! One SMTP session: what was said, and what is to be answered.

use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{Email, MailFault, Protection, Step, control::Sim};

const NAME: &str = "mail.example.org";
const MAX_LETTER_BYTES: usize = 1_000_000;
const MAX_RECIPIENTS: usize = 100;

/// What goes back over the wire.
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) fault: MailFault,
    /// The server hangs up after it.
    pub(super) is_last: bool,
    /// After it, TLS begins.
    pub(super) begins_tls: bool,
}

impl Answer {
    pub(super) fn plain(code: u16, words: &str) -> Self {
        Self {
            text: format!("{code} {words}\r\n"),
            fault: MailFault::None,
            is_last: code == 421,
            begins_tls: false,
        }
    }

    pub(super) fn nothing() -> Self {
        Self { text: String::new(), fault: MailFault::None, is_last: false, begins_tls: false }
    }
}

/// One connection: what was said so far.
pub(super) struct Session {
    sim: Arc<Sim>,
    has_greeted: bool,
    is_tls: bool,
    signed_in_as: Option<String>,
    from: Option<String>,
    to: Vec<String>,
    hearing: Hearing,
}

/// What the next line is.
enum Hearing {
    Command,
    /// The one answer of AUTH PLAIN.
    Plain,
    User,
    Password {
        user: String,
    },
    Email {
        raw: Vec<u8>,
    },
}

impl Session {
    pub(super) fn new(sim: Arc<Sim>) -> Self {
        Self {
            is_tls: sim.protection == Protection::Tls,
            sim,
            has_greeted: false,
            signed_in_as: None,
            from: None,
            to: Vec::new(),
            hearing: Hearing::Command,
        }
    }

    /// What was said before counts for nothing: <https://www.rfc-editor.org/rfc/rfc3207#section-4.2>
    pub(super) fn behind_tls(self) -> Self {
        Self { is_tls: true, ..Self::new(self.sim) }
    }

    pub(super) fn greet(&mut self) -> Answer {
        self.changing(Step::Greeting, |_| Answer::plain(220, &format!("{NAME} ESMTP")))
    }

    /// The answer to a line, or none while an e-mail goes on.
    pub(super) fn hear(&mut self, line: &[u8]) -> Option<Answer> {
        match std::mem::replace(&mut self.hearing, Hearing::Command) {
            Hearing::Command => Some(self.command(&String::from_utf8_lossy(line))),
            Hearing::Plain => Some(self.plain(line)),
            Hearing::User => Some(match decoded(line) {
                Some(user) => {
                    self.hearing = Hearing::Password { user };
                    Answer::plain(334, "UGFzc3dvcmQ6")
                }
                None => Answer::plain(501, "Cannot decode"),
            }),
            Hearing::Password { user } => Some(match decoded(line) {
                Some(password) => self.sign_in(user, &password),
                None => Answer::plain(501, "Cannot decode"),
            }),
            Hearing::Email { raw } if line == b"." => Some(self.end(raw)),
            Hearing::Email { mut raw } => {
                // A dot that the client put before another one: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2
                raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
                raw.extend_from_slice(b"\r\n");
                self.hearing = Hearing::Email { raw };
                None
            }
        }
    }

    fn command(&mut self, line: &str) -> Answer {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.hello(rest, true),
            "HELO" => self.hello(rest, false),
            "AUTH" => self.auth(rest),
            "MAIL" => self.mail(rest),
            "RCPT" => self.rcpt(rest),
            "DATA" => self.data(),
            "RSET" => {
                self.forget();
                Answer::plain(250, "Forgotten")
            }
            "NOOP" => Answer::plain(250, "Still here"),
            "VRFY" => Answer::plain(252, "Try it"),
            "QUIT" => {
                let mut answer = self.changing(Step::Leave, |_| Answer::plain(221, "Bye"));
                answer.is_last = true;
                answer
            }
            "STARTTLS" if self.offers_tls() => Answer { begins_tls: true, ..Answer::plain(220, "Go ahead") },
            "STARTTLS" => Answer::plain(502, "Not here, or not again"),
            _ => Answer::plain(500, "Unknown command"),
        }
    }

    fn hello(&mut self, name: &str, is_extended: bool) -> Answer {
        if name.trim().is_empty() {
            return Answer::plain(501, "Say who you are");
        }
        self.changing(Step::Hello, |session| {
            session.has_greeted = true;
            session.forget();
            let mut answer = Answer::plain(250, NAME);
            if is_extended {
                let auth = if session.sim.login.is_some() { "250-AUTH PLAIN LOGIN\r\n" } else { "" };
                let tls = if session.offers_tls() { "250-STARTTLS\r\n" } else { "" };
                answer.text =
                    format!("250-{NAME}\r\n{auth}{tls}250-8BITMIME\r\n250 SIZE {MAX_LETTER_BYTES}\r\n");
            }
            answer
        })
    }

    fn auth(&mut self, rest: &str) -> Answer {
        if !self.has_greeted || self.signed_in_as.is_some() || self.from.is_some() {
            return Answer::plain(503, "Not now");
        }
        if self.offers_tls() {
            return Answer::plain(530, "STARTTLS first");
        }
        if self.sim.login.is_none() {
            return Answer::plain(502, "Nobody signs in here");
        }
        let (mechanism, first) = rest.split_once(' ').unwrap_or((rest, ""));
        match (mechanism.to_ascii_uppercase().as_str(), first) {
            ("PLAIN", "") => {
                self.hearing = Hearing::Plain;
                Answer::plain(334, "")
            }
            ("PLAIN", first) => self.plain(first.as_bytes()),
            ("LOGIN", "") => {
                self.hearing = Hearing::User;
                Answer::plain(334, "VXNlcm5hbWU6")
            }
            _ => Answer::plain(504, "Unknown mechanism"),
        }
    }

    /// Who acts, who signs in, and the password, with NUL between them: <https://www.rfc-editor.org/rfc/rfc4616>
    fn plain(&mut self, line: &[u8]) -> Answer {
        let Some(text) = decoded(line) else { return Answer::plain(501, "Cannot decode") };
        let mut lifecycle = text.splitn(3, '\0').skip(1);
        match (lifecycle.next(), lifecycle.next()) {
            (Some(user), Some(password)) => self.sign_in(user.to_owned(), password),
            _ => Answer::plain(501, "Cannot read"),
        }
    }

    fn sign_in(&mut self, user: String, password: &str) -> Answer {
        self.changing(Step::SignIn, |session| {
            let is_known =
                session.sim.login.as_ref().is_some_and(|(name, word)| *name == user && word == password);
            if !is_known {
                return Answer::plain(535, &format!("{user} may not hand in emails with that password"));
            }
            session.signed_in_as = Some(user);
            Answer::plain(235, "Come in")
        })
    }

    fn mail(&mut self, rest: &str) -> Answer {
        if !self.has_greeted || self.from.is_some() {
            return Answer::plain(503, "Not now");
        }
        if self.sim.login.is_some() && self.signed_in_as.is_none() {
            return Answer::plain(530, "Sign in first");
        }
        let Some(from) = path(rest, "FROM:") else { return Answer::plain(501, "Cannot read") };
        self.changing(Step::Sender, |session| {
            session.from = Some(from);
            Answer::plain(250, "Noted")
        })
    }

    fn rcpt(&mut self, rest: &str) -> Answer {
        if self.from.is_none() {
            return Answer::plain(503, "From whom?");
        }
        let Some(to) = path(rest, "TO:").filter(|to| !to.is_empty()) else {
            return Answer::plain(501, "Cannot read");
        };
        if self.to.len() >= MAX_RECIPIENTS {
            return Answer::plain(452, "Too many");
        }
        self.changing(Step::Recipient, |session| {
            session.to.push(to);
            Answer::plain(250, "Noted")
        })
    }

    fn data(&mut self) -> Answer {
        if self.to.is_empty() {
            return Answer::plain(503, "To whom?");
        }
        self.changing(Step::Data, |session| {
            session.hearing = Hearing::Email { raw: Vec::new() };
            Answer::plain(354, "A dot alone ends it")
        })
    }

    fn end(&mut self, raw: Vec<u8>) -> Answer {
        if raw.len() > MAX_LETTER_BYTES {
            self.forget();
            return Answer::plain(552, "Too large");
        }
        self.changing(Step::Email, |session| {
            let email = Email {
                from: session.from.take().unwrap_or_default(),
                to: std::mem::take(&mut session.to),
                signed_in_as: session.signed_in_as.clone(),
                over_tls: session.is_tls,
                raw: String::from_utf8_lossy(&raw).into_owned(),
            };
            session.sim.take(email);
            Answer::plain(250, "Taken")
        })
    }

    fn offers_tls(&self) -> bool {
        self.sim.protection == Protection::StartTls && !self.is_tls
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
    }

    /// A command with its effect, unless a fault is planned that stops it.
    fn changing(&mut self, step: Step, effect: impl FnOnce(&mut Self) -> Answer) -> Answer {
        let fault = self.sim.fault(step);
        let mut answer = match fault {
            MailFault::None | MailFault::LostAnswer => effect(self),
            MailFault::Reply { code } => Answer::plain(code, "As planned"),
            MailFault::Drop | MailFault::Silent | MailFault::Garbage => Answer::nothing(),
        };
        answer.fault = fault;
        answer
    }
}

/// The address between angle brackets. Parameters are not looked at.
fn path(rest: &str, before: &str) -> Option<String> {
    let (word, path) = rest.split_at_checked(before.len())?;
    if !word.eq_ignore_ascii_case(before) {
        return None;
    }
    let (address, _) = path.trim_start().strip_prefix('<')?.split_once('>')?;
    Some(address.to_owned())
}

fn decoded(line: &[u8]) -> Option<String> {
    String::from_utf8(BASE64_STANDARD.decode(line.trim_ascii()).ok()?).ok()
}
