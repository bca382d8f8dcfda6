//! What the functions of the ergonomic crate do with generated types, read from syntax.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprAssign, ExprMethodCall, ExprPath, ExprReference, ExprStruct, Fields, Ident, ImplItem,
    ImplItemFn, Item, Lit, Member, ReturnType, TraitItem, Type, UnOp, Visibility,
};

use crate::Failure;
use crate::surface::Sources;

/// Methods that put something into an optional field.
const SETTERS: [&str; 6] = [
    "entry",
    "extend",
    "get_or_insert_with",
    "get_or_insert_default",
    "insert",
    "push",
];

/// One function, with what the block around it is for; or the fields of a struct.
#[derive(Clone, Debug, Default)]
struct Function {
    /// Its name; empty for a struct.
    name: String,
    /// The type that an option belongs to, which users set and may be told not to: `None` for any other function, and for
    /// an option that is marked as deprecated.
    option_of: Option<String>,
    /// The traits of what the block around it is generic over.
    bounds: BTreeSet<String>,
    /// The words of the header of the block: what it implements, and for what.
    header: BTreeSet<String>,
    is_struct: bool,
    /// The fields of a struct that may hold nothing.
    optional: Vec<String>,
    /// The words of the function: every name in it.
    words: BTreeSet<String>,
    /// The types that it makes by `new`.
    makes: BTreeSet<String>,
    /// The fields that it sets to something.
    sets: BTreeSet<String>,
    /// The fields of the structs that it builds, as far as they get something.
    builds: BTreeMap<String, BTreeSet<String>>,
    /// Whether what it borrows is lent to somebody else, who may set it.
    lends: bool,
}

/// The functions of the ergonomic crate for one API.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    functions: Vec<Function>,
    /// The traits whose requests share options.
    sharing: BTreeSet<String>,
}

