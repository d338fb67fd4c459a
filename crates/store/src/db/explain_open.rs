//! Why a database cannot be opened, in a sentence that says what to do. Names and addresses are repeated, passwords never.

use std::path::Path;

use sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

/// <https://sqlite.org/rescode.html#notadb>
const NOT_A_DATABASE: &str = "26";

/// What to do about a SQLite file; None where nobody knows more than SQLite says.
pub(super) fn sqlite(options: &SqliteConnectOptions, error: &sqlx::Error) -> Option<String> {
    let file = options.get_filename();
    let shown = file.display();
    let code = error.as_database_error().and_then(|error| error.code());
    if code.as_deref() == Some(NOT_A_DATABASE) {
        return Some(format!("{shown} is not a SQLite database; name another file in DATABASE_URL"));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let folder = folder.display();
        return Some(format!(
            "there is no folder {folder} for the database; make it, or change DATABASE_URL"
        ));
    }
    if file.is_dir() {
        return Some(format!(
            "{shown} is a folder; DATABASE_URL names a file, such as sqlite://{shown}/desk.db"
        ));
    }
    file.exists().then(|| {
        format!("{shown} cannot be opened by this user; its owner and mode, and those of its folder, must allow it")
    }).or_else(|| Some(format!("{shown} cannot be made by this user; its folder must be writable for it")))
}

/// What to do about a PostgreSQL server that does not let us in.
pub(super) fn postgres(options: &PgConnectOptions, error: &sqlx::Error) -> Option<String> {
    let (host, port) = (options.get_host(), options.get_port());
    let user = options.get_username();
    let database = options.get_database().unwrap_or(user);
    if let sqlx::Error::Io(_) = error {
        return Some(format!(
            "no PostgreSQL answers at {host}:{port}; is it running, and is DATABASE_URL right?"
        ));
    }
    let code = error.as_database_error().and_then(|error| error.code());
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    match code.as_deref()? {
        "28P01" => {
            Some(format!("PostgreSQL at {host}:{port} refuses the password of {user}; see DATABASE_URL"))
        }
        "28000" => Some(format!(
            "PostgreSQL at {host}:{port} does not let {user} in from here; see DATABASE_URL and pg_hba.conf"
        )),
        "3D000" => Some(format!(
            "PostgreSQL at {host}:{port} has no database {database}; make it (createdb {database}), or change DATABASE_URL"
        )),
        "42501" => Some(format!(
            "{user} may not make tables in {database}; grant it (grant create on schema public to {user})"
        )),
        "53300" => Some(format!("PostgreSQL at {host}:{port} has no connection left; see max_connections")),
        _ => None,
    }
}
