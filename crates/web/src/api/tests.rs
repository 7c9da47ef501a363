//! The interface through HTTP, over the record as it ships.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use super::trial::open;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap().to_str().unwrap()
    }
}

struct Site(Router);

impl Site {
    fn open() -> Self {
        Self(super::routes::<super::Open>().with_state(open()))
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }
}

#[tokio::test]
async fn every_collection_of_the_index_answers_as_json_and_as_csv_with_all_its_rows() {
    let site = Site::open();
    let index = site.get("/api/v1/").await.json();
    let collections = index["collections"].as_array().unwrap();
    assert!(collections.len() >= 20);
    for collection in collections {
        let whole = site.get(collection["json"].as_str().unwrap()).await.json();
        assert_eq!(whole["total"], collection["rows"]);
        assert_eq!(
            whole["rows"].as_array().unwrap().len() as u64,
            whole["total"].as_u64().unwrap()
        );
        assert_eq!(whole["next"], Value::Null);
        let written = site.get(collection["csv"].as_str().unwrap()).await;
        let mut reader = csv::Reader::from_reader(written.body.as_slice());
        assert_eq!(
            reader.records().map(Result::unwrap).count() as u64,
            whole["total"].as_u64().unwrap()
        );
    }
}

#[tokio::test]
async fn every_item_is_found_by_its_key_with_slashes_raw_or_encoded() {
    let site = Site::open();
    let rows = site.get("/api/v1/contributions").await.json();
    let id = rows["rows"][0]["id"].as_str().unwrap().to_owned();
    assert!(id.contains('/'), "{id}");
    let raw = site.get(&format!("/api/v1/contributions/{id}")).await;
    let encoded = site
        .get(&format!("/api/v1/contributions/{}", id.replace('/', "%2F")))
        .await;
    assert_eq!(raw.status, StatusCode::OK);
    assert_eq!(raw.body, encoded.body);
    assert_eq!(raw.json()["row"], rows["rows"][0]);
}

