.PHONY: run build test soak bench-import bench-match bench-plan

# Serves the demo company on http://127.0.0.1:8080.
run:
	@tools/run

# The release program, web app inside: target/release/goodword.
build:
	@tools/build

# Every check there is. `tools/test lints rust` runs only the steps named.
test:
	@tools/test

# The tests that try to break promises, for MINUTES (60 when not said); ends with a line of figures.
soak:
	@tools/soak

# Coverage against OR-tools and HiGHS, equal to the unit before it is timed; off the everyday checks.
bench-plan:
	@bench/plan

# The importer beside psql, sqlite3 and Python; writes bench/results/import.md.
bench-import: build
	@tools/with-postgres bench/import

# The match engine against PostgreSQL, SQLite, DuckDB and tantivy at 100,000 advocates, in minutes.
bench-match:
	@bench/match
