.PHONY: run build test bench-match

# Serves the demo company on http://127.0.0.1:8080.
run:
	@tools/run

# The release program, web app inside: target/release/goodword.
build:
	@tools/build

# Every check there is. `tools/test lints rust` runs only the steps named.
test:
	@tools/test

# The match engine against PostgreSQL, SQLite, DuckDB and tantivy at 100,000 advocates, in minutes.
bench-match:
	@tools/bench-match