impl Uses {
    pub(crate) fn read(client: &Sources, api: &str) -> Result<Self, Failure> {
        let mut uses = Self::default();
        let own = format!("src/{api}/");
        for (path, text) in client.files.iter().filter(|(path, _)| path.starts_with(&own)) {
            let file = syn::parse_file(text).map_err(|error| Failure::new(format!("{path}: {error}")))?;
            uses.items(&file.items);
        }
        Ok(uses)
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Fn(item) => {
                    let name = item.sig.ident.to_string();
                    self.function(name, &BTreeSet::new(), &BTreeSet::new(), item, |function| {
                        function.visit_item_fn(item)
                    });
                }
                Item::Impl(block) if !is_test(&block.attrs) => {
                    let mut header = words(&block.self_ty);
                    let mut bounds = BTreeSet::new();
                    for one in block.generics.type_params() {
                        header.remove(&one.ident.to_string());
                        bounds.extend(words(&one.bounds));
                    }
                    if header.contains("Call") {
                        // The options that several requests share are those of a trait.
                        header.extend(bounds.iter().cloned());
                        self.sharing.extend(bounds.iter().cloned());
                    }
                    if let Some((path, _)) = &block.trait_ {
                        header.extend(words(path));
                    }
                    for item in &block.items {
                        if let ImplItem::Fn(item) = item {
                            let name = item.sig.ident.to_string();
                            self.function(name, &header, &bounds, item, |function| {
                                function.option_of = is_option(item)
                                    .then(|| block.self_ty.to_token_stream().to_string().replace(' ', ""));
                                function.visit_impl_item_fn(item)
                            });
                        }
                    }
                }
                Item::Trait(item) => {
                    let header = words(&item.ident);
                    for item in &item.items {
                        if let TraitItem::Fn(item) = item {
                            let name = item.sig.ident.to_string();
                            self.function(name, &header, &BTreeSet::new(), item, |function| {
                                function.visit_trait_item_fn(item);
                            });
                        }
                    }
                }
                // A struct of this crate belongs to the generated types in its fields.
                Item::Struct(item) => self.functions.push(Function {
                    header: words(&item.ident),
                    words: words(&item.fields),
                    is_struct: true,
                    optional: optional(&item.fields),
                    ..Function::default()
                }),
                Item::Mod(module) if !is_test(&module.attrs) => {
                    self.items(module.content.as_ref().map_or(&[], |(_, items)| items));
                }
                _ => {}
            }
        }
    }

    fn function(
        &mut self,
        name: String,
        header: &BTreeSet<String>,
        bounds: &BTreeSet<String>,
        item: &impl ToTokens,
        visit: impl FnOnce(&mut Function),
    ) {
        let mut function = Function {
            name,
            bounds: bounds.clone(),
            header: header.clone(),
            words: words(item),
            ..Function::default()
        };
        visit(&mut function);
        self.functions.push(function);
    }

    /// Whether a request is made somewhere.
    pub(super) fn makes(&self, request: &str) -> bool {
        self.functions.iter().any(|function| function.makes.contains(request))
    }

    /// Whether something sets a field of a request, or of a body that goes into it.
    pub(super) fn sets(&self, request: &str, owner: &str, field: &str) -> bool {
        self.setting(request, owner, field).next().is_some()
    }

    /// The options that set a field and are not marked as deprecated: type and name.
    pub(crate) fn options(&self, request: &str, owner: &str, field: &str) -> BTreeSet<(String, String)> {
        let setting = self.setting(request, owner, field);
        setting
            .filter_map(|function| Some((function.option_of.clone()?, function.name.clone())))
            .collect()
    }

    /// The functions that set a field of a request, or of a body that goes into it.
    fn setting(&self, request: &str, owner: &str, field: &str) -> impl Iterator<Item = &Function> {
        let related = self.related(request);
        let wrappers: BTreeSet<&str> = self.wrappers(owner).collect();
        let is_setting = |function: &&Function| {
            let about = |words: &BTreeSet<String>| related.iter().any(|name| words.contains(*name));
            let built = function.builds.get(owner).is_some_and(|fields| fields.contains(field));
            built && (owner != request || about(&function.words))
                || function.sets.contains(field)
                    && (about(&function.header)
                        || function.words.contains(owner)
                        || function.header.iter().any(|word| wrappers.contains(word.as_str())))
        };
        self.functions.iter().filter(is_setting).collect::<Vec<_>>().into_iter()
    }

    /// The fields of the structs that turn into a request that neither an option of their call nor a method sets.
    pub(super) fn unset(&self, request: &str) -> Vec<String> {
        let related = self.related(request);
        let structs = self.functions.iter().filter(|one| one.is_struct);
        let own = structs.filter(|one| {
            one.header
                .iter()
                .any(|name| name != request && related.contains(name.as_str()))
        });
        own.flat_map(|one| {
            let options = |function: &&Function| {
                function.header.contains("Call") && one.header.iter().all(|name| function.header.contains(name))
            };
            let mut set: BTreeSet<&String> = BTreeSet::new();
            set.extend(self.functions.iter().filter(options).flat_map(|option| &option.sets));
            // What a method takes as an argument is given where the struct is built.
            let built = self.functions.iter().flat_map(|function| &function.builds);
            set.extend(
                built
                    .filter(|(name, _)| one.header.contains(*name))
                    .flat_map(|(_, fields)| fields),
            );
            one.optional.iter().filter(move |field| !set.contains(field)).cloned()
        })
        .collect()
    }

    /// The structs of this crate with a field of a generated type.
    fn wrappers<'a>(&'a self, owner: &'a str) -> impl Iterator<Item = &'a str> {
        let structs = self.functions.iter().filter(|function| function.is_struct);
        structs
            .filter(move |one| one.words.contains(owner))
            .flat_map(|one| one.header.iter().map(String::as_str))
    }

    /// Whether a function names a request, by itself or by a method of a trait that its block is generic over.
    fn names(&self, function: &Function, request: &str) -> bool {
        let by_trait = |other: &Function| {
            function.words.contains(&other.name)
                && other.words.contains(request)
                && !other.header.is_disjoint(&function.bounds)
        };
        function.words.contains(request) || self.functions.iter().any(by_trait)
    }

    /// A request, and the structs of this crate that turn into it.
    fn related<'a>(&'a self, request: &'a str) -> BTreeSet<&'a str> {
        let mut related = BTreeSet::from([request]);
        for function in &self.functions {
            if function.header.iter().any(|word| word == "Mode" || word == "Merge") && self.names(function, request) {
                related.extend(function.header.iter().map(String::as_str));
            }
        }
        for function in self
            .functions
            .iter()
            .filter(|function| function.header.contains(request))
        {
            related.extend(function.header.intersection(&self.sharing).map(String::as_str));
        }
        for general in ["Mode", "Once", "Merge", "ReadAndReplace", "Call", "List", "Operation"] {
            related.remove(general);
        }
        related
    }
}

