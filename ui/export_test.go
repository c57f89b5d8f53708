package ui

import tea "charm.land/bubbletea/v2"

// EditorDone is what comes back when an outer editor that was given this text in a file has ended.
func EditorDone(contact int64, path, given string) tea.Msg {
	return editorDoneMsg{edit: edit{contact, path, given}}
}

// EditorGone is what comes back from an outer editor that failed.
func EditorGone(contact int64, err error) tea.Msg {
	return editedMsg{edit: edit{contact: contact}, err: err}
}
