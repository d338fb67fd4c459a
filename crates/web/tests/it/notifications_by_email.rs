//! Notifications by e-mail: each incident once, its end once, whatever the mail server does.

use app::config::Config;
use app::config::Secret;
use app::config::SmtpTls;
use reqwest::Method;
use simulators::{
    Running, Smtp, SmtpConfig, SmtpControl,
    calendars::{FeedFault, Platform},
    smtp::{Email, MailFault, Protection, Step},
};
use store::db::Engine;
use tokio::net::TcpListener;

use crate::{chat_receivers::ChatReceivers, desk_harness::Desk, simulated_platforms::Platforms};

const PASSWORD: &str = "a pass:word";
const ANA: &str = "ana@example.org";
const LUZ: &str = "luz@example.org";

async fn mailbox() -> Running<SmtpControl> {
    let config = SmtpConfig {
        mail_listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        control_listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        login: Some(("desk".to_owned(), PASSWORD.to_owned())),
        protection: Protection::None,
    };
    Smtp::start(config).unwrap()
}

fn write_to(config: &mut Config, office: &Running<SmtpControl>, recipients: &[&str]) {
    config.property.name = "Cabañas del Arroyo".to_owned();
    config.alerts.email_to = recipients.join(", ");
    config.alerts.email_from = "desk@lomas.example".to_owned();
    config.alerts.smtp_host = "127.0.0.1".to_owned();
    config.alerts.smtp_port = office.control.address().port();
    config.alerts.smtp_tls = SmtpTls::None;
    config.alerts.smtp_user = "desk".to_owned();
    config.alerts.smtp_password = Secret::new(PASSWORD);
}

/// To whom, and what about.
fn told(emails: &[Email]) -> Vec<(&str, String)> {
    emails.iter().map(|email| (email.to[0].as_str(), email.subject())).collect()
}

const FAILING: &str = "Cabañas del Arroyo: el calendario de El Ñandú en airbnb no se puede leer";
const FAILING_OVER: &str =
    "Cabañas del Arroyo: terminó: el calendario de El Ñandú en airbnb no se puede leer";

/// Whatever goes wrong on the way, each of them hchats of the beginning once and of the end once, in that order.
#[tokio::test]
async fn each_incident_is_told_once_by_mail_and_its_end_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = mailbox().await;
        let chats = ChatReceivers::default();
        let (url, served) = chats.start().await;
        let desk = Desk::start(engine, |config| {
            write_to(config, &office, &[ANA, LUZ]);
            config.alerts.slack_webhook_url = Secret::new(format!("{url}/slack"));
            config.alerts.discord_webhook_url = Secret::new(format!("{url}/discord"));
            config.alerts.telegram_token = Secret::new("1:token");
            config.alerts.telegram_chat_id = "-100".to_owned();
            config.alerts.telegram_base_url.clone_from(&url);
        })
        .await;
        let platforms = Platforms::start(&desk).await;
        let cabin = desk.cabin("El Ñandú").await;
        let airbnb = platforms.read_by(&desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms.control.misbehave(&airbnb.listing, FeedFault::Html.until_off()).unwrap();
        // One of the two is told later; the other one and the other services do not wait for that.
        office.control.misbehave(MailFault::Reply { code: 421 }.on(Step::Greeting));
        for _ in 0..3 {
            desk.sync(&airbnb.feed).await;
        }
        desk.settle().await;
        assert_eq!(office.control.emails().len(), 1);
        for path in ["/slack", "/discord", "/bot1:token/sendMessage"] {
            let heard = chats.take(path);
            assert_eq!(heard.len(), 1, "{path}");
            assert!(heard[0].to_string().contains(FAILING), "{heard:?}");
        }
        office.control.misbehave(MailFault::Reply { code: 451 }.on(Step::Recipient).times(2));
        desk.after_minutes(2).await;
        desk.after_minutes(4).await;
        desk.after_minutes(8).await;
        let begun = office.control.take_emails();
        let mut recipients = told(&begun);
        recipients.sort();
        assert_eq!(recipients, [(ANA, FAILING.to_owned()), (LUZ, FAILING.to_owned())]);
        assert!(
            begun[0].text().starts_with("Falló 3 veces seguidas. No se liberó nada"),
            "{}",
            begun[0].text()
        );

        // The e-mail is taken and the answer lost: it comes twice, and says by its id that it is the same.
        office.control.misbehave(MailFault::LostAnswer.on(Step::Email));
        platforms.control.behave(&airbnb.listing).unwrap();
        desk.sync(&airbnb.feed).await;
        desk.settle().await;
        desk.after_minutes(4).await;
        let over = office.control.take_emails();
        let id = |email: &Email| email.header("Message-ID").unwrap();
        assert_eq!(over.len(), 3, "{:?}", told(&over));
        assert!(over.iter().all(|email| email.subject() == FAILING_OVER && id(email) == id(&over[0])));
        assert_eq!(
            over[0].header("In-Reply-To"),
            begun[0].header("Message-ID"),
            "mailboxes show them together"
        );
        assert_ne!(id(&over[0]), id(&begun[0]));
        assert_eq!(chats.take("/slack").len(), 1);
        desk.after_minutes(7).await;
        assert_eq!((office.control.emails(), chats.take("/slack").len()), (Vec::new(), 0));

        platforms.stop().await;
        desk.finish().await;
        office.stop().await;
        served.abort();
    }
}

