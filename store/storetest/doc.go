// Package storetest opens fresh databases for tests and benchmarks, on a clock that a test moves, and fills them with
// believable people. It imports store, model and testing.
package storetest
