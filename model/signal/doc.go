// Package signal tells what a mail is: a person's words, a bounce, an
// automatic answer, a complaint, an opt-out. It also parts what the writer
// newly wrote from what is quoted, and finds the dates and the mood in it.
//
// A person's reply must never be called anything else: that mistake costs a
// deal, while a missed automatic answer costs a look. Where signs disagree,
// the verdict is human.
//
// Of a calendar mail it tells what it does to a meeting, and when that starts.
//
// It imports only model/text of ours. All functions are pure but for the zone
// database that the standard library reads, never block, never fail, and take
// time linear in a bounded part of the mail; text in a Verdict is clean.
package signal
