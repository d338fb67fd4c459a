//! `conserje alerts test`, as a person runs it.

use axum::{Router, http::StatusCode, routing::post};
use simulators::{
    Running, Smtp, SmtpConfig, SmtpControl,
    smtp::{AUTHORITY_PEM, MailFault, Protection, Step},
};
use tokio::{net::TcpListener, task::JoinSet};

use crate::support::{run_command::run, temp_folder::Folder};

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a port is free")
}

async fn post_office(login: Option<(String, String)>, protection: Protection) -> Running<SmtpControl> {
    let (mail_listener, control_listener) = (listener().await, listener().await);
    let config = SmtpConfig { mail_listener, control_listener, login, protection };
    Smtp::start(config).expect("the mail server starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_goes_to_everybody_and_says_what_became_of_it() {
    let login = Some(("desk".to_owned(), "a pass:word".to_owned()));
    let office = post_office(login, Protection::None).await;
    let hooks = listener().await;
    let hook = format!("http://{}", hooks.local_addr().expect("it listens"));
    let withdrawn = Router::new().route("/taken", post(StatusCode::OK)).fallback(StatusCode::NOT_FOUND);
    let mut serving = JoinSet::new();
    serving.spawn(async move { axum::serve(hooks, withdrawn).await });

    let port = office.control.address().port().to_string();
    let (slack, discord) = (format!("{hook}/taken"), format!("{hook}/withdrawn"));
    let good = [
        ("PROPERTY_NAME", "Cabañas del Arroyo"),
        ("ALERT_EMAIL_TO", "ana@example.org,luz@example.org"),
        ("ALERT_EMAIL_FROM", "desk@lomas.example"),
        ("ALERT_SMTP_HOST", "127.0.0.1"),
        ("ALERT_SMTP_PORT", port.as_str()),
        ("ALERT_SMTP_TLS", "none"),
        ("ALERT_SMTP_USER", "desk"),
        ("ALERT_SLACK_WEBHOOK_URL", slack.as_str()),
    ];
    let folder = Folder::new();
    let test =
        async |more: &[(&str, &str)]| run(folder.path(), &[&good, more].concat(), &["alerts", "test"]).await;

    let ended = test(&[("ALERT_SMTP_PASSWORD", "a pass:word")]).await;
    let sent = "E-mail to ana@example.org: sent\nE-mail to luz@example.org: sent\nSlack: sent\n";
    assert_eq!((ended.code, ended.out.as_str(), ended.errors.as_str()), (Some(0), sent, ""));
    let emails = office.control.take_emails();
    assert_eq!(emails.len(), 2);
    assert_eq!(emails[0].subject(), "Cabañas del Arroyo: mensaje de prueba");
    assert!(emails[0].text().starts_with("Así llegan los avisos"), "{}", emails[0].text());

    office.control.misbehave(MailFault::Reply { code: 550 }.on(Step::Recipient));
    let ended =
        test(&[("ALERT_SMTP_PASSWORD", "a pass:word"), ("ALERT_DISCORD_WEBHOOK_URL", &discord)]).await;
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!((ended.code, lines.len()), (Some(1), 4), "{}", ended.out);
    assert!(
        lines[0].starts_with("E-mail to ana@example.org: failed: ") && lines[0].contains("550"),
        "{}",
        lines[0]
    );
    assert_eq!(lines[1..3], ["E-mail to luz@example.org: sent", "Slack: sent"]);
    assert!(lines[3].starts_with("Discord: failed: ") && lines[3].contains("404"), "{}", lines[3]);

    let ended = test(&[("ALERT_SMTP_PASSWORD", "wrong-word")]).await;
    assert!(ended.out.contains("535") && ended.out.contains("user and password"), "{}", ended.out);
    assert!(!format!("{}{}", ended.out, ended.errors).contains("wrong-word"));
    office.stop().await;
    let ended = test(&[("ALERT_SMTP_PASSWORD", "a pass:word")]).await;
    assert!(ended.out.contains("Connection refused"), "{}", ended.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_without_targets_says_what_to_set() {
    let folder = Folder::new();
    let ended = run(folder.path(), &[], &["alerts", "test"]).await;
    assert!(ended.complaint().contains("ALERT_EMAIL_TO"), "{}", ended.errors);
}

/// The password goes to the server whose certificate the machine trusts, and to nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn letters_and_passwords_travel_behind_tls() {
    let folder = Folder::new();
    let authority = folder.join("authority.pem");
    std::fs::write(&authority, AUTHORITY_PEM).expect("a file");
    let authority = authority.display().to_string();
    let trusted = [("SSL_CERT_FILE", authority.as_str())];
    for (protection, setting) in [(Protection::Tls, "implicit"), (Protection::StartTls, "starttls")] {
        let office = post_office(Some(("desk".to_owned(), "word".to_owned())), protection).await;
        let port = office.control.address().port().to_string();
        let test = async |more: &[(&str, &str)]| {
            let settings = [
                ("ALERT_EMAIL_TO", "ana@example.org"),
                ("ALERT_EMAIL_FROM", "desk@lomas.example"),
                ("ALERT_SMTP_HOST", "localhost"),
                ("ALERT_SMTP_PORT", port.as_str()),
                ("ALERT_SMTP_TLS", setting),
                ("ALERT_SMTP_USER", "desk"),
                ("ALERT_SMTP_PASSWORD", "word"),
            ];
            run(folder.path(), &[&settings, more].concat(), &["alerts", "test"]).await
        };
        let ended = test(&trusted).await;
        assert_eq!(ended.out, "E-mail to ana@example.org: sent\n", "{}", ended.errors);
        let emails = office.control.take_emails();
        assert_eq!(emails.iter().map(|email| email.over_tls).collect::<Vec<_>>(), [true]);
        assert_eq!(emails[0].signed_in_as.as_deref(), Some("desk"));
        let ended = test(&[]).await;
        assert_eq!((ended.code, office.control.emails()), (Some(1), Vec::new()));
        assert!(ended.out.contains("certificate"), "{}", ended.out);
        office.stop().await;
    }
}
