import type { Writable } from 'node:stream';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const SHOWN_APART = new Set(['level', 'time', 'pid', 'msg', 'err', 'requestId']);

/** Log lines for a person at a terminal: time, level, message, then what else is known. */
export function textStream(output: Writable): { write: (line: string) => void } {
  return { write: (line) => void output.write(asText(line)) };
}

export function asText(line: string): string {
  const entry = JSON.parse(line) as Record<string, unknown>;
  const time = new Date(Number(entry.time)).toISOString().slice(11, 19);
  const level = (LEVELS[Number(entry.level)] ?? 'info').padEnd(5);
  const rest = Object.entries(entry)
    .filter(([key]) => !SHOWN_APART.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' ');
  const error = entry.err as { stack?: string; message?: string } | undefined;
  const trace = error ? `\n  ${(error.stack ?? error.message ?? '').replaceAll('\n', '\n  ')}` : '';
  return `${time} ${level} ${entry.msg ?? ''}${rest ? `  ${rest}` : ''}${trace}\n`;
}
