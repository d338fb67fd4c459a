//! Pages from templates: one engine, strict about names, with the words of three languages beside them.

use std::sync::LazyLock;

use axum::response::Html;
use kernel::App;
use minijinja::{Environment, UndefinedBehavior, Value, value::Serde};
use serde::Serialize;

use crate::problem::Problem;

/// Every template, by name. A test renders each with samples in each language.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../../../templates/base.html")),
    ("problem.html", include_str!("../../../templates/problem.html")),
    ("stay.html", include_str!("../../../templates/stay.html")),
    ("pay_choice.html", include_str!("../../../templates/pay_choice.html")),
    ("pay_wait.html", include_str!("../../../templates/pay_wait.html")),
    ("receipt.html", include_str!("../../../templates/receipt.html")),
    ("docs.html", include_str!("../../../templates/docs.html")),
];

/// Their words, by language.
pub const WORDS: &str = include_str!("../../../locales/pages.toml");

static PAGES: LazyLock<Pages> =
    LazyLock::new(|| Pages::new(TEMPLATES, WORDS).expect("a test renders every template in every language"));

/// Templates, and the words that they speak with.
pub struct Pages {
    engine: Environment<'static>,
    words: toml::Table,
}

/// Why pages cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PagesError {
    #[error("a template cannot be read")]
    Template(#[from] minijinja::Error),
    #[error("the words of the pages cannot be read")]
    Words(#[from] toml::de::Error),
}

impl Pages {
    /// `words` is TOML with a table for each language.
    ///
    /// # Errors
    /// For a template or words that cannot be read.
    pub fn new(templates: &[(&'static str, &'static str)], words: &str) -> Result<Self, PagesError> {
        let mut engine = Environment::new();
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, text) in templates {
            engine.add_template(name, text)?;
        }
        Ok(Self { engine, words: words.parse()? })
    }

    /// A page in the property's language.
    pub fn render(&self, app: &App, template: &str, data: impl Serialize) -> Html<String> {
        let language = match app.property.locale.language() {
            dialog::Language::Es => "es",
            dialog::Language::Pt => "pt",
            dialog::Language::En => "en",
        };
        match self.render_in(language, &app.property.name, template, data) {
            Ok(page) => Html(page),
            Err(error) => {
                tracing::error!(template, %error, "a page could not be rendered");
                Html("<!doctype html><title>500</title><p>500</p>".to_owned())
            }
        }
    }

    /// The same in a language that is named.
    ///
    /// # Errors
    /// For a name that the template asks for and neither the data nor the words have.
    pub fn render_in(
        &self,
        language: &str,
        property: &str,
        template: &str,
        data: impl Serialize,
    ) -> Result<String, minijinja::Error> {
        let words = self.words.get(language).map_or(Value::UNDEFINED, |words| Value::from(Serde(words)));
        let context = minijinja::context! {
            t => words,
            language => language,
            property => property,
            ..Value::from(Serde(data))
        };
        self.engine.get_template(template)?.render(context)
    }
}

/// A page in the property's language.
pub fn render(app: &App, template: &str, data: impl Serialize) -> Html<String> {
    PAGES.render(app, template, data)
}

/// The same, for tests that render every page in every language.
///
/// # Errors
/// For a name that the template asks for and neither the data nor the words have.
pub fn render_in(
    language: &str,
    property: &str,
    template: &str,
    data: impl Serialize,
) -> Result<String, minijinja::Error> {
    PAGES.render_in(language, property, template, data)
}

/// A refusal for a person: in their language, without the words that programs get.
pub fn problem(app: &App, problem: &Problem, request_id: &str) -> Html<String> {
    #[derive(Serialize)]
    struct Data<'a> {
        status: u16,
        kind: &'static str,
        request_id: &'a str,
    }
    let kind = match problem.status.as_u16() {
        404 | 410 => "missing",
        429 => "too_many",
        503 => "unavailable",
        500.. => "internal",
        _ => "other",
    };
    render(app, "problem.html", Data { status: problem.status.as_u16(), kind, request_id })
}
