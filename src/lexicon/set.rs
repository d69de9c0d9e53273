//! Sets of classes: one declaration for the bits, their names in the data files, and what follows from what.
//!
//! [`classes!`] makes a type of sets and one constant a class, which is the set of that class alone. A class may imply
//! others ("a month is a time"): the data names the narrowest, and reading it adds the rest. `bitflags` does not fit:
//! it ends at 128 bits and knows no implication.
//!
//! `build.rs` compiles this file as well, so it depends on nothing of the project.

/// Declares a type of sets and its classes: `NAME = "name in the data": implied implied;`.
macro_rules! classes {
    (
        $(#[$about:meta])*
        $Set:ident {
            $($(#[$doc:meta])* $NAME:ident = $name:literal $(: $($implied:ident)+)?;)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Set([u64; WIDTH]);

        /// The names of the classes in the data files, in the order of their bits.
        pub const NAMES: &[&str] = &[$($name),*];

        const WIDTH: usize = NAMES.len().div_ceil(64);

        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "the names of the constants again")]
        enum Place { $($NAME),* }

        $($(#[$doc])* pub const $NAME: $Set = $Set::member(Place::$NAME as usize);)*

        #[expect(clippy::indexing_slicing, reason = "places in arrays of the type's own width")]
        impl $Set {
            /// The empty set.
            pub const NONE: Self = Self([0; WIDTH]);

            /// Each class with what it implies, in the order of the bits.
            const CLOSED: &[Self] = &[$($NAME $($(.or($implied))+)?),*];

            const fn member(at: usize) -> Self {
                let mut set = Self::NONE;
                set.0[at / 64] |= 1 << (at % 64);
                set
            }

            /// The classes that are declared from the one to the other.
            #[must_use]
            pub const fn between(first: Self, last: Self) -> Self {
                let mut set = Self::NONE;
                let mut inside = false;
                let mut at = 0;
                while at < NAMES.len() {
                    let class = Self::member(at);
                    inside |= class.has(first);
                    if inside {
                        set = set.or(class);
                    }
                    inside &= !class.has(last);
                    at += 1;
                }
                set
            }

            /// Tells if the two sets share a class.
            #[must_use]
            pub const fn has(self, other: Self) -> bool {
                let mut shared = 0;
                let mut at = 0;
                while at < WIDTH {
                    shared |= self.0[at] & other.0[at];
                    at += 1;
                }
                shared != 0
            }

            /// The classes of both.
            #[must_use]
            pub const fn or(self, other: Self) -> Self {
                let mut both = self;
                let mut at = 0;
                while at < WIDTH {
                    both.0[at] |= other.0[at];
                    at += 1;
                }
                both
            }

            /// The classes that both have.
            #[must_use]
            pub const fn and(self, other: Self) -> Self {
                let mut shared = self;
                let mut at = 0;
                while at < WIDTH {
                    shared.0[at] &= other.0[at];
                    at += 1;
                }
                shared
            }

            /// The classes of this set that the other has not.
            #[must_use]
            pub const fn without(self, other: Self) -> Self {
                let mut rest = self;
                let mut at = 0;
                while at < WIDTH {
                    rest.0[at] &= !other.0[at];
                    at += 1;
                }
                rest
            }

            /// Tells if the set has no class.
            #[must_use]
            pub const fn is_empty(self) -> bool {
                let mut at = 0;
                while at < WIDTH {
                    if self.0[at] != 0 {
                        return false;
                    }
                    at += 1;
                }
                true
            }

            /// The first 64 classes as bits, in the order of their declaration.
            #[must_use]
            pub const fn bits(self) -> u64 {
                self.0[0]
            }

            /// The set whose first 64 classes are these bits, as [`bits`](Self::bits) gives them.
            #[must_use]
            pub const fn of_bits(bits: u64) -> Self {
                let mut set = Self::NONE;
                set.0[0] = bits;
                set
            }

            /// The class that the data files call `name`, with all that it implies; none for a name that is none.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                NAMES.iter().position(|known| *known == name).map(|at| Self::CLOSED[at].closed())
            }

            /// The class that the data files call `name` alone; the empty set for a name that is none.
            #[must_use]
            pub fn alone(name: &str) -> Self {
                NAMES.iter().position(|known| *known == name).map_or(Self::NONE, Self::member)
            }

            /// Adds what the implied classes imply.
            fn closed(self) -> Self {
                let mut all = self;
                loop {
                    let members = (0..NAMES.len()).filter(|&at| all.has(Self::member(at)));
                    let next = members.fold(all, |next, at| next.or(Self::CLOSED[at]));
                    if next == all {
                        return all;
                    }
                    all = next;
                }
            }

            /// The classes of a column of a data file. A name that is none counts for nothing; a test finds it.
            #[must_use]
            pub fn read(column: &'static str) -> Self {
                static KNOWN: std::sync::LazyLock<std::collections::HashMap<&str, $Set>> =
                    std::sync::LazyLock::new(|| {
                        NAMES.iter().filter_map(|name| Some((*name, $Set::named(name)?))).collect()
                    });
                let names = column.split(';').filter(|name| !name.is_empty());
                names.filter_map(|name| KNOWN.get(name)).fold(Self::NONE, |all, class| all.or(*class))
            }
        }

        impl std::ops::BitOr for $Set {
            type Output = Self;

            fn bitor(self, other: Self) -> Self {
                self.or(other)
            }
        }

        impl std::ops::BitOrAssign for $Set {
            fn bitor_assign(&mut self, other: Self) {
                *self = self.or(other);
            }
        }
    };
}

pub(crate) use classes;
