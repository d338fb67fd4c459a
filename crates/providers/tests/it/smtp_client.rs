//! E-mail against the simulated mail server.

use std::time::Duration;

use jiff::Timestamp;
use providers::{
    Secret,
    http::CallError,
    mail::{Email, Mailbox, Security, Server},
};
use simulators::{
    Running, Smtp, SmtpConfig, SmtpControl,
    smtp::{MailFault, Protection, Step},
};
use tokio::net::TcpListener;

const PASSWORD: &str = "pa:ss w@rd";

async fn start() -> (Running<SmtpControl>, Server) {
    let config = SmtpConfig {
        mail_listener: TcpListener::bind("127.0.0.1:0").await.expect("as set up"),
        control_listener: TcpListener::bind("127.0.0.1:0").await.expect("as set up"),
        login: Some(("desk".to_owned(), PASSWORD.to_owned())),
        protection: Protection::None,
    };
    let running = Smtp::start(config).expect("as set up");
    let server = Server {
        host: "127.0.0.1".to_owned(),
        port: running.control.address().port(),
        security: Security::Plain,
        login: Some(("desk".to_owned(), Secret::new(PASSWORD))),
        timeout: Duration::from_secs(5),
    };
    (running, server)
}

fn email() -> Email<'static> {
    Email {
        id: "0199.over",
        answers: Some("0199.begun"),
        at: "2026-11-27T12:00:00Z".parse::<Timestamp>().expect("as set up"),
        subject: "Cabañas del Arroyo: no se puede leer el calendario de «El Ñandú» en\r\nBcc: x@example.org",
        text: "Sigue así: año, ação, “quotes”.\n.\n..dots\nA line that is much longer than the seventy-six characters that a line of quoted-printable may have, é.",
    }
}

