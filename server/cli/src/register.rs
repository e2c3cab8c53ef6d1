//! Lints and compares registers without data; imports and publishes them with data.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Subcommand;
use samtycke_core::id::{NoticeHash, TenantId};
use samtycke_core::register::{Register, RegisterErrors, Severity, diff as compare, rust};
use serde::{Deserialize, Serialize};

use super::console::Console;
use super::difference::difference;
use super::{CommandResult, FAILED, Failure, data};
use samtycke_server::app::App;
use samtycke_server::register::{self, Publishing};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(flatten)]
    Files(Files),
    /// Lint a register, compare it with the live register and the draft, and store it as the draft.
    Import {
        /// The register, in TOML.
        file: PathBuf,
        /// The tenant that it belongs to; default: the register's own `id`.
        #[arg(long)]
        tenant: Option<TenantId>,
    },
    /// Make the draft the live register. Checks use it from then on.
    Publish(Publish),
}

/// The commands that need files and no data.
#[derive(Debug, Subcommand)]
pub(super) enum Files {
    /// List what a register leaves out or states in a way that will not hold. Exits with 1 if a file is not a register.
    ///
    /// Incomplete purposes do not fail the command: once published, their checks deny until the controller completes
    /// them. With --strict they fail it.
    Lint {
        /// Registers, in TOML.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Also exit with 1 if a purpose is incomplete.
        #[arg(long)]
        strict: bool,
    },
    /// Compare two registers, and classify each change.
    Diff {
        /// The old register.
        old: PathBuf,
        /// The new register.
        new: PathBuf,
    },
    /// Print a register's purposes as Rust types, for programs that use the crate `samtycke`.
    ///
    /// The crate `samtycke-build` generates the same types at build time. With --check, the command prints nothing if
    /// the file matches; otherwise it prints the difference and exits with 1.
    Rust {
        /// The register, in TOML.
        file: PathBuf,
        /// Give a purpose's type a name other than the one made from its id.
        #[arg(long = "name", value_name = "ID=NAME", value_parser = name)]
        names: Vec<(String, String)>,
        /// Compare with this source file instead of printing.
        #[arg(long, value_name = "PATH")]
        check: Option<PathBuf>,
    },
}

pub(super) fn run(command: Files) -> CommandResult {
    match command {
        Files::Lint { files, strict } => Ok(lint(&files, strict)),
        Files::Diff { old, new } => {
            out!("{}", compare(&read(&old)?.1, &read(&new)?.1));
            Ok(ExitCode::SUCCESS)
        }
        Files::Rust { file, names, check } => types(&file, names, check.as_deref()),
    }
}

fn lint(files: &[PathBuf], strict: bool) -> ExitCode {
    let mut bad = false;
    for (i, file) in files.iter().enumerate() {
        if i > 0 {
            outln!();
        }
        match read(file) {
            Ok((_, register)) => {
                out!("{}", register.lint_report(&file.display().to_string()));
                bad |= strict
                    && register
                        .lints
                        .iter()
                        .any(|l| l.code.severity() == Severity::Error);
            }
            Err(failure) => {
                errln!("{failure}");
                bad = true;
            }
        }
    }
    if bad {
        ExitCode::from(FAILED)
    } else {
        ExitCode::SUCCESS
    }
}

fn name(argument: &str) -> Result<(String, String), &'static str> {
    let (id, name) = argument.split_once('=').ok_or("is not ID=NAME")?;
    Ok((id.to_owned(), name.to_owned()))
}

fn types(file: &Path, names: Vec<(String, String)>, check: Option<&Path>) -> CommandResult {
    let (_, register) = read(file)?;
    let names = names.into_iter().collect();
    let source = rust::source(&register, &names).map_err(|errors| {
        let lines = errors.0.iter();
        let lines = lines.map(|e| format!("{}: {e}, with --name ID=NAME", file.display()));
        Failure::new(lines.collect::<Vec<_>>().join("\n"))
    })?;
    let Some(path) = check else {
        out!("{source}");
        return Ok(ExitCode::SUCCESS);
    };
    let kept = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    let difference = difference(&kept, &source);
    if difference.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    outln!(
        "{} does not match {} (- the file, + the register):",
        path.display(),
        file.display()
    );
    out!("{difference}");
    Ok(ExitCode::from(FAILED))
}

