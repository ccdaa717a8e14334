"""Opens the console in a pseudo terminal of 80x24 and times keys: from the key to the last byte.

python3 key_latency.py START_SECONDS COMMAND ARGUMENT...   ->   one JSON line with figures per key.
"""
import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time

QUIET = 0.12  # seconds without a byte: the screen is done
KEYS = [
    ("down", "j", 60),
    ("page down", "\x1b[6~", 20),
    ("last row", "G", 3),
    ("first row", "g", 3),
    ("to messages", "\t", 1),
    ("down in messages", "j", 40),
    ("to exposure and back", "\t\t", 2),
    ("open search", "/", 1),
    ("search, each letter", "wiretransfer", 0),
    ("leave search", "\x1b", 1),
]


def read_until_quiet(master, limit):
    """Bytes read, and seconds until the first and the last of them (None: nothing came)."""
    start = time.monotonic()
    first = last = None
    count = 0
    while time.monotonic() - start < limit:
        ready, _, _ = select.select([master], [], [], QUIET if last else min(limit, 1.0))
        if not ready:
            if last:
                break
            continue
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data:
            break
        count += len(data)
        last = time.monotonic() - start
        first = first or last
    return count, first, last


def main():
    settle = float(sys.argv[1])
    pid, master = pty.fork()
    if pid == 0:
        # Before the program looks at its terminal.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.environ["TERM"] = "xterm-256color"
        os.environ.pop("CI", None)
        os.execvp(sys.argv[2], sys.argv[2:])
    _, first, _ = read_until_quiet(master, 30)
    time.sleep(settle)
    read_until_quiet(master, 1)
    figures = {"first frame": {"ms": round(1000 * (first or 0))}}
    for name, key, times in KEYS:
        presses = [key] * times if times else list(key)
        taken, sizes, silent = [], [], 0
        for press in presses:
            os.write(master, press.encode())
            count, _, last = read_until_quiet(master, 2)
            sizes.append(count)
            if last is None:
                silent += 1
            else:
                taken.append(1000 * last)
        if taken:
            taken.sort()
            figures[name] = {
                "ms": round(statistics.median(taken), 1),
                "worst": round(taken[-1], 1),
                "bytes": round(statistics.median(sizes)),
                "silent": silent,
            }
        else:
            figures[name] = {"silent": silent}
    os.kill(pid, signal.SIGTERM)
    read_until_quiet(master, 1)
    os.waitpid(pid, 0)
    print(json.dumps(figures))


main()
