# What a user and a developer of k8s-release call; `make` alone lists it. Values come from the command line or from the
# environment: make release PROJECT=~/go/src/hello OUT=/tmp/hello VERSION=v1.2.3
PROJECT ?= examples/hello
OUT ?= release
VERSION ?=
KEY ?=
# Recipes read these as shell variables, so that no value is ever read as shell.
export PROJECT OUT VERSION KEY

MAKEFLAGS += --no-print-directory --no-builtin-rules
bin := node_modules/.bin
tools_bin = $${K8S_RELEASE_TOOLS:-$$HOME/.cache/k8s-release/tools}/bin
installed := node_modules/.package-lock.json
workflows = .github/workflows/*.yml examples/*/.github/workflows/*.yml
step = @printf '▸ %s\n'

.NOTPARALLEL:
.PHONY: help
help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile
	@printf '\n  PROJECT=%s OUT=%s VERSION=%s KEY=%s\n' "$$PROJECT" "$$OUT" "$$VERSION" "$$KEY"

# Node 24 comes as a package: whatever Node runs npm, everything after it runs on the pinned one.
$(installed): package-lock.json
	@command -v npm >/dev/null || { echo 'npm was not found: install Node.js 20 or newer from https://nodejs.org'; exit 1; }
	@echo '▸ npm ci'
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: release
release: $(installed) ## Build, describe, sign, verify and publish PROJECT into the folder OUT
	@set -- release --project "$$PROJECT" --out "$$OUT"; \
	if [ -n "$$VERSION" ]; then set -- "$$@" --version "$$VERSION"; fi; \
	if [ -n "$$KEY" ]; then set -- "$$@" --key "$$KEY"; fi; \
	exec $(bin)/k8s-release "$$@"

.PHONY: test
test: $(installed) ## Check and test everything, with real tools and servers on loopback
	@rm -rf build/test-results
	@status=0; $(MAKE) tools check test-unit test-integration test-contract test-e2e || status=$$?; \
	$(bin)/node scripts/test-summary.ts || status=1; exit $$status

.PHONY: check
check: lint dist-check workflow-check ## Check without running a test

.PHONY: lint
lint: $(installed) ## Check style, layers, types and generated files
	$(step) 'lint, generated files'
	@npm run --silent lint
	$(step) types
	@npm run --silent typecheck

.PHONY: dist-check
dist-check: $(installed)
	$(step) 'dist is what the source makes'
	@npm run --silent build -- --check

.PHONY: workflow-check
workflow-check: tools
	$(step) workflows
	@"$(tools_bin)/actionlint" -shellcheck= -pyflakes= $(workflows)
	@"$(tools_bin)/zizmor" --offline --persona pedantic --quiet --no-progress --config .github/zizmor.yml . examples/*

.PHONY: test-unit test-integration test-contract test-e2e
test-unit test-integration test-contract test-e2e: test-%: $(installed)
	$(step) '$* tests'
	@mkdir -p build/test-results
	@npm run --silent test:$* -- --json --outputFile=build/test-results/$*.json

.PHONY: build
build: $(installed) ## Make dist/ and what is generated from action.yml
	@npm run --silent generate
	@npm run --silent build

.PHONY: tools
tools: $(installed) ## Install the programs that the tests drive, pinned
	@$(bin)/node scripts/tools/install.ts

.PHONY: bench
bench: $(installed) ## Measure start-up, a release, large manifests and promotion, beside other tools
	@$(bin)/node scripts/tools/install.ts bench
	@npm run --silent bench

.PHONY: clean
clean: ## Remove what was made here, but not what was installed
	@rm -rf build coverage release