#[tokio::test]
async fn pages_add_up_to_the_whole() {
    let site = Site::open();
    let whole = site.get("/api/v1/meetings").await.json();
    let mut rows = Vec::new();
    let mut next = Some("/api/v1/meetings?limit=7".to_owned());
    while let Some(path) = next {
        let page = site.get(&path).await.json();
        rows.extend(page["rows"].as_array().unwrap().clone());
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(Value::Array(rows), whole["rows"]);
    let csv = site.get("/api/v1/meetings.csv?limit=2&offset=1").await;
    let mut reader = csv::Reader::from_reader(csv.body.as_slice());
    let ids: Vec<String> = reader
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect();
    assert_eq!(
        ids,
        [&whole["rows"][1]["id"], &whole["rows"][2]["id"]]
            .map(|id| id.as_str().unwrap().to_owned())
    );
}

#[tokio::test]
async fn what_cannot_be_answered_says_why_in_the_readers_language() {
    let site = Site::open();
    for (path, status, code) in [
        ("/api/v1/nothing", 404, "unknown-collection"),
        ("/api/v1/nothing.csv", 404, "unknown-collection"),
        ("/api/v1/members/nobody", 404, "unknown-item"),
        ("/api/v1/members?page=2", 400, "unknown-parameter"),
        ("/api/v1/members/nobody?limit=2", 400, "unknown-parameter"),
        ("/api/v1/?on=2005-06-30", 400, "unknown-parameter"),
        ("/api/v1/members?limit=1&limit=2", 400, "repeated-parameter"),
        ("/api/v1/members?limit=0", 400, "unreadable-parameter"),
        ("/api/v1/members?limit=10001", 400, "unreadable-parameter"),
        ("/api/v1/members?limit=-1", 400, "unreadable-parameter"),
        ("/api/v1/members?offset=x", 400, "unreadable-parameter"),
        ("/api/v1/members?on=2005", 400, "unreadable-parameter"),
        ("/api/v1/members?lang=fr", 400, "unreadable-parameter"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        assert_eq!(answer.header("content-language"), "es", "{path}");
        let problem = answer.json();
        assert_eq!(problem["type"], format!("/api/v1/#{code}"), "{path}");
        assert_eq!(problem["title"], problem["title_es"], "{path}");
        assert_eq!(problem["status"], status, "{path}");
    }
    let english = site.get("/api/v1/members?limit=0&lang=en").await;
    assert_eq!(
        english.json()["detail"],
        "“limit” is “0”; expected was a whole number from 1 to 10000."
    );
    let asked = site
        .ask("GET", "/api/v1/nothing", &[("accept-language", "en-GB")])
        .await;
    assert_eq!(asked.json()["title"], "There is no such collection");
}

#[tokio::test]
async fn answers_are_open_to_every_origin_and_sent_once() {
    let site = Site::open();
    let first = site.get("/api/v1/members").await;
    assert_eq!(first.header("access-control-allow-origin"), "*");
    assert_eq!(first.header("cache-control"), "public, max-age=300");
    let tag = first.header("etag").to_owned();
    let again = site
        .ask("GET", "/api/v1/members", &[("if-none-match", &tag)])
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    let head = site.ask("HEAD", "/api/v1/members", &[]).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("etag"), tag);
    assert_eq!(
        site.get("/api/v1/nothing")
            .await
            .header("access-control-allow-origin"),
        "*"
    );
}

#[tokio::test]
async fn csv_comes_by_suffix_or_by_preference_under_its_name() {
    let site = Site::open();
    let by_suffix = site.get("/api/v1/fora.csv").await;
    let by_preference = site
        .ask("GET", "/api/v1/fora", &[("accept", "text/csv")])
        .await;
    assert_eq!(by_suffix.body, by_preference.body);
    assert_eq!(
        by_suffix.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    assert_eq!(
        by_suffix.header("content-disposition"),
        "attachment; filename=\"fora.csv\""
    );
    assert_eq!(by_suffix.headers.get_all("vary").iter().count(), 1);
}

/// The record holds no text that CSV must change, so that what is loaded from it is what is held.
#[tokio::test]
async fn no_text_of_the_record_is_changed_in_csv() {
    let site = Site::open();
    let index = site.get("/api/v1/").await.json();
    for collection in index["collections"].as_array().unwrap() {
        let written = site.get(collection["csv"].as_str().unwrap()).await;
        let mut reader = csv::Reader::from_reader(written.body.as_slice());
        for row in reader.records() {
            let row = row.unwrap();
            assert!(
                row.iter()
                    .all(|cell| !cell.starts_with(['\'', '=', '+', '-', '@', '\t'])),
                "{row:?}"
            );
        }
    }
}

#[tokio::test]
async fn the_package_describes_every_csv_column_by_column() {
    let site = Site::open();
    let package = site.get("/api/v1/datapackage.json").await.json();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(
        resources.len(),
        site.get("/api/v1").await.json()["collections"]
            .as_array()
            .unwrap()
            .len()
    );
    for resource in resources {
        let written = site
            .get(&format!("/api/v1/{}", resource["path"].as_str().unwrap()))
            .await;
        let mut reader = csv::Reader::from_reader(written.body.as_slice());
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let named: Vec<&str> = fields
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(header, named);
    }
}

#[tokio::test]
async fn the_interface_description_names_every_address_and_every_field() {
    let site = Site::open();
    let described = site.get("/api/v1/openapi.json").await.json();
    assert_eq!(described["openapi"], "3.1.0");
    let index = site.get("/api/v1/").await.json();
    for collection in index["collections"].as_array().unwrap() {
        let name = collection["name"].as_str().unwrap();
        for path in [
            format!("/{name}"),
            format!("/{name}.csv"),
            format!("/{name}/{{id}}"),
        ] {
            assert!(described["paths"][&path].is_object(), "{path}");
        }
        let whole = site.get(&format!("/api/v1/{name}")).await.json();
        let Some(row) = whole["rows"].get(0) else {
            continue;
        };
        let known = &described["components"]["schemas"][name]["properties"];
        for field in row.as_object().unwrap().keys() {
            assert!(known[field].is_object(), "{name}.{field}");
        }
    }
}

#[tokio::test]
async fn on_a_past_day_only_what_had_begun_is_given() {
    let site = Site::open();
    let then = site.get("/api/v1/meetings?on=2000-12-31").await.json();
    let now = site.get("/api/v1/meetings").await.json();
    assert_eq!(then["on"], "2000-12-31");
    assert!(then["total"].as_u64().unwrap() > 0);
    assert!(then["total"].as_u64().unwrap() < now["total"].as_u64().unwrap());
    for row in then["rows"].as_array().unwrap() {
        assert!(row["date"].as_str().unwrap() < "2001", "{row}");
    }
}

/// Neither the place of an act in the register nor its number is given away.
#[tokio::test]
async fn acts_are_named_by_id_and_never_by_place() {
    let site = Site::open();
    let acts = site.get("/api/v1/acts?limit=1").await.json();
    let act = acts["rows"][0].as_object().unwrap();
    assert!(!act.contains_key("position") && !act.contains_key("order"));
    let id = act["id"].as_str().unwrap();
    assert_eq!(
        site.get(&format!("/api/v1/acts/{id}")).await.json()["row"]["id"],
        id
    );
}
