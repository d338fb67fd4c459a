//! Variables of the systems that this program replaces, and of the frameworks under them: they mean something there and
//! nothing here, so each is named at the start with what to set instead. Silence would start an open desk, or a new and
//! empty database beside the one with the money.

/// What to set instead; a name that ends in `*` stands for all that begin so.
const INSTEAD: &[(&str, &str)] = &[
    ("NODE_ENV", "set ENVIRONMENT=production or development"),
    ("DEBUG", "set ENVIRONMENT=production or development, and LOG_LEVEL"),
    ("DB_HOST", DATABASE),
    ("DB_PORT", DATABASE),
    ("DB_NAME", DATABASE),
    ("DB_USER", DATABASE),
    ("DB_USERNAME", DATABASE),
    ("DB_PASSWORD", DATABASE),
    ("DB_ENGINE", DATABASE),
    ("DB_PATH", "set DATABASE_URL=sqlite://FILE; an old file of another program is not read"),
    ("DB_MAX_OVERFLOW", "set DB_POOL_SIZE to all connections together"),
    ("PGHOST", DATABASE),
    ("PGDATABASE", DATABASE),
    ("MYSQL*", "no MySQL is used for bookings: set DATABASE_URL=postgres://… or sqlite://…"),
    (
        "EMAIL_*",
        "set ALERT_SMTP_HOST, ALERT_SMTP_USER, ALERT_SMTP_PASSWORD, ALERT_EMAIL_FROM and ALERT_EMAIL_TO",
    ),
    ("SITE_BASE_URL", BASE_URL),
    ("BACKEND_URL", BASE_URL),
    ("FRONTEND_URL", BASE_URL),
    ("DOMAIN", BASE_URL),
    ("SECRET_KEY", "nothing is signed with it; set API_TOKEN for staff"),
    ("ICS_SALT", "addresses of calendars are drawn at random; nothing is to be set"),
    ("ALLOWED_HOSTS", BASE_URL),
    ("ALLOWED_ORIGINS", "other origins may not call the API from a browser; nothing is to be set"),
    ("SECURE_*", "set BASE_URL=https://… and TRUSTED_PROXIES; the rest follows"),
    ("SESSION_COOKIE_SECURE", "no cookie is set; nothing is to be set"),
    ("CSRF_COOKIE_SECURE", "no cookie is set; nothing is to be set"),
];

const DATABASE: &str = "set DATABASE_URL=postgres://USER:PASSWORD@HOST:PORT/NAME";
const BASE_URL: &str = "set BASE_URL to the address under which guests reach the desk";

/// A sentence for each of them that is set and is no setting of ours.
pub(super) fn foreign_variables(known: &[&str], environment: &[(String, String)]) -> Vec<String> {
    let set = environment.iter().filter(|(name, text)| !text.is_empty() && !known.contains(&name.as_str()));
    set.filter_map(|(name, _)| Some(format!("{name} means nothing to this program: {}", instead(name)?)))
        .collect()
}

/// None for what is nobody's.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    let is_it = |pattern: &str| match pattern.strip_suffix('*') {
        Some(begin) => name.starts_with(begin),
        None => name == pattern,
    };
    INSTEAD.iter().find(|(pattern, _)| is_it(pattern)).map(|(_, instead)| *instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_named_once_and_ours_are_not() {
        let set = |names: &[&str]| {
            names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect::<Vec<_>>()
        };
        let told =
            foreign_variables(&["DATABASE_URL"], &set(&["NODE_ENV", "MYSQLHOST", "DATABASE_URL", "PATH"]));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("NODE_ENV ") && told[0].contains("ENVIRONMENT"), "{told:?}");
        assert!(told[1].starts_with("MYSQLHOST ") && told[1].contains("DATABASE_URL"), "{told:?}");
        assert_eq!(foreign_variables(&["DEBUG"], &set(&["DEBUG"])), Vec::<String>::new());
        assert_eq!(foreign_variables(&[], &[("DEBUG".to_owned(), String::new())]), Vec::<String>::new());
    }
}
