//! Three cabins to play with, kept between starts.

use std::{
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use serde_json::Value;
use tokio::process::Child;

use crate::support::{
    api_client::Http,
    free_port,
    holds::{HOLDS, in_days, wish},
    run_command::{PATIENCE, command, run},
    signal,
    temp_folder::Folder,
    wait_until::{until_true, within},
};

struct Demo {
    child: Child,
    http: Http,
}

impl Demo {
    async fn start(folder: &Path, port: u16, extra: &[&str]) -> Self {
        let port_text = port.to_string();
        let arguments = [&["demo", "--port", &port_text], extra].concat();
        let mut command = command(folder, &[], &arguments);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let demo = Self {
            child: child.expect("the program can be started"),
            http: Http::new(format!("http://localhost:{port}")),
        };
        until_true("the demo is open", PATIENCE, async || {
            let asked = demo.http.try_send(reqwest::Method::GET, "/api/v1/readyz", None, &[], None);
            asked.await.is_ok_and(|answer| answer.status == 200)
        })
        .await;
        demo
    }

    async fn stop(mut self) -> ExitStatus {
        signal::send("TERM", &[self.child.id().expect("the demo runs")]);
        within("stopping", Duration::from_secs(10), self.child.wait())
            .await
            .expect("a child can be waited for")
    }

    async fn cabins(&self) -> Vec<Value> {
        let cabins = self.http.get("/api/v1/accommodations", None).await.expect(200).json();
        cabins.as_array().expect("a list").clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_survives_a_restart_and_fresh_begins_anew() {
    let (folder, port) = (Folder::new(), free_port::free());
    let demo = Demo::start(folder.path(), port, &[]).await;
    let cabins = demo.cabins().await;
    assert_eq!(cabins.len(), 3);
    let money = demo.http.get("/demo/ledger", None).await.expect(200).json();
    assert_eq!(money, serde_json::json!({ "stays": [], "stay": null }), "no money before anybody has booked");
    let page = demo.http.get("/", None).await.expect(200);
    assert!(String::from_utf8_lossy(&page.body).contains("<html"), "there is a page to look at");

    let id = cabins[0]["id"].as_str().expect("a cabin has an id");
    let held = demo.http.post(HOLDS, None, &wish(id, 200, 3, 1)).await.expect(201);
    let (path, token) = (format!("/api/v1/reservations/{}", held.text("code")), held.text("token"));
    assert_eq!(demo.stop().await.code(), Some(0));

    let demo = Demo::start(folder.path(), port, &[]).await;
    let found = demo.http.get(&path, Some(&token)).await.expect(200);
    assert_eq!((found.text("status"), found.text("check_in")), ("held".to_owned(), in_days(200).to_string()));
    assert_eq!(demo.cabins().await, cabins, "the same cabins as before");
    assert_eq!(demo.stop().await.code(), Some(0));

    let demo = Demo::start(folder.path(), port, &["--fresh"]).await;
    demo.http.get(&path, Some(&token)).await.expect(404);
    assert_eq!(demo.cabins().await.len(), 3);
    assert_eq!(demo.stop().await.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn data_that_cannot_be_read_come_with_the_remedy() {
    let (folder, port) = (Folder::new(), free_port::free());
    std::fs::create_dir(folder.join("conserje-data")).expect("the test's folder can be written");
    let file = folder.join("conserje-data").join("demo.db");
    std::fs::write(&file, "this is no database, and long enough to be taken for one")
        .expect("it can be written");
    let refused = run(folder.path(), &[], &["demo", "--port", &port.to_string()]).await;
    assert!(refused.complaint().contains("--fresh"), "{}", refused.complaint());
    let demo = Demo::start(folder.path(), port, &["--fresh"]).await;
    assert_eq!(demo.stop().await.code(), Some(0));
}

/// On another port, so that only the folder is the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_demo_in_the_same_folder_is_refused_and_touches_nothing() {
    let (folder, port) = (Folder::new(), free_port::free());
    let demo = Demo::start(folder.path(), port, &[]).await;
    let cabins = demo.cabins().await;
    for more in [&["--fresh"][..], &[]] {
        let other = free_port::free().to_string();
        let ended = run(folder.path(), &[], &[&["demo", "--port", &other], more].concat()).await;
        assert!(ended.complaint().contains("conserje-data"), "{}", ended.complaint());
        assert!(ended.complaint().contains("--data"), "the remedy: {}", ended.complaint());
    }
    assert_eq!(demo.cabins().await, cabins);
    let id = cabins[0]["id"].as_str().expect("a cabin has an id");
    demo.http.post(HOLDS, None, &wish(id, 200, 3, 1)).await.expect(201);
    assert_eq!(demo.stop().await.code(), Some(0));

    let demo = Demo::start(folder.path(), port, &["--fresh"]).await;
    assert_eq!(demo.cabins().await.len(), 3, "its end frees the folder");
    assert_eq!(demo.stop().await.code(), Some(0));
}