/// A feed that fails a hundred times is one incident.
#[tokio::test]
async fn a_hundred_failures_make_one_letter() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = mailbox().await;
        let desk = Desk::start(engine, |config| write_to(config, &office, &[ANA])).await;
        let platforms = Platforms::start(&desk).await;
        let cabin = desk.cabin("El Ñandú").await;
        let airbnb = platforms.read_by(&desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms.control.misbehave(&airbnb.listing, FeedFault::Html.until_off()).unwrap();
        for _ in 0..100 {
            assert_ne!(desk.sync(&airbnb.feed).await["error"], serde_json::Value::Null);
        }
        desk.settle().await;
        assert_eq!(told(&office.control.take_emails()), [(ANA, FAILING.to_owned())]);
        platforms.control.behave(&airbnb.listing).unwrap();
        desk.sync(&airbnb.feed).await;
        desk.sync(&airbnb.feed).await;
        desk.settle().await;
        assert_eq!(told(&office.control.take_emails()), [(ANA, FAILING_OVER.to_owned())]);
        platforms.stop().await;
        desk.finish().await;
        office.stop().await;
    }
}

/// A recipient whom the server refuses is named to a person, without their address; the others are told all the same.
#[tokio::test]
async fn a_refused_recipient_keeps_it_from_nobody_else() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = mailbox().await;
        let in_portuguese = |config: &mut Config| {
            write_to(config, &office, &[ANA, LUZ]);
            config.property.locale = "pt-BR".to_owned();
        };
        let desk = Desk::start(engine, in_portuguese).await;
        let platforms = Platforms::start(&desk).await;
        let cabin = desk.cabin("El Ñandú").await;
        let airbnb = platforms.read_by(&desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms.book(&airbnb.listing, "2027-03-01", "2027-03-09").unwrap();
        desk.after_minutes(7).await;
        platforms.control.misbehave(&airbnb.listing, FeedFault::EmptyCalendar).unwrap();
        office.control.misbehave(MailFault::Reply { code: 550 }.on(Step::Recipient));
        desk.sync(&airbnb.feed).await;
        desk.settle().await;
        let emails = office.control.take_emails();
        let subjects: Vec<String> = emails.iter().map(Email::subject).collect();
        assert_eq!(subjects, ["Cabañas del Arroyo: airbnb deixou de mostrar 8 noites de El Ñandú"]);
        assert!(emails[0].text().contains("nada foi liberado"), "{}", emails[0].text());
        let open = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
        let dead = open.as_array().unwrap().iter().find(|item| item["reason"] == "dead_letter").unwrap();
        let said = dead["detail"].as_str().unwrap();
        assert!(said.contains("550") && said.contains("recipient"), "{said}");
        assert!(![ANA, LUZ, PASSWORD].iter().any(|secret| open.to_string().contains(secret)), "{open}");
        platforms.stop().await;
        office.stop().await;
    }
}

/// A conflict ends when a person says so, by whichever door.
#[tokio::test]
async fn the_end_of_a_conflict_is_told_however_it_is_resolved() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = mailbox().await;
        let desk = Desk::start(engine, |config| write_to(config, &office, &[ANA])).await;
        let platforms = Platforms::start(&desk).await;
        let cabin = desk.cabin("El Ñandú").await;
        let airbnb = platforms.read_by(&desk, &cabin, Platform::Airbnb, "airbnb").await;
        let code =
            desk.hold(&cabin, "2027-03-05", "2027-03-08").await.json()["code"].as_str().unwrap().to_owned();
        let confirm = format!("/api/v1/reservations/{code}/confirm");
        assert!(desk.staff(Method::POST, &confirm, None).await.status.is_success());
        platforms.book(&airbnb.listing, "2027-03-05", "2027-03-08").unwrap();
        desk.sync(&airbnb.feed).await;
        desk.settle().await;
        let subject = "Cabañas del Arroyo: noches vendidas dos veces en El Ñandú";
        let emails = office.control.take_emails();
        assert_eq!(told(&emails), [(ANA, subject.to_owned())]);
        let nights =
            "airbnb vendió las noches del viernes 5 al lunes 8 de marzo de 2027, que ya eran de una reserva";
        assert!(emails[0].text().replace('\n', " ").contains(nights), "{}", emails[0].text());
        let open = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
        let clash = open.as_array().unwrap().iter().find(|item| item["reason"] == "calendar_clash").unwrap();
        let resolve = format!("/api/v1/attention/{}/resolve", clash["id"].as_str().unwrap());
        let resolved = desk.staff(Method::POST, &resolve, None).await;
        assert!(resolved.status.is_success(), "{}", resolved.text);
        desk.settle().await;
        let over = subject.replace("Arroyo: ", "Arroyo: terminó: ");
        assert_eq!(told(&office.control.take_emails()), [(ANA, over)]);
        platforms.stop().await;
        desk.finish().await;
        office.stop().await;
    }
}
