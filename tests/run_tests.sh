#!/bin/sh
# All tests: offscreen first, then those that need a real window, under Xvfb.
set -eu
python=$1
QT_QPA_PLATFORM=offscreen "$python" -m pytest -q -m 'not real_window'
if [ -n "${DISPLAY:-}" ]; then
  "$python" -m pytest -q -m real_window
elif command -v xvfb-run >/dev/null 2>&1; then
  xvfb-run -a -s '-screen 0 1600x1000x24' "$python" -m pytest -q -m real_window
else
  echo 'No display and no xvfb-run: the tests that need a real window were not run.'
fi
