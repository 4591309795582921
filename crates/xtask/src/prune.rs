//! Code that the page's module holds and never runs.
//!
//! Yew can listen at each element, draw into another part of the document, wait for what is not there yet, and take markup
//! as text. The page does none of that; but as that shows only when it runs, the compiler keeps all of it. Here the functions
//! that it begins with are emptied, and `wasm-opt` takes away whatever only they called: 4 KB. Were one of them called in
//! spite of that, the module would stop there; the tests of the built page would show it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, Function};
use wasmparser::{FunctionBody, KnownCustom, Name, Parser, Payload, TypeRef};

use crate::error::Error;

/// What the names of those functions contain. They are large ones: a compiler may make one of small ones that are equal.
const NEVER_RUN: [&str; 8] = [
    "SubtreeData>::add_listener",
    "BSubtree>::ensure_handled",
    "ListenerRegistration>::register",
    "VPortal as yew::dom_bundle::traits::Reconcilable>",
    "VPortal>>::unwrap_or_clone",
    "VRaw as yew::dom_bundle::traits::Reconcilable>",
    "VSuspense as yew::dom_bundle::traits::Reconcilable>",
    "VSuspense>>::unwrap_or_clone",
];

/// Empties what the page never runs in its module, which still has to hold the names of its functions.
pub(crate) fn module(path: &Path) -> Result<(), Error> {
    let module = fs::read(path).map_err(Error::file(path))?;
    let pruned = pruned(&module, &NEVER_RUN)?;
    fs::write(path, pruned).map_err(Error::file(path))
}

/// A module without what is in the functions whose names contain one of the parts.
fn pruned(module: &[u8], parts: &[&'static str]) -> Result<Vec<u8>, Error> {
    let functions = Functions::read(module)?;
    let mut emptied = BTreeSet::new();
    for part in parts {
        let found = functions.names.iter().filter(|(_, name)| name.contains(part));
        let before = emptied.len();
        emptied.extend(found.map(|(index, _)| *index));
        if emptied.len() == before {
            let what = format!("function `…{part}…`");
            return Err(Error::NotFound { file: "the page's module", what });
        }
    }
    let mut pruned = wasm_encoder::Module::new();
    let mut prune = Prune { next: functions.imported, emptied };
    prune.parse_core_module(&mut pruned, Parser::new(0), module)?;
    Ok(pruned.finish())
}

/// The functions of a module.
#[derive(Default)]
struct Functions {
    /// How many come from outside; they are counted first.
    imported: u32,
    /// The names of all, without the hashes of crates.
    names: Vec<(u32, String)>,
}

impl Functions {
    fn read(module: &[u8]) -> Result<Self, reencode::Error> {
        let mut functions = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let TypeRef::Func(_) = import?.ty {
                            functions.imported += 1;
                        }
                    }
                }
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(names) = section.as_known() else { continue };
                    for map in names {
                        let Name::Function(map) = map? else { continue };
                        for naming in map {
                            let naming = naming?;
                            functions.names.push((naming.index, without_hashes(naming.name)));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(functions)
    }
}

/// `yew[0123456789abcdef]::scheduler` as `yew::scheduler`.
fn without_hashes(name: &str) -> String {
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => plain.push_str(rest),
            _ => {
                plain.push('[');
                plain.push_str(part);
            }
        }
    }
    plain
}

/// Writes a module again, with some functions emptied.
struct Prune {
    /// The index of the function that comes next.
    next: u32,
    emptied: BTreeSet<u32>,
}

impl Reencode for Prune {
    type Error = std::convert::Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error> {
        let index = self.next;
        self.next += 1;
        if !self.emptied.contains(&index) {
            return reencode::utils::parse_function_body(self, code, body);
        }
        let mut empty = Function::new([]);
        empty.instructions().unreachable().end();
        code.function(&empty);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        EntityType, FunctionSection, ImportSection, Module, NameMap, NameSection, TypeSection,
    };

    use super::*;

    /// A module that imports `outside`, and has two functions that return their argument.
    fn module() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([wasm_encoder::ValType::I32], [wasm_encoder::ValType::I32]);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("a", "outside", EntityType::Function(0));
        module.section(&imports);
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        module.section(&functions);
        let mut code = CodeSection::new();
        for _ in 0..2 {
            let mut body = Function::new([]);
            body.instructions().local_get(0).end();
            code.function(&body);
        }
        module.section(&code);
        let mut names = NameSection::new();
        let mut map = NameMap::new();
        map.append(0, "outside");
        map.append(1, "<yew[0123456789abcdef]::Portal as yew[0123456789abcdef]::Draw>::draw");
        map.append(2, "<yew[0123456789abcdef]::List as yew[0123456789abcdef]::Draw>::draw");
        names.functions(&map);
        module.section(&names);
        module.finish()
    }

    /// How many instructions each function has.
    fn lengths(module: &[u8]) -> Vec<usize> {
        let bodies =
            Parser::new(0).parse_all(module).filter_map(|payload| match payload.unwrap() {
                Payload::CodeSectionEntry(body) => Some(body),
                _ => None,
            });
        bodies.map(|body| body.get_operators_reader().unwrap().into_iter().count()).collect()
    }

    #[test]
    fn only_the_function_named_is_emptied() {
        let emptied = pruned(&module(), &["Portal as yew::Draw>"]).unwrap();
        let text = |module: &[u8]| Functions::read(module).unwrap().names;
        assert_eq!(text(&emptied), text(&module()));
        assert_eq!(lengths(&module()), [2, 2]);
        let first = Parser::new(0).parse_all(&emptied).find_map(|payload| match payload.unwrap() {
            Payload::CodeSectionEntry(body) => Some(matches!(
                body.get_operators_reader().unwrap().read().unwrap(),
                wasmparser::Operator::Unreachable
            )),
            _ => None,
        });
        assert_eq!(first, Some(true));
    }

    #[test]
    fn a_function_that_is_gone_is_an_error() {
        let error = pruned(&module(), &["Suspense"]).unwrap_err().to_string();
        assert_eq!(error, "`the page's module` has no function `…Suspense…`");
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(pruned(b"<!doctype html>", &["Portal"]).is_err());
    }

    #[test]
    fn names_lose_their_hashes_and_nothing_else() {
        assert_eq!(without_hashes("<yew[0123456789abcdef]::A>::b"), "<yew::A>::b");
        assert_eq!(without_hashes("<[u8] as core[0123456789abcdef]::A>"), "<[u8] as core::A>");
        assert_eq!(without_hashes("a[1]"), "a[1]");
    }
}
