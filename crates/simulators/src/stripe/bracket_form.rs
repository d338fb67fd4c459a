//! Forms with brackets, as Stripe takes its parameters.

use reqwest::Url;
use serde_json::{Map, Value};

use super::api_error::ApiError;

/// The parameters of a call as an object: `a[b][0]=c` is `{"a":{"b":{"0":"c"}}}`, and all values are text.
///
/// Stripe's calls are forms with brackets, in bodies and in queries (<https://docs.stripe.com/api>).
pub(crate) fn parse(text: &str) -> Result<Value, ApiError> {
    let mut form = Value::Object(Map::new());
    // A query is written like a form, and the parser of addresses is at hand.
    let mut url = Url::parse("form:/").map_err(|_| ApiError::invalid(None, "Invalid request"))?;
    url.set_query(Some(text));
    for (name, value) in url.query_pairs().filter(|(name, _)| !name.is_empty()) {
        let unusable = || ApiError::invalid(Some(&name), format!("Invalid parameter name: {name}"));
        let path = split(&name).ok_or_else(unusable)?;
        put(&mut form, &path, &value).ok_or_else(unusable)?;
    }
    Ok(form)
}

/// A parameter that is given and not empty.
pub(crate) fn text<'a>(form: &'a Value, name: &str) -> Option<&'a str> {
    form[name].as_str().filter(|text| !text.is_empty())
}

/// A whole number; `param` is how the error names it.
pub(crate) fn integer(form: &Value, name: &str, param: &str) -> Result<Option<i64>, ApiError> {
    let Some(text) = text(form, name) else { return Ok(None) };
    let number = text.parse().map_err(|_| {
        ApiError::invalid(Some(param), format!("Invalid integer: {text}")).coded("parameter_invalid_integer")
    })?;
    Ok(Some(number))
}

/// The members of a list in the order of their indexes.
pub(crate) fn items<'a>(form: &'a Value, name: &str) -> Vec<&'a Value> {
    let mut items: Vec<_> = form[name].as_object().into_iter().flatten().collect();
    items.sort_by_key(|(index, _)| index.parse::<usize>().unwrap_or(usize::MAX));
    items.into_iter().map(|(_, value)| value).collect()
}

/// Whether `expand[]` names this.
pub(crate) fn expands(form: &Value, name: &str) -> bool {
    items(form, "expand").into_iter().any(|given| {
        given.as_str().is_some_and(|given| given == name || given.starts_with(&format!("{name}.")))
    })
}

/// `a[b][c]` in its parts; none when the brackets do not match.
fn split(name: &str) -> Option<Vec<&str>> {
    let (first, mut rest) =
        name.split_once('[').map_or((name, ""), |(first, _)| (first, &name[first.len()..]));
    let mut parts = vec![first];
    while !rest.is_empty() {
        let (part, after) = rest.strip_prefix('[')?.split_once(']')?;
        parts.push(part);
        rest = after;
    }
    if first.is_empty() || first.contains(']') { None } else { Some(parts) }
}

fn put(form: &mut Value, path: &[&str], value: &str) -> Option<()> {
    let Some((first, rest)) = path.split_first() else {
        *form = Value::String(value.to_owned());
        return Some(());
    };
    if form.is_null() {
        *form = Value::Object(Map::new());
    }
    let members = form.as_object_mut()?;
    // `a[]` is the next one of a list.
    let name = if first.is_empty() { members.len().to_string() } else { (*first).to_owned() };
    put(members.entry(name).or_insert(Value::Null), rest, value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{expands, items, parse};

    #[test]
    fn brackets_become_members() {
        let form = parse("a=1+2%26&b[c][d]=%C3%B1&l[10][x]=z&l[2][x]=y&expand[]=p.q&expand[]=r").unwrap();
        assert_eq!(form["a"], "1 2&");
        assert_eq!(form["b"], json!({ "c": { "d": "ñ" } }));
        assert_eq!(items(&form, "l"), [&json!({ "x": "y" }), &json!({ "x": "z" })]);
        assert!(expands(&form, "p") && expands(&form, "p.q") && expands(&form, "r") && !expands(&form, "q"));
        for broken in ["a[b=1", "a]b=1", "[a]=1", "a=1&a[b]=2", "a[b]c=1"] {
            assert!(parse(broken).is_err(), "{broken}");
        }
    }
}
