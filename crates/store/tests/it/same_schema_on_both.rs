//! The two schemas, column by column. The texts in `migrations/` are two; what they mean is one.

use std::collections::{BTreeMap, BTreeSet};

use store::db::{Row, Session};
use testkit::TestDb;

/// Column to (logical type, nullable).
type Columns = BTreeMap<String, (String, bool)>;

#[derive(Debug, PartialEq, Eq, Default)]
struct Table {
    columns: Columns,
    primary_key: Vec<String>,
    /// Constraints and unique indexes, each as its columns in order.
    unique: BTreeSet<Vec<String>>,
    /// Column, table and column that it refers to.
    references: BTreeSet<(String, String, String)>,
    /// Name, columns, unique, partial.
    indexes: BTreeSet<(String, Vec<String>, bool, bool)>,
}

type Schema = BTreeMap<String, Table>;

async fn rows(session: &mut Session, sql: &'static str, table: Option<&str>) -> Vec<Row> {
    let args = table.into_iter().map(Into::into).collect();
    session.rows(sql, args).await.expect("the catalogue can be read")
}

fn text(row: &Row, column: &str) -> String {
    row.text(column).unwrap()
}

async fn of_sqlite() -> Schema {
    let db = TestDb::sqlite().await;
    let mut session = db.read().await;
    let tables =
        "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'";
    let mut schema = Schema::new();
    for found in rows(&mut session, tables, None).await {
        let name = text(&found, "name");
        let mut table = Table::default();
        let columns = "select name, lower(type) as type, \"notnull\" as strict, pk from pragma_table_info($1) order by pk";
        for row in rows(&mut session, columns, Some(&name)).await {
            // `integer primary key` is the row's own number and is never null.
            let is_rowid = text(&row, "type") == "integer" && row.int("pk").unwrap() > 0;
            let nullable = row.int("strict").unwrap() == 0 && !is_rowid;
            table.columns.insert(text(&row, "name"), (logical_sqlite(&text(&row, "type")), nullable));
            if row.int("pk").unwrap() > 0 {
                table.primary_key.push(text(&row, "name"));
            }
        }
        let references =
            "select \"from\" as own, \"table\" as other, \"to\" as theirs from pragma_foreign_key_list($1)";
        for row in rows(&mut session, references, Some(&name)).await {
            table.references.insert((text(&row, "own"), text(&row, "other"), text(&row, "theirs")));
        }
        let indexes = "select name, \"unique\" as uniq, origin, partial from pragma_index_list($1)";
        for row in rows(&mut session, indexes, Some(&name)).await {
            let index = text(&row, "name");
            let of_index = "select name from pragma_index_info($1) order by seqno";
            let columns: Vec<String> = rows(&mut session, of_index, Some(&index))
                .await
                .iter()
                .map(|row| text(row, "name"))
                .collect();
            let (unique, partial) = (row.int("uniq").unwrap() == 1, row.int("partial").unwrap() == 1);
            if text(&row, "origin") == "c" {
                table.indexes.insert((index, columns.clone(), unique, partial));
            }
            if unique && text(&row, "origin") != "pk" {
                table.unique.insert(columns);
            }
        }
        schema.insert(name, table);
    }
    schema
}

fn logical_sqlite(declared: &str) -> String {
    match declared {
        "integer" => "int",
        "boolean" => "bool",
        "timestamp" => "instant",
        other => other,
    }
    .to_owned()
}

async fn of_postgres() -> Schema {
    let db = TestDb::postgres().await;
    let mut session = db.read().await;
    let mut schema = Schema::new();
    let columns = "select table_name::text as of, column_name::text as name, data_type::text as type,
        is_nullable::text as nullable from information_schema.columns where table_schema = 'public'";
    for row in rows(&mut session, columns, None).await {
        let table = schema.entry(text(&row, "of")).or_default();
        let column = (logical_postgres(&text(&row, "type")), text(&row, "nullable") == "YES");
        table.columns.insert(text(&row, "name"), column);
    }
    // Columns of each index in order; the exclusion constraint is SQLite's trigger.
    let indexes = "select t.relname::text as of, i.relname::text as name, x.indisprimary as is_primary, x.indisunique as uniq,
        x.indpred is not null as partial, con.contype is not null as of_constraint,
        (select string_agg(a.attname::text, ',' order by k.n) from unnest(x.indkey::int2[]) with ordinality k(attnum, n)
           join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum) as columns
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      join pg_namespace n on n.oid = t.relnamespace
      left join pg_constraint con on con.conindid = i.oid and con.contype in ('p', 'u', 'x')
      where n.nspname = 'public' and not x.indisexclusion";
    for row in rows(&mut session, indexes, None).await {
        let table = schema.get_mut(&text(&row, "of")).expect("an index of a table");
        let columns: Vec<String> = text(&row, "columns").split(',').map(str::to_owned).collect();
        let (unique, partial) = (row.bool("uniq").unwrap(), row.bool("partial").unwrap());
        if row.bool("is_primary").unwrap() {
            table.primary_key = columns;
            continue;
        }
        if !row.bool("of_constraint").unwrap() {
            table.indexes.insert((text(&row, "name"), columns.clone(), unique, partial));
        }
        if unique {
            table.unique.insert(columns);
        }
    }
    let references = "select t.relname::text as of, a.attname::text as own, f.relname::text as other,
        b.attname::text as theirs
      from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class f on f.oid = c.confrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
      join pg_attribute b on b.attrelid = f.oid and b.attnum = c.confkey[1]
      where c.contype = 'f'";
    for row in rows(&mut session, references, None).await {
        let table = schema.get_mut(&text(&row, "of")).expect("a reference of a table");
        table.references.insert((text(&row, "own"), text(&row, "other"), text(&row, "theirs")));
    }
    schema
}

fn logical_postgres(declared: &str) -> String {
    match declared {
        "bigint" => "int",
        "boolean" => "bool",
        "timestamp with time zone" => "instant",
        "jsonb" => "json",
        "bytea" => "blob",
        other => other,
    }
    .to_owned()
}

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let (sqlite, postgres) = (of_sqlite().await, of_postgres().await);
    assert!(sqlite.len() > 15, "{} tables were found", sqlite.len());
    let names = |schema: &Schema| schema.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&sqlite), names(&postgres));
    let known = ["text", "int", "bool", "date", "instant", "json", "blob"];
    for (name, table) in &sqlite {
        assert_eq!(table.columns, postgres[name].columns, "columns of {name}: SQLite left, PostgreSQL right");
        assert_eq!(table, &postgres[name], "{name}: SQLite left, PostgreSQL right");
        assert!(!table.primary_key.is_empty(), "{name} has no primary key");
        for (column, (kind, _)) in &table.columns {
            assert!(known.contains(&kind.as_str()), "{name}.{column} is of type {kind}");
        }
    }
}

/// What the catalogues show in words of their own: the checks, and where partial indexes apply.
#[test]
fn checks_and_partial_indexes_are_written_alike() {
    let text_of = |engine: &str, name: &str| {
        let path = format!("{}/../../migrations/{engine}/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    let folder = format!("{}/../../migrations/sqlite", env!("CARGO_MANIFEST_DIR"));
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let said = |engine| {
            let text = text_of(engine, &name);
            let lines = text.lines().map(|line| line.trim().trim_end_matches(','));
            let indexes =
                lines.clone().filter(|line| line.starts_with("create ") && line.contains(" index "));
            let checks = lines.filter_map(|line| line.find("check (").map(|at| &line[at..]));
            indexes.chain(checks).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(said("sqlite"), said("postgres"), "{name}");
    }
}
