//! Reading columns by name, the same on both databases.

use jiff::{Timestamp, civil::Date};
use serde_json::Value as Json;
use sqlx::{ColumnIndex, Decode, Row as _, Type, postgres::PgRow, sqlite::SqliteRow};

use super::{DbError, Result};

pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(super) fn sqlite(rows: Vec<SqliteRow>) -> Vec<Self> {
        rows.into_iter().map(Self::Sqlite).collect()
    }

    pub(super) fn postgres(rows: Vec<PgRow>) -> Vec<Self> {
        rows.into_iter().map(Self::Postgres).collect()
    }

    pub fn text(&self, column: &str) -> Result<String> {
        self.same(column)
    }

    pub fn opt_text(&self, column: &str) -> Result<Option<String>> {
        self.same(column)
    }

    pub fn int(&self, column: &str) -> Result<i64> {
        self.same(column)
    }

    pub fn opt_int(&self, column: &str) -> Result<Option<i64>> {
        self.same(column)
    }

    /// A small count; anything that does not fit is a corrupt row.
    pub fn count(&self, column: &str) -> Result<u16> {
        u16::try_from(self.int(column)?).map_err(|_| DbError::Corrupt("a count out of range"))
    }

    pub fn bool(&self, column: &str) -> Result<bool> {
        self.same(column)
    }

    pub fn blob(&self, column: &str) -> Result<Vec<u8>> {
        self.same(column)
    }

    pub fn date(&self, column: &str) -> Result<Date> {
        match self {
            Self::Sqlite(row) => {
                let text: String = row.try_get_unchecked(column)?;
                text.parse().map_err(|_| DbError::Corrupt("a date"))
            }
            Self::Postgres(row) => Ok(row.try_get::<jiff_sqlx::Date, _>(column)?.to_jiff()),
        }
    }

    pub fn instant(&self, column: &str) -> Result<Timestamp> {
        self.opt_instant(column)?.ok_or(DbError::Corrupt("an instant that must be set"))
    }

    pub fn opt_instant(&self, column: &str) -> Result<Option<Timestamp>> {
        match self {
            Self::Sqlite(row) => {
                let micros: Option<i64> = row.try_get_unchecked(column)?;
                let instant = micros.map(Timestamp::from_microsecond).transpose();
                instant.map_err(|_| DbError::Corrupt("an instant"))
            }
            Self::Postgres(row) => {
                Ok(row.try_get::<Option<jiff_sqlx::Timestamp>, _>(column)?.map(jiff_sqlx::Timestamp::to_jiff))
            }
        }
    }

    pub fn opt_json(&self, column: &str) -> Result<Option<Json>> {
        match self {
            Self::Sqlite(row) => {
                let text: Option<String> = row.try_get_unchecked(column)?;
                let json = text.map(|text| serde_json::from_str(&text)).transpose();
                json.map_err(|_| DbError::Corrupt("a JSON document"))
            }
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// Reads a JSON column into a type.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T> {
        let json = self.opt_json(column)?.ok_or(DbError::Corrupt("a JSON document that must be set"))?;
        serde_json::from_value(json).map_err(|_| DbError::Corrupt("a JSON document of another shape"))
    }

    /// A text column that names one of a closed list.
    pub fn named<T>(&self, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
        parse(&self.text(column)?).ok_or(DbError::Corrupt("a name that is not on its list"))
    }

    fn same<'r, T>(&'r self, column: &str) -> Result<T>
    where
        T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>,
        for<'c> &'c str: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        match self {
            // Unchecked: an expression such as `count(*)` has no declared type in SQLite.
            Self::Sqlite(row) => Ok(row.try_get_unchecked(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }
}
