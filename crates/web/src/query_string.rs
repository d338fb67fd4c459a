//! The query of an address, decoded, for what no struct describes: names with dots, values that may come twice.

use axum::{extract, http::Uri};

/// It may hold tokens: it is never printed.
#[derive(Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// What cannot be read is not there.
    pub fn of(uri: &Uri) -> Self {
        let pairs = extract::Query::<Vec<(String, String)>>::try_from_uri(uri);
        pairs.map_or_else(|_| Self::default(), |extract::Query(pairs)| Self(pairs))
    }

    /// The first value under `key` that is not empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(name, _)| name == key).map(|(_, value)| value.as_str());
        values.find(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_and_the_first_value_that_is_one_counts() {
        let get = |uri: &'static str, key| {
            let query = Query::of(&Uri::from_static(uri));
            query.get(key).map(str::to_owned)
        };
        assert_eq!(
            get("/?hub.mode=subscribe&hub.challenge=1%2B1+x", "hub.challenge").as_deref(),
            Some("1+1 x")
        );
        assert_eq!(get("/?hub%2Emode=subscribe", "hub.mode").as_deref(), Some("subscribe"));
        assert_eq!(get("/?token=&token=a&token=b", "token").as_deref(), Some("a"));
        assert_eq!(get("/?xtoken=a&to=token%3Db", "token"), None);
        assert_eq!(get("/?token=", "token"), None);
        assert_eq!(get("/", "token"), None);
        // Bytes that are no text do not hide what is.
        assert_eq!(get("/?a=%ff&token=b", "token").as_deref(), Some("b"));
    }
}
