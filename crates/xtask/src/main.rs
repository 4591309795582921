//! The project's own commands, as `cargo xtask COMMAND`.
//!
//! Everything they do can be done by hand with cargo and Trunk; they install what is missing first, put the steps in
//! order, and check the sum of them.

mod bench;
mod compress;
mod dist;
mod error;
mod fuzz;
mod lighthouse;
mod page;
mod project;
mod prune;
mod rings;
mod serve;
mod shorten;
mod size;
mod tidy;
mod tools;

use std::process::ExitCode;

use lexopt::Arg::{Long, Short, Value};

use crate::error::Error;
use crate::project::Project;
use crate::rings::Ring;

const HELP: &str = "\
usage: cargo xtask COMMAND

  serve [--port PORT] [--plan enterprise|essential]
                     build the page, start the backend with its data in `data/`, serve both on one address
  test [native|browser|e2e]...
                     run every test, or only those rings
  dist               build the rules' package for JavaScript into `target/npm/scope-rules`
  bench page [--smoke]
                     measure the page in Chromium, each number beside its budget; or only see that measuring works
  lighthouse         let Lighthouse judge the page; less than 100 in anything fails
  build              build the page into `dist/`, compressed files included
  size [--update]    weigh the page and compare with `docs/size.md`, or write that file
  fuzz [SECONDS]     look for inputs that the rules answer wrongly, 20 or so many seconds for each target
  tidy               check the sources' small conventions, the versions and the licences
  setup              only install what the other commands need

Each command installs the tools that it needs and does not find.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let command = parse(lexopt::Parser::from_env())?;
    if matches!(command, Command::Help) {
        println!("{HELP}");
        return Ok(());
    }
    let project = Project::find()?;
    match command {
        Command::Help => Ok(()),
        Command::Serve(options) => serve::run(&project, &options),
        Command::Test(rings) => rings::run(&project, &rings),
        Command::Bench(options) => bench::run(&project, options),
        Command::Lighthouse => lighthouse::run(&project),
        Command::Build => page::build(&project),
        Command::Dist => dist::build(&project),
        Command::Size(action) => size::run(&project, action),
        Command::Fuzz(seconds) => fuzz::run(&project, seconds),
        Command::Tidy => tidy::run(&project),
        Command::Setup => tools::ensure(&project, tools::ALL),
    }
}

/// What the command line asks for.
#[derive(Debug, PartialEq)]
enum Command {
    Help,
    Serve(serve::Options),
    Test(Vec<Ring>),
    Bench(bench::Options),
    Lighthouse,
    Build,
    Dist,
    Size(size::Action),
    Fuzz(u32),
    Tidy,
    Setup,
}

fn parse(mut args: lexopt::Parser) -> Result<Command, Error> {
    let mut command = match args.next()? {
        None | Some(Long("help") | Short('h')) => Command::Help,
        Some(Value(name)) => match name.to_string_lossy().as_ref() {
            "help" => Command::Help,
            "serve" => Command::Serve(serve::Options::default()),
            "test" => Command::Test(Vec::new()),
            "bench" => Command::Bench(bench::Options::default()),
            "lighthouse" => Command::Lighthouse,
            "build" => Command::Build,
            "dist" => Command::Dist,
            "size" => Command::Size(size::Action::Compare),
            "fuzz" => Command::Fuzz(fuzz::SECONDS),
            "tidy" => Command::Tidy,
            "setup" => Command::Setup,
            other => return Err(Error::UnknownCommand(other.to_owned())),
        },
        Some(other) => return Err(other.unexpected().into()),
    };
    while let Some(arg) = args.next()? {
        match (&mut command, arg) {
            (_, Long("help") | Short('h')) => return Ok(Command::Help),
            (Command::Serve(options), Long("port")) => {
                options.port = lexopt::ValueExt::parse(&args.value()?)?
            }
            (Command::Serve(options), Long("plan")) => {
                options.plan = Some(lexopt::ValueExt::parse(&args.value()?)?)
            }
            (Command::Size(action), Long("update")) => *action = size::Action::Update,
            (Command::Bench(options), Value(name)) => {
                options.what = Some(lexopt::ValueExt::parse(&name)?)
            }
            (Command::Bench(options), Long("smoke")) => options.is_smoke = true,
            (Command::Test(rings), Value(name)) => rings.push(lexopt::ValueExt::parse(&name)?),
            (Command::Fuzz(seconds), Value(number)) => *seconds = lexopt::ValueExt::parse(&number)?,
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(args: &[&str]) -> Result<Command, String> {
        parse(lexopt::Parser::from_args(args)).map_err(|error| error.to_string())
    }

    #[test]
    fn options_belong_to_their_command() {
        assert_eq!(
            command(&["serve", "--port", "9000", "--plan=essential"]),
            Ok(Command::Serve(serve::Options { port: 9000, plan: Some(serve::Plan::Essential) }))
        );
        assert_eq!(
            command(&["test", "native", "e2e"]),
            Ok(Command::Test(vec![Ring::Native, Ring::EndToEnd]))
        );
        assert_eq!(command(&["size", "--update"]), Ok(Command::Size(size::Action::Update)));
        assert_eq!(command(&["fuzz"]), Ok(Command::Fuzz(fuzz::SECONDS)));
        assert_eq!(command(&["fuzz", "60"]), Ok(Command::Fuzz(60)));
        assert_eq!(
            command(&["bench", "page", "--smoke"]),
            Ok(Command::Bench(bench::Options { what: Some(bench::Bench::Page), is_smoke: true }))
        );
        assert_eq!(command(&["build", "--help"]), Ok(Command::Help));
        assert_eq!(command(&[]), Ok(Command::Help));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let said = |args: &[&str]| command(args).err().unwrap_or_default();
        assert!(said(&["sevre"]).contains("`sevre`"));
        assert!(said(&["build", "--port", "1"]).contains("--port"));
        assert!(said(&["serve", "--port", "99999"]).contains("99999"));
        assert!(said(&["serve", "--plan", "gold"]).contains("gold"));
        assert!(said(&["test", "unit"]).contains("unit"));
        assert!(said(&["bench", "rules"]).contains("rules"));
    }
}
