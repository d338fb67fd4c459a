//! Every command explains itself with an example.

use crate::support::{run_command::run, temp_folder::Folder};

/// Commands are found in the help itself, so that a new one is looked at without being named here.
#[tokio::test(flavor = "multi_thread")]
async fn the_help_of_every_command_shows_an_example() {
    let folder = Folder::new();
    let mut paths = vec![Vec::<String>::new()];
    let mut seen = Vec::new();
    while let Some(path) = paths.pop() {
        let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        arguments.push("--help");
        let ended = run(folder.path(), &[], &arguments).await;
        let name = path.join(" ");
        assert_eq!(ended.code, Some(0), "{name} --help: {}", ended.errors);
        assert!(ended.out.contains("Example:\n"), "no example in `conserje {name} --help`:\n{}", ended.out);
        paths.extend(commands(&ended.out).into_iter().map(|command| [path.clone(), vec![command]].concat()));
        seen.push(name);
    }
    for known in ["serve", "migrate", "openapi", "dialog read"] {
        assert!(seen.iter().any(|name| name == known), "{known} is not in the help: {seen:?}");
    }
    let has_demo = seen.iter().any(|name| name == "demo");
    assert_eq!(has_demo, cfg!(feature = "demo"), "the help tells of the demo where there is one: {seen:?}");
}

/// The names below "Commands:", without `help` itself.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| line.starts_with("  "));
    // A long description goes on in a line that is indented further.
    let names =
        listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}
