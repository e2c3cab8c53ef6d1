//! Permissions for several purposes: all of them, or none.

use samtycke_core::id::{PurposeId, SubjectId};
use samtycke_core::wire::CheckRequest;

use crate::ask::consented;
use crate::clock::Moment;
use crate::consented::Terms;
use crate::op::Operation;
use crate::purpose::{Purpose, Unscoped};
use crate::reuse::Heard;
use crate::{Cause, Checked, Client, Consented, Denied, Error};

/// Two, three or four purposes, as a tuple of their types. Example: see [`Client::require_all`].
pub trait Purposes: sealed::Sealed {}

mod sealed {
    #[cfg(feature = "blocking")]
    use std::sync::Arc;

    #[cfg(feature = "blocking")]
    use crate::blocking::Runtime;

    use super::{CheckRequest, Checked, Client, Denied, Heard, Operation, SubjectId};

    pub trait Sealed: Sized {
        type Granted<O: Operation>;

        fn questions<O: Operation>(subject: &SubjectId) -> Result<Vec<CheckRequest>, Denied>;

        fn granted<O: Operation>(asked: Asked<'_>) -> Result<Self::Granted<O>, Denied>;

        /// The same permissions with blocking methods.
        #[cfg(feature = "blocking")]
        type Waiting<O: Operation>;

        #[cfg(feature = "blocking")]
        fn waiting<O: Operation>(
            granted: Self::Granted<O>,
            runtime: &Arc<Runtime>,
        ) -> Self::Waiting<O>;
    }

    /// A check and its result.
    pub struct Asked<'a> {
        pub(crate) client: &'a Client,
        pub(crate) questions: &'a [CheckRequest],
        pub(crate) checked: Vec<Checked>,
        pub(crate) heard: Heard,
    }
}

use sealed::Asked;

impl Client {
    /// Requests permission for one operation on a subject's data, for each of these purposes, in one request. One
    /// denial denies all.
    ///
    /// ```no_run
    /// # use samtycke::{Client, Denied, id::SubjectId, op::Read};
    /// # use samtycke::purpose::{Many, Purpose, Unscoped};
    /// # enum Account {}
    /// # impl Purpose for Account {
    /// #     const ID: &'static str = "example.account";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Unscoped;
    /// #     type Uses = Many;
    /// # }
    /// # enum Answers {}
    /// # impl Purpose for Answers {
    /// #     const ID: &'static str = "example.answers";
    /// #     const EXPLICIT_CONSENT: bool = true;
    /// #     type Scope = Unscoped;
    /// #     type Uses = Many;
    /// # }
    /// # async fn example(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
    /// let (account, answers) = samtycke.require_all::<(Account, Answers), Read>(&child).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The first denial, in the order of the purposes.
    pub async fn require_all<T: Purposes, O: Operation>(
        &self,
        subject: &SubjectId,
    ) -> Result<T::Granted<O>, Denied> {
        let questions = T::questions::<O>(subject)?;
        let heard = self.inner.reuse.heard(subject);
        let checked = self.check_batch(&questions).await;
        T::granted(Asked {
            client: self,
            questions: &questions,
            checked,
            heard,
        })
    }
}

fn question<P: Purpose<Scope = Unscoped>, O: Operation>(
    subject: &SubjectId,
) -> Result<CheckRequest, Denied> {
    let purpose: Result<PurposeId, _> = P::ID.parse();
    let purpose = purpose.map_err(|_| Denied::new(P::ID, Cause::Error(Error::PurposeId)))?;
    Ok(CheckRequest {
        op: O::OP,
        explain: Terms::of::<P>().is_once,
        ..CheckRequest::about(subject.clone(), purpose)
    })
}

fn grant<P: Purpose<Scope = Unscoped>, O: Operation>(
    client: &Client,
    question: Option<&CheckRequest>,
    checked: Option<Checked>,
    heard: Heard,
) -> Result<Consented<P, O>, Denied> {
    let (Some(question), Some(checked)) = (question, checked) else {
        let error = Error::Decode("not one verdict for each question");
        return Err(Denied::new(P::ID, Cause::Error(error)));
    };
    let asked_now: Option<Moment> = None;
    let granted = client.granted(question, Terms::of::<P>(), heard, checked, asked_now)?;
    consented(granted, Unscoped)
}

macro_rules! tuples {
    ($(($($purpose:ident $granted:ident),+);)+) => {
        $(
            impl<$($purpose: Purpose<Scope = Unscoped>),+> Purposes for ($($purpose,)+) {}

            impl<$($purpose: Purpose<Scope = Unscoped>),+> sealed::Sealed for ($($purpose,)+) {
                type Granted<Op: Operation> = ($(Consented<$purpose, Op>,)+);

                fn questions<Op: Operation>(
                    subject: &SubjectId,
                ) -> Result<Vec<CheckRequest>, Denied> {
                    Ok(vec![$(question::<$purpose, Op>(subject)?),+])
                }

                fn granted<Op: Operation>(
                    asked: Asked<'_>,
                ) -> Result<Self::Granted<Op>, Denied> {
                    let mut questions = asked.questions.iter();
                    let mut checked = asked.checked.into_iter();
                    Ok(($(
                        grant::<$purpose, Op>(
                            asked.client,
                            questions.next(),
                            checked.next(),
                            asked.heard,
                        )?,
                    )+))
                }

                #[cfg(feature = "blocking")]
                type Waiting<Op: Operation> = ($(crate::blocking::Consented<$purpose, Op>,)+);

                #[cfg(feature = "blocking")]
                fn waiting<Op: Operation>(
                    ($($granted,)+): Self::Granted<Op>,
                    runtime: &std::sync::Arc<crate::blocking::Runtime>,
                ) -> Self::Waiting<Op> {
                    ($(crate::blocking::Consented::new($granted, runtime),)+)
                }
            }
        )+
    };
}

tuples! {
    (A a, B b);
    (A a, B b, C c);
    (A a, B b, C c, D d);
}
