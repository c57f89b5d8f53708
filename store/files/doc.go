// Package files finds and reads what the rep writes by hand: the config, and the templates and sequences that shadow the
// ones stoke brings along. What a file means is decided in model; here are paths, bytes and modes.
//
// It imports only model's rooms. Every call does a few small reads; only Live stays, to notice what is written anew. Every
// mistake in every file is collected, with file and line, and one bad template costs only itself. Folders of templates
// and sequences are read through os.Root, so that no name and no link in them leads outside.
package files
