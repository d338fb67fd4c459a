//! The host's mailbox: a simulated mail server that shows what the program wrote.

use app::config::Config;
use app::config::SmtpTls;
use axum::{Router, response::Redirect, routing::get};
use simulators::{Running, Smtp, SmtpConfig, SmtpControl, smtp::Protection};

use super::chat_and_payment_vendors::loopback;

pub struct DemoMailbox(Running<SmtpControl>);

impl DemoMailbox {
    pub async fn start() -> anyhow::Result<Self> {
        Ok(Self(Smtp::start(SmtpConfig {
            mail_listener: loopback().await?,
            control_listener: loopback().await?,
            login: None,
            protection: Protection::None,
        })?))
    }

    pub fn configure(&self, config: &mut Config) {
        let address = self.0.control.address();
        config.alerts.email_to = "anfitriona@example.org".to_owned();
        config.alerts.email_from = "recepcion@example.org".to_owned();
        config.alerts.smtp_host = address.ip().to_string();
        config.alerts.smtp_port = address.port();
        config.alerts.smtp_tls = SmtpTls::None;
    }

    /// The way from the demo's own page to the mailbox.
    pub fn router(&self) -> Router {
        let page = format!("{}/", self.0.base_url);
        Router::new().route("/demo/mail", get(async move || Redirect::temporary(&page)))
    }

    pub async fn stop(self) {
        self.0.stop().await;
    }
}
