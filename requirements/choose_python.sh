#!/bin/sh
# Prints the command of a Python that pyproject.toml allows: the one that is named, or
# else python3 if it fits, or else the newest that does. `--oldest` and `--newest` take
# what is first and last of all.
set -eu
range=$(sed -n 's/^requires-python = ">=3\.\([0-9]*\),<3\.\([0-9]*\)"$/\1 \2/p' \
  "$(dirname "$0")/../pyproject.toml")
oldest=${range% *}
newest=$((${range#* } - 1))

fits() {
  "$1" -c "import sys; sys.exit(not (3, $oldest) <= sys.version_info[:2] <= (3, $newest))" \
    >/dev/null 2>&1
}

# pyenv's python3.12 only runs where that version has been chosen.
if command -v pyenv >/dev/null 2>&1; then pyenv=$(pyenv root); else pyenv=; fi

all_of() {
  for minor in $(seq "$@"); do
    echo "python3.$minor"
    if [ -n "$pyenv" ]; then ls -d "$pyenv/versions/3.$minor".*/bin/python3 2>/dev/null || :; fi
  done
}

case ${1:-} in
  '') candidates="python3 $(all_of "$newest" -1 "$oldest")" ;;
  --newest) candidates=$(all_of "$newest" -1 "$oldest") ;;
  --oldest) candidates=$(all_of "$oldest" "$newest") ;;
  *) candidates=$1 ;;
esac
for candidate in $candidates; do
  if fits "$candidate"; then
    echo "$candidate"
    exit
  fi
done
version='import platform; print(platform.python_version())'
if [ "$candidates" != "${1:-}" ]; then
  found='None of them is here.'
elif found=$("$1" -c "$version" 2>/dev/null); then
  found="$1 is $found."
else
  found="$1 does not run."
fi
echo "Glassbox needs Python 3.$oldest to 3.$newest. $found" >&2
echo "Install one of them, or say where it is: make PYTHON=/path/to/python3.$newest run" >&2
exit 1
