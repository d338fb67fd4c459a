//! The exercise of `docs/adding-a-page.md`: a handler, a template, its words, one route.

use std::sync::{Arc, LazyLock};

use app::config::Config;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Path, State},
    http::{Request, StatusCode, header},
    response::Html,
    routing::get,
};
use kernel::App;
use serde_json::json;
use testkit::{TestApp, TestDb};
use tower::ServiceExt as _;
use web::{
    Problem,
    render_templates::{Pages, TEMPLATES, WORDS},
};

// --- the template, and its words -------------------------------------------------------------------------------------

const GARDEN: &str = r#"{% extends "base.html" %}
{% block title %}{{ t.garden }}{% endblock %}
{% block body %}
<h1>{{ t.garden }}</h1>
<p>{{ plant }}: {{ t.watered }} {{ hours }} h</p>
{% endblock %}
"#;

const GARDEN_WORDS: [(&str, &str); 3] = [
    ("es", "garden = \"El jardín\"\nwatered = \"regada hace\""),
    ("pt", "garden = \"O jardim\"\nwatered = \"regada há\""),
    ("en", "garden = \"The garden\"\nwatered = \"watered since\""),
];

static PAGES: LazyLock<Pages> = LazyLock::new(|| {
    let words = GARDEN_WORDS.iter().fold(WORDS.to_owned(), |words, (language, more)| {
        words.replace(&format!("[{language}]\n"), &format!("[{language}]\n{more}\n"))
    });
    let templates: Vec<_> = TEMPLATES.iter().copied().chain([("garden.html", GARDEN)]).collect();
    Pages::new(&templates, &words).expect("the template and its words can be read")
});

// --- the handler -----------------------------------------------------------------------------------------------------

async fn show_garden(
    State(app): State<Arc<App>>,
    Path(plant): Path<String>,
) -> Result<Html<String>, Problem> {
    if plant != "basil" {
        return Err(Problem::not_found("there is no such plant"));
    }
    Ok(PAGES.render(&app, "garden.html", json!({ "plant": plant, "hours": 3 })))
}

// --- the route -------------------------------------------------------------------------------------------------------

fn garden() -> Router<Arc<App>> {
    Router::new().route("/garden/{plant}", get(show_garden))
}

struct Answer {
    status: StatusCode,
    request_id: String,
    text: String,
}

/// What a browser gets from a desk whose property speaks `locale`.
async fn ask(locale: &str, path: &str) -> Answer {
    let speaking = |config: &mut Config| locale.clone_into(&mut config.property.locale);
    let test = TestApp::start_with(TestDb::sqlite().await, speaking).await;
    let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
    let answer = web::router_with(Arc::clone(&test.app), garden()).oneshot(request).await.unwrap();
    let status = answer.status();
    let request_id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let text = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    test.finish().await;
    Answer { status, request_id, text: String::from_utf8(text.to_vec()).unwrap() }
}

#[tokio::test]
async fn a_page_is_a_handler_a_template_its_words_and_one_route() {
    for (locale, title, said) in [
        ("es-AR", "El jardín", "basil: regada hace 3 h"),
        ("pt-BR", "O jardim", "basil: regada há 3 h"),
        ("en", "The garden", "basil: watered since 3 h"),
    ] {
        let page = ask(locale, "/garden/basil").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(title) && page.text.contains(said), "{}", page.text);
        assert!(page.text.starts_with("<!doctype html>") && page.text.contains("<main>"), "it has the shell");
    }
}

/// What every page has without a line of its own: an id, and refusals that a person can read.
#[tokio::test]
async fn it_passes_through_what_every_request_passes_through() {
    let refused = ask("en", "/garden/oak").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(refused.text.contains("<html") && refused.text.contains(&refused.request_id), "{}", refused.text);
}

#[test]
fn a_word_that_is_missing_in_one_language_is_found_at_once() {
    let data = json!({ "plant": "basil", "hours": 3 });
    for language in ["es", "pt", "en"] {
        assert!(PAGES.render_in(language, "Lomas", "garden.html", &data).is_ok());
    }
    let without: Vec<_> = TEMPLATES.iter().copied().chain([("garden.html", GARDEN)]).collect();
    let pages = Pages::new(&without, WORDS).expect("the template can be read");
    assert!(pages.render_in("es", "Lomas", "garden.html", &data).is_err());
}
