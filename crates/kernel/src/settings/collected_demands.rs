//! What a section demands of its settings. Each refusal is one sentence with the setting, its value and what is allowed;
//! a secret's value is never repeated.

use std::net::IpAddr;

use super::{Environment, Problem, Secret};

/// What is wrong, collected: everything is told at once.
pub struct Checks {
    environment: Environment,
    pub problems: Vec<Problem>,
}

impl Checks {
    pub fn new(environment: Environment) -> Self {
        Self { environment, problems: Vec::new() }
    }

    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    pub fn demand(&mut self, sound: bool, variable: &str, value: &str, allowed: &str) {
        self.demand_unsaid(sound, variable, &format!("{value:?}"), allowed);
    }

    /// `is` says what the value is instead of repeating it.
    pub fn demand_unsaid(&mut self, sound: bool, variable: &str, is: &str, allowed: &str) {
        if !sound {
            let (name, value, allowed) = (variable.to_owned(), is.to_owned(), allowed.to_owned());
            self.problems.push(Problem::NotAllowed { name, value, allowed });
        }
    }

    /// A web address under which something can be put.
    pub fn demand_base_url(&mut self, variable: &str, url: &str) {
        self.demand(
            is_base_url(url),
            variable,
            url,
            "an address such as https://desk.example.org, without ? and #",
        );
    }

    pub fn demand_given(&mut self, variable: &str, value: &str) {
        self.demand(!value.is_empty(), variable, value, "an address such as https://desk.example.org");
    }

    /// The address of a vendor; empty where the vendor's own is meant. In production it is one of `own`: the keys of the
    /// simulators are public, and where one stands in for a vendor, anybody can say that a guest has paid.
    pub fn demand_vendor_url(&mut self, variable: &str, url: &str, own: &[&str]) {
        if url.is_empty() {
            return;
        }
        self.demand_base_url(variable, url);
        let origin = reqwest::Url::parse(url).map(|url| url.origin().ascii_serialization());
        let is_own = origin.is_ok_and(|origin| own.contains(&origin.as_str()));
        let allowed = format!("the vendor's own address in production: {}", own.join(" "));
        self.demand(is_own || !self.is_production(), variable, url, &allowed);
    }

    /// Two settings that make sense only together.
    pub fn demand_both(&mut self, one: (&'static str, bool), other: (&'static str, bool)) {
        match (one.1, other.1) {
            (false, true) => self.problems.push(Problem::MissingBeside(one.0, other.0)),
            (true, false) => self.problems.push(Problem::MissingBeside(other.0, one.0)),
            _ => {}
        }
    }

    pub fn demand_beside(&mut self, needed: (&'static str, bool), by: (&'static str, bool)) {
        if by.1 && !needed.1 {
            self.problems.push(Problem::MissingBeside(needed.0, by.0));
        }
    }

    /// A secret without which `is_on` is not safe in production.
    pub fn demand_in_production(&mut self, is_on: bool, variable: &'static str, secret: &Secret) {
        if self.is_production() && is_on && secret.given().is_none() {
            self.problems.push(Problem::Missing(variable));
        }
    }
}

/// A name or an address.
pub fn is_host(text: &str) -> bool {
    let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    is_name || text.parse::<IpAddr>().is_ok()
}

/// Something can be put behind it.
pub fn is_base_url(text: &str) -> bool {
    reqwest::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
    })
}
