/** Whether there is a process with this number, whoever's it is. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * Whether something a process made is left over from one that is gone: named after its number `pid`,
 * last changed at `changed` (epoch ms). In a container the next process may well have that number.
 */
export const isLeftOver = (pid: number, changed: number): boolean =>
  pid === process.pid ? changed < Date.now() - process.uptime() * 1000 : !isRunning(pid);
