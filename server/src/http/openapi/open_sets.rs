//! The words of responses as open sets.
//!
//! States, reasons, outcomes, problems and other words grow over time. A client that was generated from an older
//! document must parse a response with a newer word and treat it as a denial. So where a response contains one of the
//! document's words, its schema is `anyOf: [the known words, any string]`.
//!
//! Generators handle this form well; most ignore an extension such as `x-extensible-enum`. openapi-typescript makes a
//! union of the literals and `string`; the literals are a type of their own to switch on. openapi-python-client makes
//! the enum or, for any other word, a plain string. For a closed enum the first makes types that become wrong, and the
//! second raises an exception while it parses a response.
//!
//! Requests keep the closed enum: the server rejects any other word.

use std::collections::BTreeSet;

use utoipa::Modify;
use utoipa::openapi::response::Responses;
use utoipa::openapi::schema::{
    AdditionalProperties, AnyOfBuilder, ArrayItems, Components, ObjectBuilder, Schema, Type,
};
use utoipa::openapi::{OpenApi, RefOr};

use super::operations;

/// Opens every set of words that a response contains, schemas shared with requests included.
pub(super) struct OpenSets;

impl Modify for OpenSets {
    fn modify(&self, api: &mut OpenApi) {
        let mut components = api.components.take().unwrap_or_default();
        let words = words(&components);
        let mut opened = BTreeSet::new();
        let mut reached = Vec::new();
        for item in api.paths.paths.values_mut() {
            for operation in operations(item) {
                open_responses(&mut operation.responses, &words, &mut reached);
            }
        }
        for response in components.responses.values_mut() {
            open_response(response, &words, &mut reached);
        }
        while let Some(name) = reached.pop() {
            if words.contains(&name) || !opened.insert(name.clone()) {
                continue;
            }
            if let Some(schema) = components.schemas.get_mut(&name) {
                open(schema, &words, &mut reached);
            }
        }
        api.components = Some(components);
    }
}

/// The names of the types that are a set of words. A single word is a constant, such as a format's version.
fn words(components: &Components) -> BTreeSet<String> {
    let is_set = |schema: &RefOr<Schema>| match schema {
        RefOr::T(Schema::Object(object)) => {
            object.enum_values.as_ref().is_some_and(|v| v.len() > 1)
        }
        _ => false,
    };
    let sets = components
        .schemas
        .iter()
        .filter(|(_, schema)| is_set(schema));
    sets.map(|(name, _)| name.clone()).collect()
}

fn open_responses(responses: &mut Responses, words: &BTreeSet<String>, reached: &mut Vec<String>) {
    for response in responses.responses.values_mut() {
        open_response(response, words, reached);
    }
}

fn open_response(
    response: &mut RefOr<utoipa::openapi::Response>,
    words: &BTreeSet<String>,
    reached: &mut Vec<String>,
) {
    let RefOr::T(response) = response else { return };
    for content in response.content.values_mut() {
        if let RefOr::T(content) = content
            && let Some(schema) = &mut content.schema
        {
            open(schema, words, reached);
        }
    }
}

/// Opens the words directly below a schema, and collects the schemas that it refers to.
fn open(schema: &mut RefOr<Schema>, words: &BTreeSet<String>, reached: &mut Vec<String>) {
    if let RefOr::Ref(to) = schema {
        let name = to.ref_location.rsplit('/').next().unwrap_or_default();
        if !words.contains(name) {
            reached.push(name.to_owned());
            return;
        }
        let description = std::mem::take(&mut to.description);
        let known = RefOr::Ref(to.clone());
        *schema = RefOr::T(any_of([known, any_string()], description));
        return;
    }
    let RefOr::T(inner) = schema else { return };
    match inner {
        Schema::Object(object) => {
            for property in object.properties.values_mut() {
                open(property, words, reached);
            }
            if let Some(AdditionalProperties::RefOr(each)) =
                object.additional_properties.as_deref_mut()
            {
                open(each, words, reached);
            }
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                open(items, words, reached);
            }
        }
        Schema::AllOf(all) => all
            .items
            .iter_mut()
            .for_each(|item| open(item, words, reached)),
        Schema::AnyOf(any) => any
            .items
            .iter_mut()
            .for_each(|item| open(item, words, reached)),
        // `oneOf [word, null]` cannot contain the open set: a known word would match twice.
        Schema::OneOf(one) => {
            let is_word = |item: &RefOr<Schema>| matches!(item, RefOr::Ref(to) if to.ref_location.rsplit('/').next().is_some_and(|n| words.contains(n)));
            if let Some(at) = one.items.iter().position(is_word) {
                let mut items = std::mem::take(&mut one.items);
                let description = match &mut items[at] {
                    RefOr::Ref(to) => std::mem::take(&mut to.description),
                    RefOr::T(_) => String::new(),
                };
                items.insert(at + 1, any_string());
                *schema = RefOr::T(any_of(items, description));
            } else {
                one.items
                    .iter_mut()
                    .for_each(|item| open(item, words, reached));
            }
        }
        _ => {}
    }
}

fn any_string() -> RefOr<Schema> {
    let string = ObjectBuilder::new().schema_type(Type::String);
    RefOr::T(Schema::Object(string.build()))
}

fn any_of(items: impl IntoIterator<Item = RefOr<Schema>>, description: String) -> Schema {
    let any = items
        .into_iter()
        .fold(AnyOfBuilder::new(), AnyOfBuilder::item);
    let description = (!description.is_empty()).then_some(description);
    Schema::AnyOf(any.description(description).build())
}