pub(super) fn read(file: &Path) -> Result<(String, Register), Failure> {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
    let in_lines = |errors: RegisterErrors| in_lines(&file.display().to_string(), &errors);
    let text = Register::text_of(bytes).map_err(in_lines)?;
    let register = Register::parse(&text).map_err(in_lines)?;
    Ok((text, register))
}

/// Every fault of a register's file, with its line.
fn in_lines(file: &str, errors: &RegisterErrors) -> Failure {
    let lines = errors.0.iter();
    let lines = lines.map(|e| format!("{file}:{}: {}", e.line, e.message));
    Failure::new(lines.collect::<Vec<_>>().join("\n"))
}

/// `register import`, with the file's text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Import {
    /// The file's name, for messages.
    file: String,
    text: String,
    tenant: Option<TenantId>,
}

impl Import {
    /// Reads the file. Error: it is not a register.
    pub(super) fn of(file: &Path, tenant: Option<TenantId>) -> Result<Self, Failure> {
        let (text, _) = read(file)?;
        Ok(Self {
            file: file.display().to_string(),
            text,
            tenant,
        })
    }
}

pub(super) async fn import(
    import: Import,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let Import { file, text, tenant } = import;
    let new = Register::parse(&text).map_err(|errors| in_lines(&file, &errors))?;
    let id = tenant.unwrap_or_else(|| new.tenant.clone());
    let tenant = data::tenant(app, &id)?;
    let before = draft_of(app, &id).await?;
    let drafted = register::draft(&app.registers, &tenant, &text).await?;
    console.text(new.lint_report(&file));
    match &drafted.diff {
        Some(diff) => console.text(format_args!("\nCompared with the live register:\n{diff}")),
        None => console.line("\nNo register is live yet."),
    }
    if let Some((version, draft)) = before {
        console.text(format_args!(
            "\nCompared with draft {version}:\n{}",
            compare(&draft, &new)
        ));
    }
    if drafted.stale_consents > 0 {
        console.line(format_args!(
            "\nPublishing it makes {} live consents stale: these people must be asked again.",
            drafted.stale_consents
        ));
    }
    console.line(format_args!(
        "\nDraft {} of {id} is stored: {}",
        drafted.version, drafted.hash
    ));
    console.line(format_args!(
        "To make it live: samtycke register publish {id}"
    ));
    Ok(())
}

/// The draft, unless it is already live.
async fn draft_of(app: &App, id: &TenantId) -> Result<Option<(u64, Register)>, Failure> {
    let (Some(draft), live) = app.store.register_head(id).await? else {
        return Ok(None);
    };
    if Some(draft) == live {
        return Ok(None);
    }
    let row = app.store.register_version(id, draft).await?;
    Ok(row.and_then(|row| Some((draft, Register::parse(&row.body).ok()?))))
}

/// Arguments of `register publish`.
#[derive(Debug, clap::Args, Serialize, Deserialize)]
pub(super) struct Publish {
    /// The tenant's short name.
    tenant: TenantId,
    /// Make this older version live again instead.
    #[arg(long)]
    version: Option<u64>,
    /// Publish this stored notice with it, so that no site asks an outdated question. Repeat it for each site.
    #[arg(long = "notice", value_name = "HASH")]
    notices: Vec<NoticeHash>,
    /// Publish although a live notice asks about a purpose that the register changes. No site asks about that purpose
    /// until it shows a new notice.
    #[arg(long)]
    unasked: bool,
}

pub(super) async fn publish(
    publish: Publish,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let id = publish.tenant;
    let wanted = Publishing {
        version: publish.version,
        notices: publish.notices,
        unasked: publish.unasked,
    };
    let tenant = data::tenant(app, &id)?;
    let published = register::publish_with(&app.registers, &tenant, &wanted, None).await?;
    console.line(format_args!(
        "Version {} of {id}'s register is live: {}, leaf {}",
        published.version, published.hash, published.index
    ));
    for (purpose, class) in &published.classes {
        console.line(format_args!("  {purpose}: {}", class.as_str()));
    }
    let tenant = data::tenant(app, &id)?;
    let live = tenant.register.as_ref().map(|live| &live.register);
    for (purpose, codes) in live.into_iter().flat_map(Register::incomplete) {
        console.line(format_args!(
            "  {purpose} is incomplete, and its checks deny: {}",
            codes.join(", ")
        ));
    }
    Ok(())
}
