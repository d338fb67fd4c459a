//! Lines in, readings out.

use serde_json::Value;

use crate::support::{folder::Folder, program::run_with_input};

const READ: [&str; 2] = ["dialog", "read"];

#[tokio::test(flavor = "multi_thread")]
async fn each_line_is_read_and_answered_in_order() {
    let input = concat!(
        r#"{"id":"a","today":"2026-11-22","locale":"es-AR","text":"del 5 al 8 de enero para 4"}"#,
        "\n\n",
        r#"{"id":"b","today":"2026-11-22","locale":"en","text":"thanks!"}"#,
    );
    let ended = run_with_input(Folder::new().path(), &READ, input).await;
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    let lines: Vec<Value> =
        ended.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines.iter().map(|line| line["id"].as_str()).collect::<Vec<_>>(), [Some("a"), Some("b")]);
    let whole = lines[0].to_string();
    assert!(whole.contains("2027-01-05") && whole.contains("2027-01-08"), "{whole}");
}

/// What came before the wrong line was answered; the line is counted as an editor counts.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_line_is_named() {
    let good = r#"{"id":"a","today":"2026-11-22","locale":"es-AR","text":"hola"}"#;
    for wrong in
        ["hola", r#"{"id":"b"}"#, &good.replace("2026-11-22", "22/11/2026"), &good.replace("es-AR", "xx")]
    {
        let ended =
            run_with_input(Folder::new().path(), &READ, &format!("{good}\n\n{wrong}\n{good}\n")).await;
        assert!(ended.complaint().contains("line 3"), "{wrong}: {}", ended.complaint());
        assert_eq!(ended.out.lines().count(), 1, "the good line before it was answered");
    }
}
