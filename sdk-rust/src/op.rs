//! Operations as types: what a permission permits to do.
//!
//! A permission for one operation is another type than a permission for the next, and nothing converts one into the
//! other. A function that stores takes a [`Consented<P, Store>`](crate::Consented), so a permission to view does not
//! compile there. The operation matters to the verdict: a register can let a purpose be read and never be stored, and a
//! legal obligation permits neither forwarding nor publishing.
//!
//! There is no default. A program that leaves the operation out does not compile, because a wrong default would be a
//! check of the wrong thing.
//!
//! ```no_run
//! use samtycke::op::{Store, View};
//! use samtycke::{Client, Consented, Denied};
//! # use samtycke::id::SubjectId;
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # enum Answers {}
//! # impl Purpose for Answers {
//! #     const ID: &'static str = "example.answers";
//! #     const EXPLICIT_CONSENT: bool = true;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//! # fn insert(_: &SubjectId, _: &str) {}
//! # fn select(_: &SubjectId) -> String { String::new() }
//!
//! fn save(consented: &Consented<Answers, Store>, answer: &str) -> Result<(), Denied> {
//!     insert(consented.subject()?, answer);
//!     Ok(())
//! }
//!
//! fn show(consented: &Consented<Answers, View>) -> Result<String, Denied> {
//!     Ok(select(consented.subject()?))
//! }
//!
//! # async fn example(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
//! save(&samtycke.require::<Answers, Store>(&child).await?, "So so")?;
//! // Where a function's argument says which permission it takes, the compiler finds the rest.
//! let shown = show(&samtycke.require(&child).await?)?;
//! # Ok(())
//! # }
//! ```

use samtycke_core::decide::Op;

mod sealed {
    pub trait Sealed {}
}

/// One of the six operations of a check: [`Store`], [`Read`], [`Process`], [`Forward`], [`Publish`], [`View`].
///
/// Example: see [the module](self).
pub trait Operation: sealed::Sealed + Send + Sync + 'static {
    /// The word of the API.
    const OP: Op;
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $(
            $(#[$doc])*
            ///
            /// Example: see [the module](self).
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}

            impl sealed::Sealed for $name {}
            impl Operation for $name {
                const OP: Op = Op::$name;
            }
        )+
    };
}

operations! {
    /// To store data about the person.
    Store;
    /// To read stored data.
    Read;
    /// To process data in any way that the other operations do not name.
    Process;
    /// To forward data to a recipient.
    Forward;
    /// To publish.
    Publish;
    /// To show to staff.
    View;
}
