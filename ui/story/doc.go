// Package story holds no code of the program, only its stories: what a rep does, told through the real binary in a real
// terminal, against real servers, and judged by what the other side received. Its tests may know every room of the house.
//
// The stories need tmux, and some need Dovecot and Postfix; without them they are skipped with a loud reason, or fail
// where STOKE_TEST_SERVERS=1 says that everything must be there.
package story
