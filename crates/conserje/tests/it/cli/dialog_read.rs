//! `conserje dialog read`: lines in, readings out.

use serde_json::Value;

use crate::support::{run_command::run_with_input, temp_folder::Folder};

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

/// The others are answered all the same; the line is counted as an editor counts.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_line_is_named_and_stops_nothing() {
    let good = r#"{"id":"a","today":"2026-11-22","locale":"es-AR","text":"hola"}"#;
    for (wrong, id) in [
        ("hola", Value::Null),
        (r#"{"id":"b"}"#, "b".into()),
        (&good.replace("2026-11-22", "22/11/2026"), "a".into()),
        (&good.replace("es-AR", "xx"), "a".into()),
    ] {
        let input = format!("{good}\n\n{wrong}\n{good}\n");
        let ended = run_with_input(Folder::new().path(), &READ, &input).await;
        assert!(ended.complaint().contains("line 3"), "{wrong}: {}", ended.complaint());
        let lines: Vec<Value> =
            ended.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        assert_eq!(lines.len(), 3, "{}", ended.out);
        assert_eq!((&lines[1]["id"], &lines[1]["line"]), (&id, &3.into()), "{}", lines[1]);
        assert!(lines[1]["error"].is_string() && lines[0] == lines[2], "{}", ended.out);
    }
}
