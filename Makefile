.PHONY: run build test

# Serves the demo company on http://127.0.0.1:8080.
run:
	@tools/run

# The release program, web app inside: target/release/goodword.
build:
	@tools/build

# Every check there is. `tools/test lints rust` runs only the steps named.
test:
	@tools/test