impl<'ast> Visit<'ast> for Function {
    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        if let Some(field) = field(&assign.left)
            && !is_nothing(&assign.right)
        {
            self.sets.insert(field);
        }
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if SETTERS.iter().any(|setter| call.method == setter)
            && let Some(field) = field(&call.receiver)
        {
            self.sets.insert(field);
        }
        if call.method == "set"
            && let Some(field) = call.args.first().and_then(first_key)
        {
            self.sets.insert(field);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_reference(&mut self, reference: &'ast ExprReference) {
        if reference.mutability.is_some()
            && !self.lends
            && let Some(field) = field(&reference.expr)
        {
            self.sets.insert(field);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
        if names.next().as_deref() == Some("new") {
            self.makes.extend(names.next());
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_expr_struct(&mut self, made: &'ast ExprStruct) {
        if let Some(name) = made.path.segments.last() {
            let given = made.fields.iter().filter(|field| !is_nothing(&field.expr));
            let names = given.filter_map(|field| match &field.member {
                Member::Named(name) => Some(name.to_string()),
                Member::Unnamed(_) => None,
            });
            self.builds.entry(name.ident.to_string()).or_default().extend(names);
        }
        // The loop over pages sets what is lent to it. Options set some of what is lent to them, and are looked at.
        let to_pages = made.path.segments.iter().any(|segment| segment.ident == "PageFields");
        let lent = std::mem::replace(&mut self.lends, !to_pages);
        visit::visit_expr_struct(self, made);
        self.lends = lent;
    }
}

/// The fields of the types `Option` and `Field`.
fn optional(fields: &Fields) -> Vec<String> {
    let optional = |field: &&syn::Field| match &field.ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Option" || last.ident == "Field"),
        _ => false,
    };
    let names = fields.iter().filter(optional).filter_map(|field| field.ident.as_ref());
    names.map(ToString::to_string).collect()
}

/// The last field of `request.body.name`, or what `*request.name()` lends.
fn field(place: &Expr) -> Option<String> {
    match place {
        Expr::Unary(lent) if matches!(lent.op, UnOp::Deref(_)) => match &*lent.expr {
            Expr::MethodCall(call) => Some(call.method.to_string()),
            lent => field(lent),
        },
        Expr::Field(field) => match &field.member {
            Member::Named(name) => Some(name.to_string()),
            Member::Unnamed(_) => None,
        },
        Expr::MethodCall(call) => field(&call.receiver),
        Expr::Paren(inner) => field(&inner.expr),
        _ => None,
    }
}

/// The field of the first key of a path in JSON, as in `whole.set(&["settings", "name"], …)`.
fn first_key(path: &Expr) -> Option<String> {
    match path {
        Expr::Reference(path) => first_key(&path.expr),
        Expr::Array(keys) => keys.elems.first().and_then(first_key),
        Expr::Lit(key) => match &key.lit {
            // Generated fields whose name is a keyword end with an underscore.
            Lit::Str(key) if key.parse::<Ident>().is_err() => Some(format!("{}_", key.value())),
            Lit::Str(key) => Some(key.value()),
            _ => None,
        },
        _ => None,
    }
}

fn is_nothing(value: &Expr) -> bool {
    let text = value.to_token_stream().to_string().replace(' ', "");
    ["None", "Option::None", "Default::default()", "Field::Keep"].contains(&text.as_str())
}

/// Whether a method is public, takes a value and returns it, and users are not told that it is deprecated.
fn is_option(method: &ImplItemFn) -> bool {
    let takes = method
        .sig
        .receiver()
        .is_some_and(|receiver| !receiver.to_token_stream().to_string().starts_with('&'));
    let returns = match &method.sig.output {
        ReturnType::Type(_, ty) => words(ty).contains("Self"),
        ReturnType::Default => false,
    };
    let is_deprecated = method.attrs.iter().any(|one| one.path().is_ident("deprecated"));
    takes && returns && !is_deprecated && matches!(method.vis, Visibility::Public(_))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .to_token_stream()
                .to_string()
                .replace(' ', "")
                .contains("cfg(test)")
    })
}

/// Every name in a piece of syntax.
fn words(syntax: &impl ToTokens) -> BTreeSet<String> {
    let text = syntax.to_token_stream().to_string();
    let names = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    names.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
