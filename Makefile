# The manual of this project: `make` alone prints it. Everything needs only Go,
# but: race and check need a C compiler, check fetches the linter the first time.

VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME  ?= 10s
BENCHTIME ?= 1s
PKG       ?= ./...
# A package may take longer than Go's ten minutes on an old laptop; what hangs
# still ends, with every goroutine told.
LIMIT     := -timeout 25m

# The linter's version is fixed: a new one may find new faults, in a commit of
# its own, never by surprise.
LINT_VERSION := v2.15.0
LINT         := .bin/golangci-lint-$(LINT_VERSION)

# The product is pure Go: one file that runs anywhere. Only the race detector
# wants C.
export CGO_ENABLED = 0

.DEFAULT_GOAL := help
.PHONY: help build demo run test race check fmt vet lint arrows tidy bench fuzz golden clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## ./stoke, one static file
	go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o stoke .

demo: build ## the screen on throw-away data: mail servers and prospects in the same process
	./stoke demo

run: build ## the screen on your own data
	./stoke

test: ## all tests; those that need Dovecot, Postfix or tmux say so when they are skipped
	go test $(LIMIT) $(PKG)
	@$(SKIPPED)

# go test is silent about skipped tests unless something fails.
define SKIPPED
for p in dovecot postfix tmux; do \
  PATH=$$PATH:/usr/sbin command -v $$p >/dev/null || echo "SKIPPED: the stories that need $$p; .ci/run installs it"; \
done; \
[ "$$(id -u)" = 0 ] || echo "SKIPPED: the stories with real mail servers; those must be started as root"
endef

race: export CGO_ENABLED = 1
race: ## all tests under the race detector
	go test -race $(LIMIT) $(PKG)

check: fmt vet lint arrows tidy race build ## all that must hold before a change is done

fmt: ## is every file formatted?
	@out=$$(gofmt -l .); \
	if [ -n "$$out" ]; then echo "not formatted, run gofmt -w:"; echo "$$out"; exit 1; fi

vet: ## what the compiler lets pass and should not
	go vet $(PKG)

lint: $(LINT) ## the style of the house (.golangci.yml)
	$(LINT) run $(PKG)

$(LINT):
	mkdir -p .bin
	GOBIN=$(CURDIR)/.bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv .bin/golangci-lint $@

arrows: ## which room may know which (model/arrows_test.go)
	go test ./model -run '^(TestTheArrows|TestAnArrow|TestTheTopLevel)'

tidy: ## does go.mod say exactly what is used?
	go mod tidy -diff

bench: ## figures, with allocations; PKG=./store BENCHTIME=5s for a closer look
	go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) $(PKG)

# -fuzzminimizetime: without a bound Go spends minutes on making one input
# smaller and seems to hang.
fuzz: ## every fuzz target for FUZZTIME each (default 10s)
	@set -e; for pkg in $$(go list $(PKG)); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "$$pkg $$target"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg; \
	  done; \
	done

# Only tests that press keys through uitest know -update.
golden: ## redraw the expected screens; read the diff before you commit it
	go test -count=1 $$(go list -f '{{range .TestImports}}{{if eq . "stoke/ui/uitest"}}{{$$.ImportPath}}{{end}}{{end}}{{range .XTestImports}}{{if eq . "stoke/ui/uitest"}} {{$$.ImportPath}}{{end}}{{end}}' ./... | sort -u) -update

clean: ## remove what was built
	rm -rf stoke .bin
