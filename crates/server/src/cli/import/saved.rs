//! Mappings by their names: those that the app saved, and new ones.

use app::{
    Error,
    import::upload::{self, MappingView, SaveMapping},
    listing,
};
use import::mapping::Mapping;

use crate::cli::{Failure, Global, Opened, say};

/// The saved mapping of a name.
pub async fn find(opened: &Opened, name: &str) -> Result<Mapping, Failure> {
    let saved = all(opened).await?;
    let Some(found) = saved.iter().find(|one| one.name == name) else {
        let names: Vec<&str> = saved.iter().map(|one| one.name.as_str()).collect();
        let known = match names.as_slice() {
            [] => "None is saved yet; --save-mapping keeps one.".to_owned(),
            names => format!("Saved are: {}.", names.join(", ")),
        };
        return Err(Failure::Refused(format!(
            "There is no file {name} and no saved mapping of that name. {known}"
        )));
    };
    serde_json::from_value(found.mapping.clone()).map_err(|problem| {
        Failure::Refused(format!(
            "The saved mapping {name} cannot be used: {problem}."
        ))
    })
}

/// Refuses a name that another mapping has, before the import is done.
pub async fn refuse_taken(opened: &Opened, name: &str) -> Result<(), Failure> {
    if all(opened).await?.iter().any(|one| one.name == name.trim()) {
        return Err(Failure::Refused(format!(
            "A mapping named \"{name}\" exists. Choose another name for --save-mapping, or use that one with --mapping; nothing was imported."
        )));
    }
    Ok(())
}

/// Keeps the mapping that was used.
pub async fn keep(
    global: &Global,
    opened: &Opened,
    name: String,
    mapping: Mapping,
) -> Result<(), Failure> {
    let ask = SaveMapping { name, mapping };
    let kept = upload::save_mapping(&opened.app, &opened.actor, ask, None)
        .await
        .map_err(|error| match error {
            Error::Invalid(_) | Error::Conflict(_) => Failure::Refused(format!(
                "The file was imported, but its mapping was not kept: {}",
                Failure::App(error)
            )),
            other => Failure::App(other),
        })?;
    if global.json {
        return Ok(());
    }
    say(format!(
        "Kept the mapping; use it again with --mapping \"{}\".",
        kept.name
    ))
}

/// Every saved mapping, page by page.
async fn all(opened: &Opened) -> Result<Vec<MappingView>, Failure> {
    let mut found: Vec<MappingView> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = listing::page(Some(listing::LIMIT_MAX), cursor.as_deref())?;
        let part = upload::mappings(&opened.app, &opened.actor, &page).await?;
        found.extend(part.items);
        cursor = part.next_cursor;
        if cursor.is_none() {
            return Ok(found);
        }
    }
}
