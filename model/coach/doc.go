// Package coach reads a draft as its reader would and says what may keep it from being answered: hints with their
// figure and source, never a gate (DOMAIN.md, "Draft coach").
//
// It is pure and knows only what it is told: the words of the draft, to whom they go, what was written last. It judges
// the writer's own words: quoted mail, what stands in quotation marks, and the signature are somebody else's, or no
// message. English is judged in full; in other languages only what holds in any language, and the Report says so.
//
// It imports model/text and nothing else of ours. It never blocks and never fails, and what it looks at is bounded
// (Window), so that a draft of any size costs about a millisecond.
package coach
