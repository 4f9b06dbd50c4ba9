#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Formats all C++ sources, or with --check only names those that are not formatted. The version stands here only.
set -eu
cd -- "$(dirname -- "$0")/.."
tool=clang-format-14
command -v "$tool" >/dev/null 2>&1 || {
  echo "format.sh: there is no $tool; \`./dev format\` installs it" >&2
  exit 3
}
sources() { find src tests fuzz bench -name '*.cpp' -o -name '*.h' | LC_ALL=C sort; }
case ${1:-} in
  '') sources | xargs "$tool" -i --style=file ;;
  --check)
    wrong=$(sources | while read -r file; do
      "$tool" --style=file "$file" | cmp -s - "$file" || echo "$file"
    done)
    [ -z "$wrong" ] && exit 0
    echo "not formatted (./dev format does it):" >&2
    echo "$wrong"
    exit 1
    ;;
  *)
    echo "usage: scripts/format.sh [--check]" >&2
    exit 2
    ;;
esac
