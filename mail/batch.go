package mail

import "stoke/model"

func (r *reader) count(got model.Received) {
	t := &r.tally
	t.Fetched += got.Fetched
	t.Matched += got.Matched
	t.Replies += got.Replies
	t.AutoReplies += got.AutoReplies
	t.Bounces += got.Bounces
	t.OptOuts += got.OptOuts
	t.SentFound += got.SentFound
}

func (r *reader) tellReceived(got model.Received) {
	for _, n := range got.News {
		ev := model.Event{Kind: model.EventChanged, Account: r.account.Name, Contact: n.Contact, Text: n.Says, Hot: n.Hot}
		if n.Answered {
			ev.Kind = model.EventReplied
		}
		r.tell(ev)
	}
}
