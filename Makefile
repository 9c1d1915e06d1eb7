# Bomstasjon: `make` alone prints what can be made.

# The shipped programs are release builds.
CONFIG ?= release
SWIFT_FILES = Package.swift Sources sim Tests
SHELL_FILES = .ci/run $(filter-out %.supp,$(wildcard scripts/*))
BIN = .build/$(CONFIG)
# What is run with real processes, in real time, beside the demo: short ones, which run in virtual time as well.
ON_WIRE = $(filter-out %/demo.lane,$(wildcard sim/scenarios/wire/*.lane)) \
	$(addprefix sim/scenarios/catalogue/,$(addsuffix .lane,list-empty $(addprefix lane-,bumper-to-bumper-tagless \
	change-in-the-zone close-followers close-followers-refused cross-lane-leak late-read late-read-without-light motorcycle \
	no-detector read-often second-tag-of-the-next straddling stray-read trailer wrong-way)))

# So many stations of a week: what two cores do in a minute or two.
CI_SEEDS = 60

# What lanesim is held against: every scenario of the catalogue, and the digests of five of them.
LANES = sim/scenarios/first.lane sim/scenarios/catalogue
DIGESTS = sim/scenarios/digests.txt

.PHONY: help deps build demo lanes scenarios swarm canaries soak torture test tests check format bench fuzz tsan asan nightly clean lint

help: ## print this
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

deps: ## install the Debian packages that are missing
	@scripts/deps

build: deps ## build station, lanesim, central and bench
	swift build -c $(CONFIG)

demo: build ## build, then watch twelve vehicles pass two lanes
	@$(BIN)/lanesim demo

lanes: build ## run all lane scenarios in virtual time; a picture of each that fails is in failed/
	@$(BIN)/lanesim run $(LANES) --digests $(DIGESTS) --pictures failed --junit lanes.xml

scenarios: build ## run scenarios with real processes, some of which are killed in the middle of it
	@$(BIN)/lanesim run --wire $(ON_WIRE)

swarm: build ## let everything go wrong at many stations in virtual time; SEEDS=1000 for so many, of DAYS=30 each
	@$(BIN)/lanesim swarm --seeds $(or $(SEEDS),100) --days $(or $(DAYS),30)

canaries: build ## break invariants on purpose, and see that the swarm's checks find it
	@$(BIN)/lanesim canaries

soak: build ## watch one station for a year of virtual time: nothing of it may grow; SEED=2 for another
	@$(BIN)/lanesim soak --seed $(or $(SEED),1)

torture: build ## kill real programs while vehicles pass, and count what is lost; KILLS=200 for so many, SEED=2 for others
	@$(BIN)/lanesim torture --kills $(or $(KILLS),20) --seed $(or $(SEED),1)

test: ## run everything that a change has to pass, and tell the time of each part
	@scripts/parts deps tests lint build lanes demo scenarios "swarm SEEDS=$(or $(SEEDS),$(CI_SEEDS)) DAYS=$(or $(DAYS),7)" canaries "torture KILLS=3" tsan

tests: deps ## build for debugging and run all tests
	swift build --build-tests
	swift test --skip-build --disable-xctest

check: deps lint ## check format, scripts and style
	swift test --disable-xctest --filter StyleTests

fuzz: deps ## give made up inputs to all that reads what comes from outside, for a minute; SECONDS=600 for ten
	@scripts/fuzz $(or $(SECONDS),60)

tsan: deps ## run the tests of what has threads under the thread sanitizer
	THREADS=only swift build --build-tests --sanitize=thread --scratch-path .build/tsan
	TSAN_OPTIONS="report_thread_leaks=0 suppressions=scripts/tsan.supp" THREADS=only swift test --skip-build --disable-xctest --sanitize=thread --scratch-path .build/tsan

asan: deps ## run all tests under the address sanitizer
	swift build --build-tests --sanitize=address --scratch-path .build/asan
	swift test --skip-build --disable-xctest --sanitize=address --scratch-path .build/asan

nightly: ## run what takes hours, go on after a failure, and tell the time of each part
	@scripts/parts --go-on asan "fuzz SECONDS=3600" "torture KILLS=200" "swarm SEEDS=1000" canaries soak

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)
	shellcheck $(SHELL_FILES)

format: ## format all Swift sources in place
	swift format --in-place --parallel --recursive $(SWIFT_FILES)

bench: build ## measure, print a table, write bench.json; BENCH="NAME --rounds 60" measures some of it
	@$(BIN)/bench $(BENCH)

clean: ## remove what was built
	rm -rf .build demo torture bench.json failed lanes.xml
