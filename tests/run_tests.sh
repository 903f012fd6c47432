#!/bin/sh
# All tests: offscreen first, in up to four processes, then those that need a real
# window, one after the other under Xvfb.
set -eu
python=$1
# Where there is a GPU the processes share it.
export XLA_PYTHON_CLIENT_PREALLOCATE=false
# The programs that tests start read the bytecode that the first of them has written.
unset PYTHONDONTWRITEBYTECODE
# What one process has compiled is read by the next.
compiled=$(mktemp -d)
trap 'rm -rf "$compiled"' EXIT
export GLASSBOX_TESTS_COMPILED="$compiled"
failed=0
# One more than there are cores: many tests wait for a thread or a process.
workers=$(($("$python" -c 'import os; print(os.cpu_count() or 1)') + 1))
if [ "$workers" -gt 4 ]; then workers=4; fi

# A group of tests in new processes: after two thousand tests a process is so large that
# each further test takes twice as long.
run_group() {
  # Each process begins with a part of its own, so that little is compiled by two.
  QT_QPA_PLATFORM=offscreen "$python" -m pytest -q \
    -m 'not real_window and not peers and not pictures and not long' \
    -n "$workers" --dist worksteal --max-worker-restart 0 "$@" || failed=1
}

run_group tests --ignore tests/gui --ignore tests/sweeps
run_group tests/gui --ignore tests/gui/window
run_group tests/gui/window tests/sweeps
if [ -n "${DISPLAY:-}" ]; then
  "$python" -m pytest -q -m real_window || failed=1
elif command -v xvfb-run >/dev/null 2>&1; then
  xvfb-run -a -s '-screen 0 1600x1000x24' "$python" -m pytest -q -m real_window || failed=1
else
  echo 'No display and no xvfb-run: the tests that need a real window were not run.'
fi
exit "$failed"
