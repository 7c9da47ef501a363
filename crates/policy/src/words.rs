/// An enumeration whose members have a name in rules and records: every member in `ALL`, its name by `as_str`.
macro_rules! words {
    (
        $(#[$about:meta])*
        $name:ident { $($(#[$what:meta])* $member:ident = $word:literal),+ $(,)? }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$what])* $member,)+
        }

        impl $name {
            /// Every member, for tests and tables that walk them.
            pub const ALL: &'static [Self] = &[$(Self::$member,)+];

            /// The name in schemas and tables.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }
        }
    };
}

pub(crate) use words;
