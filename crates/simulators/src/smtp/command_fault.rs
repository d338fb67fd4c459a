//! What can go wrong with one SMTP command.

use serde::{Deserialize, Serialize};

use crate::faults::Planned;

/// A command, by what the client is doing with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Connecting, before anything was said.
    Greeting,
    /// `EHLO` or `HELO`.
    Hello,
    /// `AUTH`, at its end.
    SignIn,
    /// `MAIL FROM`.
    Sender,
    /// `RCPT TO`.
    Recipient,
    /// `DATA`.
    Data,
    /// The e-mail itself.
    #[serde(alias = "letter")]
    Email,
    /// `QUIT`.
    Leave,
}

/// What goes wrong with one command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MailFault {
    /// Nothing: lets one command through, so that a later one can be hit.
    None,
    /// This answer, and no effect. After 421 the server hangs up.
    Reply { code: u16 },
    /// The connection is cut; no effect.
    Drop,
    /// The command has its effect, and the connection is cut instead of the answer.
    LostAnswer,
    /// The command has no effect and no answer, for as long as the client waits.
    Silent,
    /// Something that is no answer; no effect.
    Garbage,
}

/// A fault that waits for its command.
pub type PlannedMailFault = Planned<Step, MailFault>;

impl MailFault {
    /// Only for this command.
    pub fn on(self, step: Step) -> PlannedMailFault {
        Planned::on(self, step)
    }
}
