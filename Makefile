# The two commands of the README are `make run` and `make test`; both set up what they need.

SHELL := /bin/bash
.DELETE_ON_ERROR:

# Debian packages: the libraries that Sendcast links, and what finds them.
PACKAGES := libopenblas-dev liblapack-dev libarchive-dev libssl-dev coinor-libcbc-dev libxlsxwriter-dev pkg-config python3-venv
# What tests look at reports with.
TEST_PACKAGES := chromium

# The instructions of this machine's processor: AVX-512 or AVX2 on x86, and those for AES, which random words are made with; the
# compiler's choice elsewhere. Figures are the same with any of them. MARCH= builds for every processor.
CPU := $(shell grep -m 1 '^flags' /proc/cpuinfo 2>/dev/null)
MARCH := $(if $(filter avx512vl,$(CPU)),-Xcc -march=x86-64-v4,$(if $(filter avx2,$(CPU)),-Xcc -march=x86-64-v3)) \
  $(if $(filter aes,$(CPU)),-Xcc -maes) $(if $(filter vaes,$(CPU)),-Xcc -mvaes)
FLAGS := -c release -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error $(MARCH)

BINARY := .build/release/sendcast
RUNS ?= 1000
DOCS ?= .build/docs

# The program in a package has Swift's runtime in it and wants a processor of 2015 or newer,
# whatever processor builds it: with fused multiply-add, so that its figures are those of `make build` to the last bit,
# and with AES-NI.
PACKAGED := --scratch-path .build/package -c release --static-swift-stdlib -Xswiftc -warnings-as-errors \
  --explicit-target-dependency-import-check error $(if $(filter x86_64,$(shell uname -m)),-Xcc -march=x86-64-v3 -Xcc -maes)
PACKAGES_OUT ?= .build/packages

MUTANTS ?= 25000
SECONDS ?= 120

# Leaves a note next to a program: its commit and the toolchain.
define NOTE
printf '{"commit": "%s", "toolchain": "%s"}\n' \
  "$$(git describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)" \
  "$$(swift --version 2>/dev/null | sed -n 's/.*\(Swift version [^(]*\).*/\1/p' | sed 's/ *$$//')"
endef

.PHONY: help run test build setup format lint march portable example docs model models care-models schemas snippets samples notebooks-data pictures bench track history battery sanitize fuzz mutants soak package package-test cluster-test sbom clean

help:
	@echo "make run     set up, build, project Sunderland's plans; results in results/sunderland"
	@echo "make test    set up, build, run every test"
	@echo "make lint    check the format;  make format  mend it;  make portable  build the vector code for every processor"
	@echo "make example build and run a program of its own that uses the library"
	@echo "make package a Debian package and a tarball for machines without Swift;  make package-test  install it in a clean root"
	@echo "make sbom    what Sendcast is built of, with versions and licences, in SPDX: .build/sendcast.spdx.json"
	@echo "make docs    build the documentation;  make model  make the synthetic model again"
	@echo "make models  make the models of areas again: RELEASES=, PROJECTIONS=, ESTIMATES=, CHILDREN= name published files"
	@echo "             (tables of ESTIMATES say their year themselves: a 'year' column, or a row such as mid-2020 above the header)"
	@echo "make care-models  make the models of children in care again: CARE=, ESTIMATES=, PROJECTIONS="
	@echo "make notebooks-data  tables of the shipped models for notebooks;  make pictures  the pictures of the README"
	@echo "make samples print the samples of README and documentation again"
	@echo "make schemas write the JSON Schemas of model.yaml and of scenarios to docs/schemas"
	@echo "make bench   the reference workload against its peers, then every benchmark"
	@echo "make track   times, memory, instructions and errors into .build/track.json; BASELINE= a binary to compare with"
	@echo "make history  a page of what versions measured, .build/history.html, and a table of the last two"
	@echo "make fuzz    MUTANTS= of each kind of input file (25,000), then SECONDS= (120) of libFuzzer for each reader: no crash, no hang"
	@echo "make mutants SAMPLE= (200) small faults in the code of money and places: the share that tests find"
	@echo "make soak    MINUTES= (60) of random commands on random models: no crash, no hang, memory bounded"
	@echo "make cluster-test  parts of a run by Open MPI and a one-node Slurm against one machine"
	@echo "make battery random bits through dieharder;  make sanitize  tests under address and thread sanitizers"

run: build
	$(BINARY) run models/sunderland --runs $(RUNS) --force
	@echo
	@echo "report.html opens in a browser, workbook.xlsx in a spreadsheet; manifest.json says what made them."

test: build
	@scripts/set-up $(PACKAGES) $(TEST_PACKAGES)
	swift build --build-tests $(FLAGS)
	swift test --skip-build $(FLAGS)

build: setup
	swift build --product sendcast $(FLAGS)
	@$(NOTE) > $(BINARY).build.json

setup:
	@scripts/set-up $(PACKAGES)
	@scripts/fetch-charts

format:
	swift format format --in-place --recursive Sources Tests Package.swift

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

# What tells the compiler of this machine's processor.
march:
	@echo $(MARCH)

# The vector code as it is for a processor without the instructions of this one.
portable:
	swift build -c release -Xswiftc -warnings-as-errors --target Sampling --scratch-path .build/portable

# A program of its own that uses the library from outside, on a shipped model.
example: setup
	swift build --package-path examples/library --scratch-path .build/library
	.build/library/debug/CapitalScenario models/sunderland bases .build/library/results

