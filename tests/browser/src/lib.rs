//! Nothing here: the tests are in `tests/`. They need a browser, so they are not among the default members;
//! `./check` runs them.
