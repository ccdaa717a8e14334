"""Runs a command and says, as the last line of standard error, how long it took and what it used.

python3 measured.py COMMAND ARGUMENT...   ->   {"seconds": 1.2, "cpu": 1.5, "peakKiB": 81234, "exit": 0}
"""
import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
code = subprocess.call(sys.argv[1:])
seconds = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
# ru_maxrss is the largest child's, in KiB on Linux and in bytes on macOS.
peak = used.ru_maxrss // 1024 if sys.platform == "darwin" else used.ru_maxrss
cpu = used.ru_utime + used.ru_stime
print(json.dumps({"seconds": seconds, "cpu": cpu, "peakKiB": peak, "exit": code}), file=sys.stderr)
sys.exit(0)
