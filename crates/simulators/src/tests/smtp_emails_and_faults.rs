//! Mail: e-mails, signing in, what goes wrong.

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::{
    Running, Smtp, SmtpConfig, SmtpControl,
    smtp::{MailFault, Protection, Step},
};

async fn start(login: Option<(&str, &str)>) -> Running<SmtpControl> {
    let config = SmtpConfig {
        mail_listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        control_listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        login: login.map(|(user, password)| (user.to_owned(), password.to_owned())),
        protection: Protection::None,
    };
    Smtp::start(config).unwrap()
}

/// A client that types by hand.
struct Client(BufReader<TcpStream>);

impl Client {
    async fn call(server: &Running<SmtpControl>) -> Self {
        Self(BufReader::new(TcpStream::connect(server.control.address()).await.unwrap()))
    }

    /// The last line of the answer; empty when the server hangs up.
    async fn hear(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            if line.get(3..4) != Some("-") {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn say(&mut self, text: &str) -> String {
        self.0.write_all(format!("{text}\r\n").as_bytes()).await.unwrap();
        self.hear().await
    }

    async fn check(&mut self, dialogue: &[(&str, u16)]) {
        for (said, code) in dialogue {
            let heard = self.say(said).await;
            assert!(heard.starts_with(&code.to_string()), "{said} was answered {heard}");
        }
    }
}

#[tokio::test]
async fn a_letter_is_taken_as_it_was_written() {
    let server = start(None).await;
    let mut client = Client::call(&server).await;
    assert!(client.hear().await.starts_with("220 "));
    client
        .check(&[
            ("MAIL FROM:<a@example.org>", 503),
            ("ehlo there", 250),
            ("RCPT TO:<b@example.org>", 503),
            ("mail from: <a@example.org> SIZE=100", 250),
            ("DATA", 503),
            ("RCPT TO:<>", 501),
            ("RCPT TO:<b@example.org>", 250),
            ("RCPT TO:<c@example.org>", 250),
            ("DATA", 354),
            ("Subject: =?utf-8?q?Caba=C3=B1a_?= =?UTF-8?B?w7E=?=\r\n and more\r\n\r\n..one\r\nbare\nfeed\r\n..\r\n.", 250),
            ("NOOP", 250),
            ("BREW", 500),
            ("STARTTLS", 502),
            ("QUIT", 221),
        ])
        .await;
    assert_eq!(client.hear().await, "", "it hangs up");
    let emails = server.control.take_emails();
    let [email] = emails.as_slice() else { panic!("{emails:?}") };
    assert_eq!(
        (email.from.as_str(), email.to.join(" ")),
        ("a@example.org", "b@example.org c@example.org".to_owned())
    );
    assert_eq!(email.subject(), "Cabaña ñ and more");
    assert_eq!(email.text(), ".one\nbare\nfeed\n.\n");
    server.stop().await;
}

#[tokio::test]
async fn only_who_signs_in_hands_in_letters() {
    let server = start(Some(("desk", "pass word"))).await;
    for (dialogue, may) in [
        (&[][..], false),
        (&[("AUTH CRAM-MD5", 504), ("AUTH PLAIN !", 501), ("AUTH PLAIN AGRlc2sAd3Jvbmc=", 535)], false),
        (&[("AUTH PLAIN AGRlc2sAcGFzcyB3b3Jk", 235), ("AUTH PLAIN AGRlc2sAcGFzcyB3b3Jk", 503)], true),
        (&[("AUTH PLAIN", 334), ("AGRlc2sAcGFzcyB3b3Jk", 235)], true),
        (&[("AUTH LOGIN", 334), ("ZGVzaw==", 334), ("cGFzcyB3b3Jk", 235)], true),
        (&[("AUTH LOGIN", 334), ("ZGVzaw==", 334), ("d3Jvbmc=", 535)], false),
    ] {
        let mut client = Client::call(&server).await;
        client.hear().await;
        client.check(&[("EHLO there", 250)]).await;
        client.check(dialogue).await;
        client.check(&[("MAIL FROM:<a@example.org>", if may { 250 } else { 530 })]).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn it_misbehaves_as_planned_and_then_no_more() {
    let server = start(None).await;
    let control = &server.control;
    let hello = [("EHLO there", 250), ("MAIL FROM:<a@example.org>", 250)];
    control.misbehave(MailFault::Reply { code: 451 }.on(Step::Recipient).times(2));
    control.misbehave(MailFault::LostAnswer.on(Step::Email));
    control.misbehave(MailFault::Reply { code: 421 }.on(Step::Leave));
    let mut client = Client::call(&server).await;
    client.hear().await;
    client.check(&hello).await;
    let to = "RCPT TO:<b@example.org>";
    client.check(&[(to, 451), (to, 451), (to, 250), ("DATA", 354)]).await;
    assert_eq!(client.say("\r\nHola\r\n.").await, "");
    assert_eq!(control.emails().len(), 1, "taken, and nobody was told");

    control.misbehave(MailFault::Garbage.on(Step::Hello));
    control.misbehave(MailFault::Drop.on(Step::Sender));
    let mut client = Client::call(&server).await;
    client.hear().await;
    assert!(client.say("EHLO there").await.contains("what?"));
    client.check(&hello[..1]).await;
    assert_eq!(client.say(hello[1].0).await, "");
    let mut client = Client::call(&server).await;
    client.hear().await;
    client.check(&[("QUIT", 421)]).await;
    server.stop().await;
}

#[tokio::test]
async fn letters_and_faults_can_be_had_over_http() {
    let server = start(None).await;
    let http = crate::core::webhook_client::build().unwrap();
    let at = |path: &str| format!("{}{path}", server.base_url);
    let planned = r#"{"kind":"reply","code":550,"on":"recipient","times":2}"#;
    assert_eq!(http.post(at("/sim/faults")).body(planned).send().await.unwrap().status(), 201);
    let listed: serde_json::Value = http.get(at("/sim/faults")).send().await.unwrap().json().await.unwrap();
    assert_eq!(listed, serde_json::json!([{ "kind": "reply", "code": 550, "on": "recipient", "times": 2 }]));
    http.delete(at("/sim/faults")).send().await.unwrap();
    let mut client = Client::call(&server).await;
    client.hear().await;
    client
        .check(&[
            ("HELO there", 250),
            ("MAIL FROM:<a@example.org>", 250),
            ("RCPT TO:<b@example.org>", 250),
            ("DATA", 354),
            (
                "Subject: <Hola>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nma=C3=B1=\r\nana\r\n.",
                250,
            ),
        ])
        .await;
    let emails: serde_json::Value = http.get(at("/sim/emails")).send().await.unwrap().json().await.unwrap();
    assert_eq!((&emails[0]["subject"], &emails[0]["text"]), (&"<Hola>".into(), &"mañana\n".into()));
    let page = http.get(at("/")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("&lt;Hola&gt;") && page.contains("mañana"), "{page}");
    http.delete(at("/sim/emails")).send().await.unwrap();
    assert_eq!(server.control.emails(), []);
    server.stop().await;
}
