# The two commands a newcomer needs are `make run` and `make test`; `make help` lists all.

DATA   ?= .demo
LISTEN ?= 127.0.0.1:8080
SIZE   ?= small
SEED   ?= 1

# Two packages at a time: each runs a browser's worth of goroutines and a database.
TESTED_AT_ONCE ?= 2

TOOL = go tool -modfile=tools/go.mod

# What gosec cannot know: the files and programs that lien opens are named by whoever runs
# it (G204, G304, G703), and the conversions it doubts are bounded beside it (G115).
TRUSTED = G115,G204,G304,G703

.PHONY: help run test tools assets build generate fresh lint schema unit reach browser soak bench format clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

run: assets build ## show the house with an invented neighbourhood on http://localhost:8080
	@exec bin/lien demo --data $(DATA) --listen $(LISTEN) --size $(SIZE) --seed $(SEED)

test: assets fresh lint unit reach browser ## every test, the linters and the browser tests
	@echo "All is well."

tools: ## install what is missing on this machine
	@tools/prepare

build: ## build bin/lien
	go build -o bin/lien ./cmd/lien

assets: tools ## build the stylesheet and the scripts of the pages
	@if [ -f package.json ]; then npm run --silent build; fi

generate: ## rewrite the templates' Go code
	@for folder in $$(git ls-files -co --exclude-standard '*.templ' | xargs -n1 dirname | sort -u); do \
		go tool templ generate -path $$folder || exit 1; done

fresh: ## see that the templates' committed Go code is what they make
	@tools/fresh

lint: ## formatting, go vet, staticcheck, gosec
	@unformatted=$$($(TOOL) gofumpt -l $$(git ls-files '*.go' ':!*_templ.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted (make format):"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(TOOL) staticcheck ./...
	$(TOOL) gosec -quiet -terse -color=false -exclude-generated -exclude=$(TRUSTED) ./...

format: ## format all Go code
	$(TOOL) gofumpt -w $$(git ls-files '*.go' ':!*_templ.go')

unit: ## the Go tests, with the race detector
	go test -race -p $(TESTED_AT_ONCE) -timeout 30m ./...

browser: build ## the browser tests
	@if [ -d server/e2e ]; then npx --no-install playwright test --config server/e2e; fi

REACH = go test -count=1 -timeout 120m -run '^TestAnyHistoryOfManyAtOnceKeepsTheBooks$$' -v ./coop/exchange

reach: ## a hundred thousand random operations on the ledger, many at once
	$(REACH)

soak: ## a million random operations on the ledger, many at once
	LIEN_OPERATIONS=$${LIEN_OPERATIONS:-1000000} $(REACH)

schema: ## rewrite migrations/schema.sql from the migrations
	LIEN_WRITE_SCHEMA=1 go test -count=1 -run '^TestTheSnapshotShowsTheSchema$$' ./database

bench: assets ## the measurements that the design promises, in a table
	@tools/bench

clean: ## remove what was built and the demo's data
	rm -rf bin $(DATA)
	git clean -qfdX server/page/assets
