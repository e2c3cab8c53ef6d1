# Every target works on a machine with nothing but Rust on it; tests/run.sh installs or names what else is missing.
.DEFAULT_GOAL := help
.PHONY: help demo test check lint fmt faults bench clean

help: ## what can be made here
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: ## a server with invented people in it, on SQLite (SAMTYCKE_LISTEN, SAMTYCKE_DATA_DIR)
	@exec tests/run.sh demo

test: ## everything CI does: format, lints, dependencies, docs, tests on both databases, invariants
	@exec tests/run.sh test

check: ## the same without the tests
	@exec tests/run.sh check

lint: ## format, clippy, dependencies, scripts, invariants
	@exec tests/run.sh lint

fmt: ## put the code into its one form
	@cargo fmt --all

faults: ## break disk, database, anchor and keys, many times; make faults ARGS="--rounds 50"
	@exec tests/faults.sh $(ARGS)

bench: ## the benchmarks; make bench ARGS="..." passes arguments on
	@exec tests/run.sh bench $(ARGS)

clean: ## remove what was built, and the tools below target/
	@cargo clean
