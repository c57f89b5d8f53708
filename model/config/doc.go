// Package config reads what the rep configures: who they are, their calendar and accounts, the numbers of the follow-up,
// and how the screen looks.
//
// It is pure and imports only model, model/schedule, model/sequence, model/template and model/text of ours: it is given
// the bytes of a file and a look into the environment, and never opens anything. An empty file is a valid config without
// an account. All mistakes of a file are found in one go; each is a plain sentence with file, line and, where a word was
// mistyped, the one that was probably meant.
package config
