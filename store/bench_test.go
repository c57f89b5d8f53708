package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/store/storetest"
)

// full is one filled desk that the benchmarks share: filling it takes longer than all of them.
var full struct {
	once sync.Once
	desk *storetest.Desk
	ids  []int64
}

func desk(b *testing.B) (*storetest.Desk, []int64) {
	b.Helper()
	full.once.Do(func() {
		full.desk = storetest.OpenAt(b, shelf)
		start := time.Now()
		contacts, interactions := storetest.BenchSize()
		full.ids = storetest.Seed(b, full.desk, contacts, interactions)
		fmt.Printf("# %d contacts and %d interactions added in %v\n", len(full.ids), len(full.ids)*interactions, time.Since(start).Round(time.Millisecond))
	})
	if full.desk == nil {
		b.Fatal("the shared desk could not be filled")
	}
	b.ReportAllocs()
	b.ResetTimer()
	return full.desk, full.ids
}

// shelf is where the shared desk lies; TestMain clears it.
var shelf string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "stoke-store")
	if err != nil {
		panic(err)
	}
	shelf = dir
	code := m.Run()
	if full.desk != nil {
		if err := full.desk.Close(); err != nil {
			panic(err)
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

func BenchmarkPage(b *testing.B) {
	d, _ := desk(b)
	for b.Loop() {
		page, err := d.Rows(context.Background(), model.Query{View: model.ViewQueue, Limit: 50})
		if err != nil || len(page.Rows) == 0 {
			b.Fatal(len(page.Rows), err)
		}
	}
}

func BenchmarkNextPage(b *testing.B) {
	d, _ := desk(b)
	q := model.Query{View: model.ViewQueue, Limit: 50}
	for b.Loop() {
		page, err := d.Rows(context.Background(), q)
		if err != nil {
			b.Fatal(err)
		}
		q.After = nil
		if page.More {
			q.After = &page.Rows[len(page.Rows)-1].Key
		}
	}
}

func BenchmarkPeople(b *testing.B) {
	d, _ := desk(b)
	for b.Loop() {
		if _, err := d.Rows(context.Background(), model.Query{View: model.ViewPeople, Limit: 50, Last: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	d, _ := desk(b)
	for b.Loop() {
		if _, err := d.Rows(context.Background(), model.Query{View: model.ViewPeople, Search: "whit north", Limit: 50}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCounts(b *testing.B) {
	d, ids := desk(b)
	for b.Loop() {
		n, err := d.Counts(context.Background())
		if err != nil || n.People < len(ids) {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	d, ids := desk(b)
	for n := 0; b.Loop(); n++ {
		if _, err := d.Open(context.Background(), ids[n*7919%len(ids)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSnooze(b *testing.B) {
	d, ids := desk(b)
	for n := 0; b.Loop(); n++ {
		_, err := d.Do(context.Background(), model.SnoozeTo{Until: d.Now().Add(48 * time.Hour)}, ids[n*7919%len(ids)])
		if err != nil && model.CodeOf(err) != model.Conflict { // some are retired
			b.Fatal(err)
		}
	}
}

func BenchmarkReceive100(b *testing.B) {
	d, ids := desk(b)
	cursor := model.Cursor{UIDValidity: 1}
	for n := 0; b.Loop(); n++ {
		batch := make([]model.Inbound, 100)
		for i := range batch {
			who := (n*100 + i) * 31 % len(ids)
			from := model.Address{Addr: storetest.AddressOf(who)}
			batch[i] = model.Inbound{Verdict: signal.Verdict{Kind: signal.Human, Text: "Thursday suits me."}, Header: model.Header{
				UID: uint32(n*100 + i + 1), At: d.Now(), MessageID: fmt.Sprintf("in.%d.%d@mail.example", n, i), From: from, To: []model.Address{storetest.Me}}}
		}
		cursor.UIDNext = uint32(n*100 + 101)
		got, err := d.Receive(context.Background(), storetest.Account, "INBOX", batch, cursor)
		if err != nil || got.Matched != len(batch) {
			b.Fatal(got, err)
		}
	}
}

func BenchmarkTick(b *testing.B) {
	d, _ := desk(b)
	moved := 0
	for b.Loop() {
		d.Pass(time.Minute)
		n, _, err := d.Tick(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		moved += n
	}
	b.ReportMetric(float64(moved)/float64(b.N), "moved/op")
}

func BenchmarkImport1000(b *testing.B) {
	d, _ := desk(b)
	random := rand.New(rand.NewPCG(1, 1))
	for n := 0; b.Loop(); n++ {
		rows := make([]model.Contact, 1000)
		for i := range rows {
			rows[i] = storetest.Person(random, 10_000_000+n*1000+i)
		}
		if _, err := d.Import(context.Background(), rows, false); err != nil {
			b.Fatal(err)
		}
	}
}
