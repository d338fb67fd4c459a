//! The database answers and keeps nothing that is written: a full disk, a server that was made read-only. The desk says so,
//! in its answers and in its health, and needs no restart when it is over.

use std::process::Command;

use store::db::Db;

use crate::support::{
    api_client::Answer,
    holds::{hold, wish, with_cabin},
    own_postgres::OwnPostgres,
    run_command::PATIENCE,
    serve_process::Desk,
    wait_until::until,
};

/// What no file of the desk may outgrow.
fn limit_files(desk: &Desk, bytes: &str) {
    let limit = format!("--fsize={bytes}:unlimited");
    let set = Command::new("prlimit").arg("--pid").arg(desk.pid().to_string()).arg(limit).status();
    assert!(set.expect("there is prlimit").success());
}

/// Holds by one guest after another on nights of their own, until one is refused.
async fn hold_until_refused(desk: &Desk, cabin: &str) -> Answer {
    for turn in 0..200 {
        let answer = hold(desk, &wish(cabin, turn * 2 + 1, 1, turn.unsigned_abs() as usize)).await;
        // Those of the time before are taken.
        if ![201, 409].contains(&answer.status) {
            return answer;
        }
    }
    panic!("the disk was never full");
}

async fn health(desk: &Desk) -> (u16, String) {
    let answer = desk.http.get("/api/v1/healthz", None).await;
    let detail = answer.json()["checks"][0]["detail"].as_str().unwrap_or_default().to_owned();
    (answer.status, detail)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_a_503_and_over_when_there_is_room() {
    let desk = Desk::serve_where_files_may_not_grow("sqlite://desk.db", &[]).await;
    let cabin = with_cabin(&desk).await;
    hold(&desk, &wish(&cabin, 500, 1, 900)).await.expect(201);
    for _ in 0..2 {
        limit_files(&desk, "1");
        let refused = hold_until_refused(&desk, &cabin).await;
        assert_eq!((refused.status, refused.code().as_str()), (503, "unavailable"));
        let told = until("health tells", PATIENCE, async || {
            let (status, detail) = health(&desk).await;
            (status == 503).then_some(detail)
        })
        .await;
        assert!(told.contains("keeps nothing"), "{told}");
        assert_eq!(desk.http.get("/api/v1/readyz", None).await.status, 503);
        limit_files(&desk, "unlimited");
        until("health is well", PATIENCE, async || (health(&desk).await.0 == 200).then_some(())).await;
    }
    hold(&desk, &wish(&cabin, 510, 1, 901)).await.expect(201);
    hold(&desk, &wish(&cabin, 500, 1, 902)).await.expect(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_became_read_only_is_told() {
    let postgres = OwnPostgres::start().await;
    let desk = Desk::serve(&postgres.url(), &[]).await;
    let cabin = with_cabin(&desk).await;
    let admin = format!("{}?options=-c%20default_transaction_read_only%3Doff", postgres.url());
    let order = async |sql: &'static str| {
        let admin = Db::open(&admin, 2).await.expect("the server lets us in");
        admin.begin_single().await.unwrap().rows(sql, vec![]).await.expect("the server obeys");
        admin.close().await;
    };
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
      where pid <> pg_backend_pid() and application_name = 'conserje'";
    order("alter database postgres set default_transaction_read_only = on").await;
    order(cut).await;
    let refused = until("holds are refused", PATIENCE, async || {
        let answer = hold(&desk, &wish(&cabin, 10, 1, 1)).await;
        (answer.status != 201).then_some(answer)
    })
    .await;
    assert_eq!(refused.status, 503, "{refused:?}");
    let told = until("health tells", PATIENCE, async || {
        let (status, detail) = health(&desk).await;
        (status == 503 && detail.contains("read-only")).then_some(detail)
    })
    .await;
    assert!(told.contains("keeps nothing"), "{told}");
    order("alter database postgres set default_transaction_read_only = off").await;
    order(cut).await;
    until("holds work again", PATIENCE, async || {
        (hold(&desk, &wish(&cabin, 20, 1, 2)).await.status == 201).then_some(())
    })
    .await;
    until("health is well", PATIENCE, async || (health(&desk).await.0 == 200).then_some(())).await;
}
