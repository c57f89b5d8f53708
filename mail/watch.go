package mail

import (
	"context"
	"sync"
	"time"

	"stoke/model"
)

// Watch works like Run, and tells what each look into the mailboxes of an account did, each trouble once, and that
// another stoke holds an account. report is called for one at a time and must not take long.
func (e *Engine) Watch(ctx context.Context, report func(model.Synced)) error {
	var one sync.Mutex
	e.report = func(r model.Synced) {
		one.Lock()
		defer one.Unlock()
		report(r)
	}
	return e.Run(ctx)
}

// reportLook tells what the office did since the last report.
func (o *office) reportLook(received model.Received, took time.Duration) {
	if o.report == nil {
		return
	}
	o.mu.Lock()
	sent := o.sent
	o.sent = 0
	o.mu.Unlock()
	o.report(model.Synced{Account: o.account.Name, Received: received, Sent: sent, Took: took})
}

func (o *office) reportTrouble(err error) {
	if o.report != nil {
		o.report(model.Synced{Account: o.account.Name, Err: worded(o.account.Name, err)})
	}
}

func (o *office) reportElsewhere() {
	if o.report != nil {
		o.report(model.Synced{Account: o.account.Name, Elsewhere: true})
	}
}
