#!/usr/bin/env bash
# From a clone to a changed answer and a Word report: the README's own lines, in an empty environment, each with its seconds.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"
{
  echo "git clone -q $repository cqsim"
  echo "cd cqsim"
  sed -n '/^python3 -m venv .*nanchuan.yaml$/s/ && /\n/gp; /^\. .venv/,/^```/{/^```/!p}' "$repository/README.md"
} > "$work/lines"

cat > "$work/each" <<'END'
cd "$1"
count=0
while read -r line; do
  from=$EPOCHREALTIME
  eval "$line" > "$1/output" 2>&1 || { cat "$1/output"; exit 1; }
  to=$EPOCHREALTIME
  tenths=$(((${to/./} - ${from/./}) / 100000))
  printf '%4d.%d s  %s\n' $((tenths / 10)) $((tenths % 10)) "${line%%  *}"
  count=$((count + 1))
done < "$1/lines"
echo "$count commands, $((EPOCHSECONDS - $2)) s in all"
from=$EPOCHSECONDS
python -m pip download -q -d "$1/wheels" ".[office]" > "$1/output" 2>&1
echo "of which download: about $((EPOCHSECONDS - from)) s, $(du -sm "$1/wheels" | cut -f1) MB (measured again, by itself)"
END
env -i HOME="$work/home" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 PIP_NO_CACHE_DIR=1 \
  bash -euo pipefail "$work/each" "$work" "$EPOCHSECONDS"
