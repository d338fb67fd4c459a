//! Where notifications go, by the settings.

use std::time::Duration;

use providers::{
    mail::{Mailbox, Security, Server},
    notification_target::Target,
};

use crate::settings::{self, Alerts, SmtpTls};

/// For connecting to a mail server, and for each of its answers. It may look an e-mail over before it takes it.
const MAIL_TIMEOUT: Duration = Duration::from_secs(20);

/// Where notifications go: e-mail first, each recipient by itself.
pub fn targets(settings: &Alerts, http: &reqwest::Client) -> Vec<Target> {
    let slack = secret(&settings.slack_webhook_url).map(|url| Target::Slack { http: http.clone(), url });
    let discord =
        secret(&settings.discord_webhook_url).map(|url| Target::Discord { http: http.clone(), url });
    let telegram = secret(&settings.telegram_token).map(|token| Target::Telegram {
        http: http.clone(),
        base_url: settings.telegram_base_url.clone(),
        token,
        chat_id: settings.telegram_chat_id.clone(),
    });
    emails(settings).into_iter().chain(slack).chain(discord).chain(telegram).collect()
}

fn emails(settings: &Alerts) -> Vec<Target> {
    // The settings were checked: what cannot be parsed is what was not given.
    let Some(from) = Mailbox::parse(&settings.email_from) else { return Vec::new() };
    let email = |to| Target::Email { server: server(settings), from: from.clone(), to };
    settings.recipients().filter_map(Mailbox::parse).map(email).collect()
}

fn server(settings: &Alerts) -> Server {
    let security = match settings.smtp_tls() {
        SmtpTls::Implicit => Security::Implicit,
        SmtpTls::None => Security::Plain,
        SmtpTls::Starttls | SmtpTls::Auto => Security::StartTls,
    };
    Server {
        host: settings.smtp_host.clone(),
        port: settings.smtp_port,
        security,
        login: secret(&settings.smtp_password).map(|password| (settings.smtp_user.clone(), password)),
        timeout: MAIL_TIMEOUT,
    }
}

fn secret(secret: &settings::Secret) -> Option<providers::Secret> {
    secret.given().map(providers::Secret::new)
}
