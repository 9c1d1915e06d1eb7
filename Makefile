# Bomstasjon: `make` alone prints what can be made.

# The shipped programs are release builds. `make test` drives its demo with the debug build that the tests have made.
CONFIG ?= release
SWIFT_FILES = Package.swift Sources sim Tests
SHELL_FILES = .ci/run $(wildcard scripts/*)
BIN = .build/$(CONFIG)

.PHONY: help deps build demo scenarios test check format bench clean lint

help: ## print this
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

deps: ## install the Debian packages that are missing
	@scripts/deps

build: deps ## build station, lanesim, central and bench
	swift build -c $(CONFIG)

demo: build ## build, then watch twelve vehicles pass two lanes
	@$(BIN)/lanesim demo

scenarios: build ## kill the station, the central server and the devices in the middle of it
	@scripts/scenarios $(BIN)

test: deps ## run all tests, the checks, the demo and the scenarios
	swift build --build-tests
	swift test --skip-build --disable-xctest
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory demo CONFIG=debug
	@scripts/scenarios .build/debug

check: deps lint ## check format, scripts and style
	swift test --disable-xctest --filter StyleTests

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)
	shellcheck $(SHELL_FILES)

format: ## format all Swift sources in place
	swift format --in-place --parallel --recursive $(SWIFT_FILES)

bench: build ## measure, print a table, write bench.json
	@$(BIN)/bench

clean: ## remove what was built
	rm -rf .build demo bench.json
