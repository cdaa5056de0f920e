import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { AllowedHosts } from '../outgoing/addresses.js';

/** Every environment variable that Steward reads, with its default and what it is for. */

const port = z.coerce.number().int().min(1).max(65_535);
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const switchValue = z.enum(['on', 'off']).transform((value) => value === 'on');

function isUrlOf(...protocols: string[]) {
  return (value: string) => URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

const variables = z.object({
  /** The PostgreSQL server. */
  DATABASE_URL: z
    .string({ error: 'is missing; it is the address of PostgreSQL: postgres://user:password@host:5432/database' })
    .refine(isUrlOf('postgres:', 'postgresql:'), 'must look like postgres://user:password@host:5432/database'),
  /** Connections of one process to the database, those of the queues apart. */
  DATABASE_POOL_SIZE: count(2, 50).default(8),
  /** Set: queues are in Redis. Not set: they are in PostgreSQL. */
  REDIS_URL: z.string().refine(isUrlOf('redis:', 'rediss:'), 'must look like redis://host:6379').optional(),
  /** Prefix (Redis) or schema (PostgreSQL) of the queues, so that two installs can share a server. */
  QUEUE_NAMESPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'must be small letters, digits and _')
    .default('bullmq'),
  /** Where the HTTP server listens. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  /** The address that people use, where it is not http://HOST:PORT: behind a proxy with TLS. */
  PUBLIC_URL: z.string().refine(isUrlOf('http:', 'https:'), 'must look like https://steward.example.com').optional(),
  /** How many proxies stand before the server; as many entries of X-Forwarded-For are believed. */
  TRUSTED_PROXIES: count(0, 10).default(0),
  /** The largest JSON body that is read. Files have their own limit. */
  BODY_LIMIT_KB: count(16, 65_536).default(2_048),
  UPLOAD_LIMIT_MB: count(1, 65_536).default(4_096),
  /** Where uploaded files and those of rejected rows are kept until they expire. Server and worker share it. */
  FILES_FOLDER: z.string().min(1).default('.steward/files'),
  /** How many days an uploaded file stays after anybody last did anything with its import. */
  KEEP_UPLOADS_DAYS: count(1, 3_650).default(30),
  /** How many days the rejected rows of an import can be downloaded. */
  KEEP_REJECTED_DAYS: count(1, 3_650).default(365),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** `json` for machines, `text` for a terminal. */
  LOG_FORMAT: z.enum(['json', 'text']).default('json'),
  /** How many batches of accounts a worker or command computes at a time, in all its threads. */
  BATCHES_AT_A_TIME: count(1, 16).default(2),
  /**
   * How many threads a worker or command computes a large run in; each beyond the first holds 60 to 100 MB while it lasts.
   * Left out: two, on one core one.
   */
  RUN_THREADS: count(1, 16).default(Math.min(2, availableParallelism())),
  /** How long none of them has been free before another is started: a small company is computed sooner than one starts. */
  RUN_THREAD_AFTER_SECONDS: count(0, 600).default(2),
  /** How long a worker may be silent before its jobs are given to another: one that was killed holds them for so long. */
  JOB_SILENCE_SECONDS: count(5, 600).default(60),
  /** How long running requests and jobs are waited for when the process is asked to stop. */
  SHUTDOWN_SECONDS: count(1, 600).default(15),
  /** Accounts of the sample company's roles may sign in. */
  STEWARD_SAMPLE: switchValue.default(true),
  /** The server that takes e-mail. Not set: none is sent, and the settings say so. */
  SMTP_URL: z
    .string()
    .refine(isUrlOf('smtp:', 'smtps:'), 'must look like smtp://user:password@mail.example.com:587')
    .optional(),
  /** Whom e-mail comes from. */
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\p{Cc}]{1,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
      'must look like Steward <steward@example.com>',
    )
    .optional(),
  /** Hosts of one's own network that webhooks may reach: names, addresses and ranges, separated by commas. */
  OUTGOING_PRIVATE_HOSTS: z
    .string()
    .default('')
    .transform((text, context) => {
      const hosts = AllowedHosts.parse(text);
      if (hosts) return hosts;
      context.addIssue({
        code: 'custom',
        message: 'must list names, addresses or ranges such as hooks.corp,10.2.0.0/16',
      });
      return z.NEVER;
    }),
  /** How long the answer to a webhook is waited for. */
  OUTGOING_TIMEOUT_SECONDS: count(1, 60).default(10),
});

export const environmentSchema = variables.refine((e) => e.SMTP_URL === undefined || e.MAIL_FROM !== undefined, {
  path: ['MAIL_FROM'],
  message: 'is missing; mail that SMTP_URL sends needs a sender such as Steward <steward@example.com>',
});
