package cli

// The documents that commands print with --json. Names and fields are a contract: more may be added, none changed.

type jsonError struct {
	Error errorJSON `json:"error"`
}

type errorJSON struct {
	Code       string       `json:"code"`
	Message    string       `json:"message"`
	Candidates []personJSON `json:"candidates,omitempty"`
}

type personJSON struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Company string `json:"company"`
}

type contactJSON struct {
	ID       int64             `json:"id"`
	Name     string            `json:"name"`
	Emails   []string          `json:"emails"`
	Company  string            `json:"company"`
	Title    string            `json:"title"`
	Phone    string            `json:"phone"`
	TZ       string            `json:"tz"`
	Country  string            `json:"country"`
	Language string            `json:"language"`
	Tags     []string          `json:"tags"`
	Fields   map[string]string `json:"fields"`
	Deal     *dealJSON         `json:"deal"`
}

type dealJSON struct {
	Title  string  `json:"title"`
	Value  int64   `json:"value"`
	Stage  string  `json:"stage"`
	Close  *string `json:"close"`
	Closed string  `json:"closed"`
}

type countsJSON struct {
	Now      int `json:"now"`
	Hot      int `json:"hot"`
	Warm     int `json:"warm"`
	Cold     int `json:"cold"`
	Overdue  int `json:"overdue"`
	Unsorted int `json:"unsorted"`
}

type queueJSON struct {
	Counts countsJSON `json:"counts"`
	Items  []itemJSON `json:"items"`
}

type itemJSON struct {
	Contact     int64     `json:"contact"`
	Name        string    `json:"name"`
	Email       string    `json:"email"`
	Company     string    `json:"company"`
	View        string    `json:"view"`
	Group       string    `json:"group"`
	Temperature string    `json:"temperature"`
	Heat        float64   `json:"heat"`
	Kind        string    `json:"kind"`
	Why         string    `json:"why"`
	DueAt       *string   `json:"due_at"`
	Overdue     bool      `json:"overdue"`
	Status      string    `json:"status"`
	Last        *lastJSON `json:"last"`
	Step        *stepJSON `json:"step"`
	Attempts    int       `json:"attempts"`
	Limit       int       `json:"attempts_limit"`
	Touches     int       `json:"touches_21d"`
}

type lastJSON struct {
	Kind      string `json:"kind"`
	Direction string `json:"direction"`
	At        string `json:"at"`
	Summary   string `json:"summary"`
}

type stepJSON struct {
	Sequence string `json:"sequence"`
	Number   int    `json:"number"`
	Of       int    `json:"of"`
	Channel  string `json:"channel"`
}

type nextJSON struct {
	Kind     string    `json:"kind"`
	ReadyAt  *string   `json:"ready_at"`
	DueAt    *string   `json:"due_at"`
	Step     *stepJSON `json:"step"`
	Template string    `json:"template"`
	Words    string    `json:"words"` // of a promise
}

type interactionJSON struct {
	ID        int64  `json:"id"`
	Kind      string `json:"kind"`
	Direction string `json:"direction"`
	At        string `json:"at"`
	Subject   string `json:"subject"`
	Summary   string `json:"summary"`
	MessageID string `json:"message_id"`
	Guessed   bool   `json:"guessed,omitempty"` // which mail it answers is known by its subject only
}

type draftJSON struct {
	Subject     string     `json:"subject"`
	Body        string     `json:"body"`
	To          []string   `json:"to"`
	Cc          []string   `json:"cc"`
	Template    string     `json:"template"`
	WhyTemplate string     `json:"why_template"`
	Blanks      []string   `json:"blanks"`
	InReplyTo   string     `json:"in_reply_to"`
	Files       []fileJSON `json:"files"`
	Hints       []hintJSON `json:"hints"`
}

type suppressionJSON struct {
	What string `json:"what"`
	Why  string `json:"why"`
	At   string `json:"at"`
}

type changeJSON struct {
	ID       int64   `json:"id"`
	Verb     string  `json:"verb"`
	Says     string  `json:"says"`
	At       string  `json:"at"`
	Undone   bool    `json:"undone"`
	Contacts []int64 `json:"contacts"`
}