# A Debian package and a tarball for machines without Swift, in PACKAGES_OUT.
package: setup
	@scripts/set-up dpkg-dev binutils
	swift build --product sendcast $(PACKAGED)
	@$(NOTE) > .build/package/release/sendcast.build.json
	swift build --package-path .build/package/checkouts/swift-argument-parser --scratch-path .build/manual --product generate-manual
	scripts/package .build/package/release/sendcast .build/manual/debug/generate-manual $(PACKAGES_OUT)

# The package in a clean root; figures are compared with those of the program that `make build` made, or else with its own.
package-test: package
	@scripts/set-up debootstrap
	scripts/test-package $(PACKAGES_OUT)/sendcast_*_$$(dpkg --print-architecture).deb \
	  $$(test -x $(BINARY) && echo $(BINARY) || echo .build/package/release/sendcast)

# A bill of materials.
sbom: build
	scripts/sbom .build/sendcast.spdx.json

docs: setup
	swift package --allow-writing-to-directory $(DOCS) generate-documentation --target Sendcast \
	  --output-path $(DOCS) --warnings-as-errors

model: build
	rm -rf models/demo
	$(BINARY) synth models/demo --plans 2000 --years 5 --base 2026 --seed 2026

# Models of areas, from published files that are not part of the repository.
NEW = $(BINARY) new --force --horizon 10 $(foreach file,$(RELEASES),--plans $(file)) --population $(CHILDREN)

models: build
	rm -f $(foreach name,sunderland surrey derby leeds england,$(foreach file,costs inflation funding transport transport-costs,models/$(name)/$(file).csv))
	for name in Sunderland Surrey Derby Leeds; do \
	  $(NEW) models/$$(echo $$name | tr A-Z a-z) --authority $$name \
	    $(foreach file,$(PROJECTIONS),--population $(file)) || exit 1; \
	done
	$(NEW) models/england --authority England $(foreach file,$(ESTIMATES),--population $(file))
	$(BINARY) backtest $(foreach file,$(RELEASES),--plans $(file)) --population $(CHILDREN) --origins 2018-2022 \
	  --out .build/backtest --force
	for name in sunderland surrey derby leeds; do cp .build/backtest/backtest.csv models/$$name/ || exit 1; done

# Models of children in care; CARE= is the folder with the published tables.
care-models: build
	rm -f $(foreach name,derby leeds surrey,$(foreach file,costs inflation,models/$(name)-care/$(file).csv))
	for name in Derby Leeds Surrey; do \
	  $(BINARY) new models/$$(echo $$name | tr A-Z a-z)-care --force --authority $$name --care $(CARE) \
	    $(foreach file,$(ESTIMATES),--population $(file)) $(foreach file,$(PROJECTIONS),--population $(file)) || exit 1; \
	done

# Tidy tables of the shipped models for notebooks in Python and R.
notebooks-data: build
	$(BINARY) data models/sunderland models/surrey models/derby models/leeds models/england --out notebooks-data --force

# The pictures of the README.
pictures: build
	$(BINARY) run models/sunderland --scenario autism-school --scenario inclusion --out results/pictures --force
	$(BINARY) report results/pictures --pictures
	mkdir -p docs/pictures
	for name in plans gap balance; do cp results/pictures/charts/$$name.png docs/pictures/$$name.png || exit 1; done

# The samples of README and documentation, as this program prints them; SENDCAST_DATA= names public data.
samples: build
	scripts/samples $(BINARY)

# The Swift blocks of the documentation, as tests compile them.
snippets:
	echo 'import Sendcast' > Tests/SendcastTests/Snippets.swift
	SENDCAST_SNIPPETS=write swift test --filter SnippetTests

schemas: build
	mkdir -p docs/schemas
	for name in model scenario; do $(BINARY) schema $$name > docs/schemas/$$name.schema.json || exit 1; done

bench: setup
	benchmarks/compare
	cd benchmarks && swift package $(MARCH) --allow-writing-to-package-directory benchmark

history:
	benchmarks/page

track: build
	@scripts/set-up valgrind
	benchmarks/track --json .build/track.json --binary $(BINARY) $(if $(BASELINE),--baseline $(BASELINE))

# Parts of a run by Open MPI and by Slurm on this machine are byte for byte the run of one machine.
cluster-test: build
	@scripts/set-up openmpi-bin munge slurmctld slurmd slurm-client
	scripts/test-cluster $(BINARY)

battery: setup
	@scripts/set-up dieharder
	benchmarks/battery $(MARCH)

fuzz: setup
	swift build --build-tests $(FLAGS)
	SENDCAST_MUTANTS=$(MUTANTS) swift test --skip-build $(FLAGS) --filter MutationTests
	scripts/fuzz --seconds $(SECONDS)

mutants: setup
	scripts/mutants --sample $(or $(SAMPLE),200)

soak: build
	scripts/soak $(BINARY) $(or $(MINUTES),60)

# Slow builds with checks on every memory access; statistical suites that only repeat the same code are left out.
sanitize: setup
	for kind in address thread; do \
	  swift build --build-tests --sanitize=$$kind --scratch-path .build/$$kind -Xswiftc -O -Xswiftc -enable-testing && \
	  LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/leaks.txt swift test --skip-build --sanitize=$$kind --scratch-path .build/$$kind -Xswiftc -O -Xswiftc -enable-testing \
	    --skip CommandTests --skip CoverageTests --skip CalibrationTests --skip PredictionTests --skip ShippedModelTests \
	    --skip aMillionRows || exit 1; \
	done

clean:
	rm -rf .build results
