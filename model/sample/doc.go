// Package sample invents the people of the demo and of the benchmarks: contacts with believable threads in every group
// of the queue, and what each of them answers when the rep writes. Everything follows from a seed and a moment; nothing
// is real. The states are not written down but lived: every thread runs through the same decisions of package model as
// real mail does, so the demo cannot show what the program would not do.
//
// It is pure and imports only package model and its leaf rooms.
package sample
