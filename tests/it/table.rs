//! The table of docs/decisions.md section 4, row by row, through the API. A test is named after its row, and each of its
//! checks must be answered by that row. `every_row_is_tested` holds this against the page.

mod consent;
mod contract;
mod gates;
pub(crate) mod grant;
mod guardian;
mod interest;
mod page;
mod register;
mod subject;

use serde_json::{Value, json};

use crate::scenarios::story::{Story, joined};

/// An adult, where a purpose asks for the age.
async fn adult(story: &Story<'_>) -> String {
    let subject = story.world.subject();
    band(story, &subject, "adult", None).await;
    subject
}

async fn band(story: &Story<'_>, subject: &str, band: &str, until: Option<String>) {
    let mut data = json!({"band": band, "verification": "eid"});
    if let Some(until) = until {
        data["until"] = until.into();
    }
    let set = story.event(subject, "age.band_set", data).await;
    story.outcome(&format!("the band {band}"), &set, "effective");
}

impl Story<'_> {
    /// The check must be answered by this row, such as `12b`.
    async fn row(
        &self,
        row: &str,
        subject: &str,
        purpose: &str,
        more: Value,
        verdict: &str,
    ) -> Value {
        let question = joined(more, json!({"explain": true}));
        let answer = self
            .expect_of(row, subject, purpose, question, verdict)
            .await;
        let explain = &answer["explain"];
        let by = format!(
            "{}{}",
            explain["row"],
            explain["part"].as_str().unwrap_or("")
        );
        self.same(&format!("the row of {verdict}"), &by.into(), &row.into());
        answer
    }

    /// The same, and the answer passes through another row first.
    async fn through(
        &self,
        way: u8,
        row: &str,
        subject: &str,
        purpose: &str,
        more: Value,
        verdict: &str,
    ) {
        let answer = self.row(row, subject, purpose, more, verdict).await;
        let via = answer["explain"]["via"].as_array();
        let passed = via.is_some_and(|rows| rows.contains(&way.into()));
        self.same(
            &format!("through row {way}: {answer}"),
            &passed.into(),
            &true.into(),
        );
    }
}
