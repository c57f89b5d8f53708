package ui

import tea "charm.land/bubbletea/v2"

// EditorGone is what comes back from an outer editor that failed.
func EditorGone(contact int64, err error) tea.Msg {
	return editedMsg{edit: edit{contact: contact}, err: err}
}
