#!/usr/bin/env bash
# Installs Debian packages, and pinned artefacts into .deps/. To be sourced by a script that sets before:
#   tool  its name, for messages
#   root  the checkout

deps=${root:?}/.deps
downloads=$deps/downloads
pip_mismatch='DO NOT MATCH THE HASHES'

say() { printf '[%s %3ds] %s\n' "${tool:?}" "$SECONDS" "$*"; }
die() {
  printf '%s: %s\n' "$tool" "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    die "this step needs root: $*. Run tools/$tool as root, or install sudo."
  fi
}

# packages NAME...: installs the Debian packages that are missing.
packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${#missing[@]} system packages"
  as_root apt-get update -qq || die "apt-get update failed. Check the network and /etc/apt, then run tools/$tool again."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    die "apt-get could not install: ${missing[*]}. Its message is above; Debian 12 has them all."
}

# pinned NAME FIELD: the version (2) or the SHA-256 (3) of the artefact NAME.
pinned() { awk -v name="$1" -v field="$2" '$1 == name {print $field}' "$root/third_party/artefacts.txt"; }

# mismatch NAME GOT: stops, and keeps nothing of the download, neither the file nor its client's cache.
mismatch() {
  rm -rf "${downloads:?}/$1"
  die "$1 $(pinned "$1" 2): SHA-256 mismatch. wanted $(pinned "$1" 3), got $2. What was downloaded is removed; run tools/$tool again, and if it happens again report it: the artefact has changed at its source."
}

# fetch_failed NAME LOG: says why the client that wrote LOG failed, without its long output.
fetch_failed() {
  local got
  if grep -q "$pip_mismatch" "$2"; then
    got=$(awk '$1 == "Got" {got = $2} END {print got}' "$2")
    mismatch "$1" "$got"
  fi
  die "$1 $(pinned "$1" 2) (SHA-256 $(pinned "$1" 3)) could not be downloaded. Check the network or the registry's mirror settings, then run tools/$tool again. The client's output is in ${2#"$root/"}."
}

# fetch_wheel NAME FOLDER: a FETCH of `provide`, by pip, which checks the SHA-256 before it accepts a file.
fetch_wheel() {
  printf '%s==%s --hash=sha256:%s\n' "$1" "$(pinned "$1" 2)" "$(pinned "$1" 3)" >"$2/requirements.txt" &&
    /usr/bin/python3 -m pip download --no-deps --only-binary=:all: --require-hashes -d "$2" -r "$2/requirements.txt" &&
    mv "$2"/*.whl "$2/artefact"
}

# fetch_debian_source NAME FOLDER: the files of the Debian source package NAME. Lists of its own: the system's need not
# name sources.
fetch_debian_source() {
  local lists=$2/apt options
  mkdir -p "$lists/lists/partial" "$lists/cache/archives/partial" || return
  if [ -f /etc/apt/sources.list.d/debian.sources ]; then
    sed 's/^Types: .*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources >"$lists/src.sources"
  else
    sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >"$lists/src.list"
  fi
  options=(-o "Dir::Etc::SourceList=$(ls "$lists"/src.*)" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$lists/lists" -o "Dir::Cache=$lists/cache")
  [ "$(id -u)" -ne 0 ] || options+=(-o APT::Sandbox::User=root)
  (cd "$2" && apt-get "${options[@]}" update && apt-get "${options[@]}" source --download-only "$1=$(pinned "$1" 2)")
}

# stamp NAME MAKE: what .deps/NAME is made of: version, bytes and recipe.
stamp() { printf '%s %s %s' "$(pinned "$1" 2)" "$(pinned "$1" 3)" "$(declare -f "$2" | sha256sum | cut -c 1-16)"; }

# provide NAME FETCH MAKE [NOTE]: has .deps/NAME made from the artefact that is pinned now; does nothing when it is.
#   FETCH NAME FOLDER  downloads into an empty folder and leaves the artefact there under the name "artefact"
#   MAKE FILE FOLDER   puts what .deps/NAME is to hold into an empty folder; a new text of it makes .deps/NAME anew
# Both end with the status of their first command that fails. NOTE is said with MAKE. The folder comes to its place in
# one step, so that a stopped run leaves no half; what was downloaded for it is removed.
provide() {
  local name=$1 fetch=$2 make=$3 note=${4-} folder=$downloads/$1 log=$downloads/$1.log got
  [ "$(cat "$deps/$name/.stamp" 2>/dev/null)" != "$(stamp "$name" "$make")" ] || return 0
  rm -rf "$folder" && mkdir -p "$folder/fetched" "$folder/made"
  say "fetching $name $(pinned "$name" 2)"
  "$fetch" "$name" "$folder/fetched" >"$log" 2>&1 || fetch_failed "$name" "$log"
  got=$(sha256sum "$folder/fetched/artefact" | cut -d' ' -f1)
  [ "$got" = "$(pinned "$name" 3)" ] || mismatch "$name" "$got"
  say "installing $name${note:+ ($note)}"
  "$make" "$folder/fetched/artefact" "$folder/made" >"$log" 2>&1 ||
    die "$name $(pinned "$name" 2) could not be installed. What was tried is in ${log#"$root/"}."
  stamp "$name" "$make" >"$folder/made/.stamp"
  rm -rf "${deps:?}/$name"
  mv "$folder/made" "$deps/$name"
  rm -rf "$folder" "$log"
}
