import { resolve } from 'node:path';
import type { z } from 'zod';
import type { AllowedHosts } from '../outgoing/addresses.js';
import { environmentSchema } from './environment.js';

/** What the process was told from outside. Read once at boot; this file is the only reader of `process.env`. */
export class Config {
  readonly database: { url: string; poolSize: number };
  readonly queue: { redisUrl: string | null; namespace: string };
  readonly http: { host: string; port: number; publicUrl: string; trustedProxies: number; bodyLimitBytes: number };
  readonly files: { folder: string; uploadLimitBytes: number; uploadsKeptDays: number; rejectedKeptDays: number };
  readonly log: { level: string; format: 'json' | 'text' };
  readonly worker: { batchesAtATime: number; threads: number; threadAfterMs: number; silentMs: number };
  /** Null: no mail is sent. */
  readonly mail: { url: string; from: string } | null;
  readonly outgoing: { allowedHosts: AllowedHosts; timeoutMs: number };
  readonly shutdownMs: number;
  readonly sample: boolean;

  constructor(environment: z.output<typeof environmentSchema>) {
    const e = environment;
    this.database = { url: e.DATABASE_URL, poolSize: e.DATABASE_POOL_SIZE };
    this.queue = { redisUrl: e.REDIS_URL ?? null, namespace: e.QUEUE_NAMESPACE };
    this.http = {
      host: e.HOST,
      port: e.PORT,
      publicUrl: (e.PUBLIC_URL ?? `http://${e.HOST}:${e.PORT}`).replace(/\/+$/, ''),
      trustedProxies: e.TRUSTED_PROXIES,
      bodyLimitBytes: e.BODY_LIMIT_KB * 1024,
    };
    this.files = {
      folder: resolve(e.FILES_FOLDER),
      uploadLimitBytes: e.UPLOAD_LIMIT_MB * 1024 * 1024,
      uploadsKeptDays: e.KEEP_UPLOADS_DAYS,
      rejectedKeptDays: e.KEEP_REJECTED_DAYS,
    };
    this.log = { level: e.LOG_LEVEL, format: e.LOG_FORMAT };
    this.worker = {
      batchesAtATime: e.BATCHES_AT_A_TIME,
      threads: e.RUN_THREADS,
      threadAfterMs: e.RUN_THREAD_AFTER_SECONDS * 1000,
      silentMs: e.JOB_SILENCE_SECONDS * 1000,
    };
    this.mail = e.SMTP_URL && e.MAIL_FROM ? { url: e.SMTP_URL, from: e.MAIL_FROM } : null;
    this.outgoing = { allowedHosts: e.OUTGOING_PRIVATE_HOSTS, timeoutMs: e.OUTGOING_TIMEOUT_SECONDS * 1000 };
    this.shutdownMs = e.SHUTDOWN_SECONDS * 1000;
    this.sample = e.STEWARD_SAMPLE;
  }

  /**
   * Spans of a run that a process asks for at a time: where it may start threads, one more than are worked, so that it
   * shows when that is worth it.
   */
  get spansAskedFor(): number {
    const { threads, batchesAtATime } = this.worker;
    return threads === 1 ? batchesAtATime : Math.max(threads, batchesAtATime) + 1;
  }

  /** Whether people reach the server by TLS: cookies are then marked for it. */
  get isSecure(): boolean {
    return this.http.publicUrl.startsWith('https:');
  }
}

/** Names every bad variable at once: an operator mends them in one go. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `Steward cannot start. Wrong environment variables:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Empty variables count as absent: `PORT= npm start` means the default. */
export function readConfig(source: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const result = environmentSchema.safeParse(given);
  if (result.success) return new Config(result.data);
  throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
}
