#!/bin/sh
# All tests: offscreen first, on up to four cores, then those that need a real window,
# one after the other under Xvfb.
set -eu
python=$1
# Where there is a GPU the processes share it.
export XLA_PYTHON_CLIENT_PREALLOCATE=false
# The programs that tests start read the bytecode that the first of them has written.
unset PYTHONDONTWRITEBYTECODE
# Each process begins with a part of its own, so that little is compiled by two of them.
QT_QPA_PLATFORM=offscreen "$python" -m pytest -q -m 'not real_window and not peers and not pictures' \
  -n auto --maxprocesses 4 --dist worksteal --max-worker-restart 0
if [ -n "${DISPLAY:-}" ]; then
  "$python" -m pytest -q -m real_window
elif command -v xvfb-run >/dev/null 2>&1; then
  xvfb-run -a -s '-screen 0 1600x1000x24' "$python" -m pytest -q -m real_window
else
  echo 'No display and no xvfb-run: the tests that need a real window were not run.'
fi
