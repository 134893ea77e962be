#!/usr/bin/env bash
# Builds the committed sources twice from clean clones in folders of different names, and compares the bytes of jars,
# images, and the bill of materials.
#
#   checks/reproducible.sh            jars only
#   checks/reproducible.sh -Pimages   also images; without an image registry add -Dofferflow.image.base=tar://FILE
set -euo pipefail
cd "$(dirname "$0")/.."
work="$PWD/checks/target/reproducible"
rm -rf "$work"
mkdir -p "$work"
for copy in first the-second-one; do
  git clone -q --no-hardlinks . "$work/$copy"
  (cd "$work/$copy" && ./mvnw -B -q -ntp -DskipTests -pl producer-cli -am "$@" package)
  (
    cd "$work/$copy"
    find . -path './*/target/*' -type f \( -name '*.jar' -o -name '*.tar' -o -name bom.json \) -print0 |
      sort -z | xargs -0 sha256sum
  ) >"$work/$copy.sums"
done
diff "$work/first.sums" "$work/the-second-one.sums" || { echo "The builds differ; see above." >&2; exit 1; }
cat "$work/first.sums"
echo "$(wc -l <"$work/first.sums") files, the same bytes twice."
rm -rf "$work/first" "$work/the-second-one"
