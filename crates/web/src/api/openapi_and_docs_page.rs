//! The description of the API, and a page to read it.

use std::sync::Arc;

use axum::{Json, extract::State, response::Html};
use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

use crate::render_templates;

pub async fn get_openapi(State(document): State<Arc<OpenApi>>) -> Json<OpenApi> {
    Json((*document).clone())
}

/// A page without scripts: every call with its parameters, bodies and answers.
pub async fn show_docs(State(document): State<Arc<OpenApi>>) -> Html<String> {
    let page = render_templates::render_in("en", "Conserje", "docs.html", data(&document));
    Html(page.unwrap_or_else(|error| {
        tracing::error!(%error, "the page of the API could not be rendered");
        "<!doctype html><p>See /api/v1/openapi.json</p>".to_owned()
    }))
}

/// What the template shows: calls by tag, schemas by name.
pub fn data(document: &OpenApi) -> Value {
    let document = serde_json::to_value(document).unwrap_or_default();
    let empty = serde_json::Map::new();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    let calls: Vec<Value> = paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().cloned().unwrap_or_default();
            methods.into_iter().map(move |(method, call)| {
                json!({
                    "method": method.to_uppercase(),
                    "path": path,
                    "summary": call["summary"],
                    "id": call["operationId"],
                    "parameters": call["parameters"].as_array().cloned().unwrap_or_default(),
                    "body": schema_name(&call["requestBody"]["content"]["application/json"]["schema"]),
                    "staff": call["security"].as_array().is_some_and(|s| !s.is_empty()),
                    "answers": answers(&call["responses"]),
                })
            })
        })
        .collect();
    let schemas = document["components"]["schemas"].clone();
    json!({ "title": document["info"]["title"], "description": document["info"]["description"], "calls": calls,
        "schemas": schemas.as_object().cloned().unwrap_or_default() })
}

fn answers(responses: &Value) -> Vec<Value> {
    let responses = responses.as_object().cloned().unwrap_or_default();
    let answer = |(status, response): (String, Value)| json!({ "status": status, "schema": schema_name(&response["content"]["application/json"]["schema"]) });
    responses.into_iter().map(answer).collect()
}

fn schema_name(schema: &Value) -> String {
    let direct = schema["$ref"].as_str().or(schema["items"]["$ref"].as_str());
    let within = schema["oneOf"].as_array().and_then(|all| all.iter().find_map(|one| one["$ref"].as_str()));
    direct.or(within).and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned()
}
