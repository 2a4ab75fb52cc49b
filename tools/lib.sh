# Shared by the scripts of this folder, which source it from the root of the project.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Where cargo puts what it builds.
target_folder() { printf '%s\n' "${CARGO_TARGET_DIR:-target}"; }

# The folder with initdb and pg_ctl. Debian keeps them out of PATH, one folder per major version.
postgres_programs() {
  local folder
  while read -r folder; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done < <(
    printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort --reverse
    dirname "$(command -v initdb || echo /nowhere/initdb)"
  )
  return 1
}

chromium_program() {
  if [ -n "${GOODWORD_CHROMIUM:-}" ]; then
    printf '%s\n' "$GOODWORD_CHROMIUM"
    return 0
  fi
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

# Runs a command and exits with its status. The command runs in the background, because a trap of
# this shell waits for a command in the foreground; bash lets such a command ignore Ctrl-C, so both
# signals are passed on as a request to terminate.
run_and_exit() {
  "$@" <&0 &
  local process=$! status=0
  # shellcheck disable=SC2064  # the process of now is meant
  trap "kill -TERM $process 2>/dev/null || true" TERM INT
  wait "$process" || status=$?
  # A signal ends the wait, not the command.
  while kill -0 "$process" 2>/dev/null; do
    status=0
    wait "$process" || status=$?
  done
  exit "$status"
}

# Installs the packages of an npm folder as its lock file names them, once per lock file.
install_npm_packages() {
  local folder=$1 stamp=$1/node_modules/.installed-from
  if cmp -s "$folder/package-lock.json" "$stamp"; then return 0; fi
  (cd "$folder" && npm ci --no-audit --no-fund </dev/null)
  mkdir -p "$folder/node_modules"
  cp "$folder/package-lock.json" "$stamp"
}

# Builds the web app when a source is newer than what was built from it.
build_web() {
  install_npm_packages web
  if [ -f web/dist/index.html ] &&
    [ -z "$(find web -path web/node_modules -prune -o -path web/dist -prune -o -newer web/dist/index.html -type f -print -quit)" ]; then
    return 0
  fi
  (cd web && npm run build </dev/null)
}

# A folder with Python and the packages of tools/NAME-requirements.txt, in the versions written there;
# installed once per list.
python_environment() {
  local name=$1
  local requirements=$root/tools/$name-requirements.txt environment=$root/.tools/$name
  if ! cmp -s "$requirements" "$environment/installed-from"; then
    python3 -c 'import ensurepip, venv' 2>/dev/null ||
      fail "Python's venv is needed. Install it with: sudo apt-get install python3-venv"
    rm -rf "$environment"
    python3 -m venv "$environment"
    "$environment/bin/python" -m pip install --quiet --no-deps --disable-pip-version-check --requirement "$requirements" </dev/null >&2
    cp "$requirements" "$environment/installed-from"
  fi
  printf '%s\n' "$environment"
}
