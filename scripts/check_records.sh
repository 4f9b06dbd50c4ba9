#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check_records.sh [RECFIX]: GNU recfix reads every .rec file of the repository; names those that it does not accept.
set -eu
recfix=${1:-recfix}
cd -- "$(dirname -- "$0")/.."
bad=0
for file in $(find data models training -name '*.rec' | LC_ALL=C sort); do
  "$recfix" --check "$file" || bad=1
done
exit $bad
