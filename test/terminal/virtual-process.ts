import { EventEmitter } from 'node:events';

/** A stdin one types on; it remembers whether it was put into raw mode and whether it flows. */
export class VirtualKeyboard extends EventEmitter {
  raw = false;
  flowing = false;
  #set = false;
  /** As libuv does: what it has set already it does not set again, whatever the terminal is now. */
  setRawMode(raw: boolean): void {
    if (raw === this.#set) return;
    this.#set = raw;
    this.raw = raw;
  }
  resume(): this {
    this.flowing = true;
    return this;
  }
  pause(): this {
    this.flowing = false;
    return this;
  }
  type(text: string): void {
    this.emit('data', Buffer.from(text));
  }
}

/** The signals of a process: `emit('SIGTERM')` sends one to it, `sent` is what it sent. */
export class VirtualSignals extends EventEmitter {
  readonly pid = 4242;
  readonly sent: string[] = [];
  kill(pid: number, signal: string): void {
    this.sent.push(`${signal} to ${pid}`);
  }
}
