# Sourced by checks that start processes: start and await_line; whatever was started ends with the check.
running=()

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
end_all() {
  local i
  for ((i = ${#running[@]} - 1; i >= 0; i--)); do
    kill "${running[i]}" 2>/dev/null || true
    wait "${running[i]}" 2>/dev/null || true
  done
  running=()
}
trap end_all EXIT
start() {
  local log="$1"
  shift
  "$@" >"$log" 2>&1 </dev/null &
  running+=($!)
}
await_line() {
  local file="$1" pattern="$2" end=$((SECONDS + 120))
  until grep -qaE "$pattern" "$file" 2>/dev/null; do
    ((SECONDS < end)) || { tail -n 20 "$file" >&2; fail "nothing matched $pattern in $file"; }
    sleep 0.2
  done
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
word_after() { sed -n "s|^ *$1  *\(.*\)|\1|p" "$2" | head -n 1; }
