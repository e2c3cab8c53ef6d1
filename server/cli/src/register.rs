//! Lints and compares registers without a server; imports and publishes them with a data folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use samtycke_core::id::{NoticeHash, TenantId};
use samtycke_core::register::{Register, RegisterErrors, Severity, diff as compare, rust};
use serde_json::json;

use super::call::{Body, Call, Key};
use super::control::{tenant, with};
use super::difference::difference;
use super::{CommandResult, FAILED, Failure, wait};
use samtycke_server::app::App;
use samtycke_server::config::Config;
use samtycke_server::register::{self, Publishing};
use samtycke_server::tenant::Role;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
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
    /// Lint a register, compare it with the live register and the draft, and store it as the draft.
    Import {
        /// The register, in TOML.
        file: PathBuf,
        /// The tenant that it belongs to; default: the register's own `id`.
        #[arg(long)]
        tenant: Option<TenantId>,
    },
    /// Make the draft the live register. Checks use it from then on.
    Publish {
        /// The tenant's short name.
        tenant: TenantId,
        /// Make this older version live again instead.
        #[arg(long)]
        version: Option<u64>,
        /// Publish this stored notice with it, so that no site asks an outdated question. Repeat it for each site.
        #[arg(long = "notice", value_name = "HASH")]
        notices: Vec<NoticeHash>,
        /// Publish although a live notice asks about a purpose that the register changes. No site asks about that
        /// purpose until it shows a new notice.
        #[arg(long)]
        unasked: bool,
    },
}

pub(super) fn run(command: Command, config: &dyn Fn() -> Result<Config, Failure>) -> CommandResult {
    match command {
        Command::Lint { files, strict } => Ok(lint(&files, strict)),
        Command::Diff { old, new } => {
            out!("{}", compare(&read(&old)?.1, &read(&new)?.1));
            Ok(ExitCode::SUCCESS)
        }
        Command::Rust { file, names, check } => types(&file, names, check.as_deref()),
        Command::Import { file, tenant } => wait(import(config()?, &file, tenant)),
        Command::Publish {
            tenant,
            version,
            notices,
            unasked,
        } => {
            let wanted = Publishing {
                version,
                notices,
                unasked,
            };
            wait(publish(config()?, &tenant, &wanted))
        }
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
    let in_lines = |errors: RegisterErrors| {
        let lines = errors
            .0
            .iter()
            .map(|e| format!("{}:{}: {}", file.display(), e.line, e.message));
        Failure::new(lines.collect::<Vec<_>>().join("\n"))
    };
    let text = Register::text_of(bytes).map_err(in_lines)?;
    let register = Register::parse(&text).map_err(in_lines)?;
    Ok((text, register))
}

async fn import(config: Config, file: &Path, of: Option<TenantId>) -> CommandResult {
    let (text, new) = read(file)?;
    let id = of.unwrap_or_else(|| new.tenant.clone());
    let call = Call {
        method: "PUT",
        path: "/v1/register".into(),
        key: Key::Of(Role::Editor),
        body: Body::Toml(file.to_owned()),
    };
    with(config, &[call], async |app| {
        let tenant = tenant(app, &id)?;
        let before = draft_of(app, &id).await?;
        let drafted = register::draft(&app.registers, &tenant, &text).await?;
        out!("{}", new.lint_report(&file.display().to_string()));
        match &drafted.diff {
            Some(diff) => out!("\nCompared with the live register:\n{diff}"),
            None => outln!("\nNo register is live yet."),
        }
        if let Some((version, draft)) = before {
            out!(
                "\nCompared with draft {version}:\n{}",
                compare(&draft, &new)
            );
        }
        if drafted.stale_consents > 0 {
            outln!(
                "\nPublishing it makes {} live consents stale: these people must be asked again.",
                drafted.stale_consents
            );
        }
        outln!(
            "\nDraft {} of {id} is stored: {}",
            drafted.version,
            drafted.hash
        );
        outln!("To make it live: samtycke register publish {id}");
        Ok(ExitCode::SUCCESS)
    })
    .await
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

async fn publish(config: Config, id: &TenantId, wanted: &Publishing) -> CommandResult {
    let mut body = json!({});
    if let Some(version) = wanted.version {
        body["version"] = json!(version);
    }
    if !wanted.notices.is_empty() {
        body["notices"] = json!(wanted.notices);
    }
    if wanted.unasked {
        body["unasked"] = json!(true);
    }
    let call = Call::post("/v1/register/publish", Key::Of(Role::Publisher), body);
    with(config, &[call], async |app| {
        let tenant_now = tenant(app, id)?;
        let published = register::publish_with(&app.registers, &tenant_now, wanted, None).await?;
        outln!(
            "Version {} of {id}'s register is live: {}, leaf {}",
            published.version,
            published.hash,
            published.index
        );
        for (purpose, class) in &published.classes {
            outln!("  {purpose}: {}", class.as_str());
        }
        let tenant = tenant(app, id)?;
        let live = tenant.register.as_ref().map(|live| &live.register);
        for (purpose, codes) in live.into_iter().flat_map(Register::incomplete) {
            outln!(
                "  {purpose} is incomplete, and its checks deny: {}",
                codes.join(", ")
            );
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}
