package mail

import (
	"context"
	"strings"

	"github.com/emersion/go-imap/v2"

	"stoke/model/text"
)

// folders are the mailboxes that matter, by what they are for; "" where there is none.
type folders struct {
	inbox, sent, archive, junk, all string
}

// folders asks the server which mailbox serves for what: by its own marks (SPECIAL-USE, RFC 6154),
// else by name in the languages of common servers. Nothing is ever created.
func (s *session) folders(ctx context.Context) (folders, error) {
	var list []*imap.ListData
	err := s.ask(ctx, "list its mailboxes", imapBudget, func() error {
		var opts *imap.ListOptions
		if s.caps.Has(imap.CapSpecialUse) && s.caps.Has(imap.CapListExtended) {
			opts = &imap.ListOptions{ReturnSpecialUse: true}
		}
		var err error
		list, err = s.client.List("", "*", opts).Collect()
		return err
	})
	if err != nil {
		return folders{}, err
	}
	return rolesOf(list), nil
}

// rolesOf gives each role the mailbox that is marked for it, else the first that bears one of its
// names, the shortest path first.
func rolesOf(list []*imap.ListData) folders {
	f := folders{inbox: inboxName}
	marked := map[imap.MailboxAttr]*string{
		imap.MailboxAttrSent: &f.sent, imap.MailboxAttrArchive: &f.archive, imap.MailboxAttrJunk: &f.junk, imap.MailboxAttrAll: &f.all,
	}
	usable := func(m *imap.ListData) bool {
		for _, a := range m.Attrs {
			if a == imap.MailboxAttrNoSelect || a == imap.MailboxAttrNonExistent {
				return false
			}
		}
		return true
	}
	for _, m := range list {
		for _, a := range m.Attrs {
			if role := marked[a]; role != nil && *role == "" && usable(m) {
				*role = m.Mailbox
			}
		}
	}
	for role, names := range map[*string]string{&f.sent: sentNames, &f.archive: archiveNames, &f.junk: junkNames} {
		if *role != "" {
			continue
		}
		depth := 0
		for _, m := range list {
			path := []string{m.Mailbox}
			if m.Delim != 0 {
				path = strings.Split(m.Mailbox, string(m.Delim))
			}
			if usable(m) && bears(path[len(path)-1], names) && (*role == "" || len(path) < depth) {
				*role, depth = m.Mailbox, len(path)
			}
		}
	}
	return f
}

func bears(name, names string) bool {
	return strings.Contains(names, "|"+text.Fold(name)+"|")
}

// What servers and mail programs call these mailboxes, folded (see text.Fold), between bars.
const (
	sentNames = "|sent|sent items|sent mail|sent messages|sent-mail|outbox sent|" +
		"gesendet|gesendete objekte|gesendete elemente|" +
		"enviados|elementos enviados|correo enviado|itens enviados|mensagens enviadas|" +
		"envoyes|elements envoyes|messages envoyes|objets envoyes|" +
		"inviata|posta inviata|messaggi inviati|elementi inviati|" +
		"verzonden|verzonden items|verzonden berichten|verzonden objecten|" +
		"skickat|skickade objekt|skickade meddelanden|sendt|sendte elementer|sendte mails|lahetetyt|" +
		"wyslane|elementy wyslane|odeslane|odeslana posta|отправленные|送信済み|送信済みアイテム|已发送|已发送邮件|寄件備份|보낸 편지함|"
	archiveNames = "|archive|archives|archiv|archivo|archivos|arquivo|archivio|archief|arkiv|arkisto|archiwum|архив|アーカイブ|归档|"
	junkNames    = "|junk|spam|junk e-mail|junk email|junk mail|bulk mail|" +
		"junk-e-mail|spamverdacht|unerwunscht|werbung|" +
		"correo no deseado|courrier indesirable|indesirables|pourriel|posta indesiderata|lixo eletronico|lixo eletrônico|" +
		"ongewenste e-mail|ongewenst|skrappost|soppost|spam-mails|нежелательная почта|спам|迷惑メール|垃圾邮件|"
)
