//! People who work here, and keys of programs.

use domain::staff::{Id, Role, Scope, Scopes};
use jiff::SignedDuration;
use store::{
    api_key::{self, ApiKey},
    staff::{self, Person},
};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

#[tokio::test]
async fn people_are_kept_with_their_roles() {
    TestDb::each(async |db| {
        let person = |random, name: &str, role, active| Person {
            id: Id::from_random(random),
            name: name.to_owned(),
            role,
            active,
        };
        let owner = person(7, "Owner", Role::Owner, true);
        let cleaner = person(8, "Cleaner", Role::Cleaner, false);
        for one in [&owner, &cleaner] {
            db.commit(async |session| staff::create(session, one, now()).await).await;
        }
        assert_eq!(staff::find(&mut db.read().await, owner.id).await.unwrap().as_ref(), Some(&owner));
        assert_eq!(staff::find(&mut db.read().await, Id::from_random(9)).await.unwrap(), None);
        assert_eq!(staff::list(&mut db.read().await).await.unwrap(), [cleaner, owner]);
    })
    .await;
}

#[tokio::test]
async fn a_key_opens_until_it_ends_or_is_revoked() {
    TestDb::each(async |db| {
        let key = |random, hash: &str, expires_at| ApiKey {
            id: Id::from_random(random),
            name: "accountant".to_owned(),
            hash: hash.to_owned(),
            scopes: Scopes::of(&[Scope::Read, Scope::Money]),
            created_at: now(),
            expires_at,
            revoked_at: None,
            last_used_at: None,
        };
        let day = SignedDuration::from_hours(24);
        let (lasting, ending) = (key(1, "a", None), key(2, "b", Some(now() + day)));
        for one in [&lasting, &ending] {
            db.commit(async |session| api_key::create(session, one).await).await;
        }
        let find = async |hash: &str| api_key::find_by_hash(&mut db.read().await, hash).await.unwrap();
        assert_eq!(find("a").await, Some(lasting.clone()));
        assert_eq!(find("c").await, None);
        assert!(ending.is_valid(now()) && !ending.is_valid(now() + day));

        db.commit(async |session| api_key::mark_used(session, lasting.id, now() + day).await).await;
        let revoke = async |id| db.commit(async |session| api_key::revoke(session, id, now()).await).await;
        assert!(revoke(ending.id).await);
        assert!(!revoke(ending.id).await, "once");
        assert!(!revoke(Id::from_random(3)).await);
        let used = ApiKey { last_used_at: Some(now() + day), ..lasting };
        let revoked = ApiKey { revoked_at: Some(now()), ..ending };
        assert!(!revoked.is_valid(now()));
        assert_eq!(api_key::list(&mut db.read().await).await.unwrap(), [used, revoked]);
    })
    .await;
}