async fn send(server: &Server) -> Result<(), CallError> {
    let from = Mailbox::parse("Cabañas <desk@lomas.example>").expect("as set up");
    server.send(&email(), &from, &Mailbox::parse("ana@example.org").expect("as set up")).await
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_meant_each_time_the_same() {
    let (running, server) = start().await;
    send(&server).await.expect("the e-mail is taken");
    send(&server).await.expect("the e-mail is taken");
    let emails = running.control.take_emails();
    assert_eq!(emails.len(), 2);
    assert_eq!(emails[0], emails[1], "a repetition can be told");
    let one = &emails[0];
    assert_eq!(
        (one.from.as_str(), one.to.as_slice()),
        ("desk@lomas.example", &["ana@example.org".to_owned()][..])
    );
    assert_eq!(one.signed_in_as.as_deref(), Some("desk"));
    assert!(one.raw.is_ascii() && one.raw.lines().all(|line| line.len() <= 78), "{}", one.raw);
    assert_eq!(
        one.subject(),
        "Cabañas del Arroyo: no se puede leer el calendario de «El Ñandú» en Bcc: x@example.org"
    );
    assert_eq!(one.header("Bcc"), None, "a line break makes no header");
    assert_eq!(one.text().trim_end(), email().text);
    for (name, value) in [
        ("From", "Cabañas <desk@lomas.example>"),
        ("To", "ana@example.org"),
        ("Date", "Fri, 27 Nov 2026 12:00:00 +0000"),
        ("Message-ID", "<0199.over@lomas.example>"),
        ("In-Reply-To", "<0199.begun@lomas.example>"),
        ("References", "<0199.begun@lomas.example>"),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("MIME-Version", "1.0"),
    ] {
        assert_eq!(one.header(name).as_deref(), Some(value), "{name}\n{}", one.raw);
    }
    running.stop().await;
}

/// What a failure means, by the answer and by what had been said before it.
#[tokio::test]
async fn each_answer_has_its_verdict() {
    use MailFault::{Drop, Garbage, LostAnswer, Reply};
    let (running, server) = start().await;
    for (fault, on, verdict, taken) in [
        (Reply { code: 421 }, Step::Greeting, "retry", 0),
        (Reply { code: 554 }, Step::Greeting, "refused 554", 0),
        (Garbage, Step::Hello, "retry", 0),
        (Reply { code: 454 }, Step::SignIn, "retry", 0),
        (Reply { code: 535 }, Step::SignIn, "denied 535", 0),
        (Reply { code: 451 }, Step::Sender, "retry", 0),
        (Reply { code: 553 }, Step::Sender, "refused 553", 0),
        (Reply { code: 450 }, Step::Recipient, "retry", 0),
        (Reply { code: 550 }, Step::Recipient, "refused 550", 0),
        (Drop, Step::Data, "retry", 0),
        (Reply { code: 452 }, Step::Email, "retry", 0),
        (Reply { code: 554 }, Step::Email, "refused 554", 0),
        (Drop, Step::Email, "unknown", 0),
        (Garbage, Step::Email, "unknown", 0),
        (LostAnswer, Step::Email, "unknown", 1),
        (Drop, Step::Leave, "sent", 1),
        (Garbage, Step::Leave, "sent", 1),
        (MailFault::None, Step::Leave, "sent", 1),
    ] {
        running.control.misbehave(fault.on(on));
        let outcome = send(&server).await;
        let said = match &outcome {
            Ok(()) => "sent".to_owned(),
            Err(CallError::Retry { .. }) => "retry".to_owned(),
            Err(CallError::Unknown { .. }) => "unknown".to_owned(),
            Err(CallError::Denied { status, .. }) => format!("denied {status}"),
            Err(CallError::Refused { status, .. }) => format!("refused {status}"),
        };
        assert_eq!(said, verdict, "{fault:?} on {on:?}: {outcome:?}");
        assert_eq!(running.control.take_emails().len(), taken, "{fault:?} on {on:?}");
        let words = format!("{outcome:?} {server:?}");
        assert!(!words.contains(PASSWORD) && !words.contains("ana@"), "{words}");
    }
    running.stop().await;
}

#[tokio::test]
async fn a_silent_server_is_given_up_and_only_a_letter_handed_over_may_have_arrived() {
    let (running, server) = start().await;
    let server = Server { timeout: Duration::from_millis(200), ..server };
    for (on, is_unknown) in [(Step::Greeting, false), (Step::Recipient, false), (Step::Email, true)] {
        running.control.misbehave(MailFault::Silent.on(on));
        let outcome = send(&server).await;
        assert_eq!(matches!(outcome, Err(CallError::Unknown { .. })), is_unknown, "{outcome:?}");
        assert!(matches!(outcome, Err(CallError::Unknown { .. } | CallError::Retry { .. })), "{outcome:?}");
    }
    running.control.misbehave(MailFault::Silent.on(Step::Leave));
    assert_eq!(send(&server).await, Ok(()), "it had the email");
    running.stop().await;
}

#[tokio::test]
async fn a_wrong_password_is_denied_and_a_server_that_is_away_is_tried_again() {
    let (running, server) = start().await;
    let wrong = Server { login: Some(("desk".to_owned(), Secret::new("other"))), ..server.clone() };
    assert!(matches!(send(&wrong).await, Err(CallError::Denied { status: 535, .. })));
    let nobody = Server { login: None, ..server.clone() };
    assert!(matches!(send(&nobody).await, Err(CallError::Refused { status: 530, .. })));
    running.stop().await;
    let outcome = send(&server).await;
    assert!(
        matches!(&outcome, Err(CallError::Retry { detail, .. }) if detail.contains("refused")),
        "{outcome:?}"
    );
}

/// Whoever is on the way can leave the offer of TLS out: then nothing is said, least of all the password.
#[tokio::test]
async fn without_the_tls_that_was_asked_for_nothing_is_said() {
    let (running, server) = start().await;
    let starttls = Server { security: Security::StartTls, ..server.clone() };
    let outcome = send(&starttls).await;
    assert!(
        matches!(&outcome, Err(CallError::Refused { detail, .. }) if detail.contains("STARTTLS")),
        "{outcome:?}"
    );
    let implicit = Server { security: Security::Implicit, timeout: Duration::from_millis(500), ..server };
    let outcome = send(&implicit).await;
    assert!(matches!(outcome, Err(CallError::Retry { .. })), "{outcome:?}");
    assert_eq!(running.control.emails(), []);
    running.stop().await;
}

#[test]
fn addresses() {
    for (text, address) in [
        ("ana@example.org", Some("ana@example.org")),
        (" Las Lomas <ana@example.org> ", Some("ana@example.org")),
        ("ana", None),
        ("ana@", None),
        ("ana@example.org, luz@example.org", None),
        ("añá@example.org", None),
        ("", None),
    ] {
        assert_eq!(Mailbox::parse(text).map(|mailbox| mailbox.address()).as_deref(), address, "{text}");
    }
}
