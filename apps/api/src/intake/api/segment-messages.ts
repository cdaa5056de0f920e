import { createHash } from 'node:crypto';
import type { FactKind } from '@steward/shared/fact-kinds';
import { MAX_MESSAGE_BYTES } from '@steward/shared/intake';
import { dictionary } from '../../domain/dictionary.js';
import type { Coerced } from '../../domain/values/coerced.js';
import type { ContactRef, FactRow } from '../../domain/values/fact-rows.js';
import { suggestColumns } from '../../domain/values/header-match.js';
import { coerceEmail, coerceText } from '../../domain/values/texts.js';
import { badInstant, type IntakeProblem, mostBytes, problem, readInstant, unstorable } from './intake-problem.js';
import type { PlainRecords, ReadRecord } from './plain-record.js';

/** Only names that are a field's own or a known synonym are taken for it; all other traits are attributes. */
const SURE = 0.9;
/** Identities come from the envelope, never from traits. */
const FROM_ENVELOPE = new Set(['account', 'id', 'effectiveOn']);

const LONGEST_ID = 200;

type Message = Record<string, unknown>;

const failed = (...problems: IntakeProblem[]): ReadRecord => ({ ok: false, problems });

/** The message's own id as it is answered, or null. */
export function messageIdOf(message: unknown): string | null {
  const id = typeof message === 'object' && message !== null ? (message as Message)['messageId'] : null;
  return typeof id === 'string' && id !== '' ? id.slice(0, LONGEST_ID) : null;
}

export function bytesOfAll(messages: readonly unknown[]): number {
  return messages.reduce<number>((sum, message) => sum + bytesOf(message), 0);
}

/** The size of a message as JSON; 0 for one that is nested beyond writing down, which is refused for that. */
function bytesOf(message: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(message));
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

/**
 * Reads one message as Segment's libraries send it. The account is `groupId`, or `context.groupId`; the contact is
 * `userId`, else the e-mail address among the traits; `properties.feature` names the feature; the time is `timestamp`,
 * never corrected for clock skew. Keys of the envelope that are not known are ignored. `plain`: its texts are known to
 * be storable.
 */
export function readSegmentMessage(
  value: unknown,
  type: string | null,
  records: PlainRecords,
  plain: boolean,
): ReadRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed(problem('WRONG_TYPE', null, 'A message is an object.'));
  }
  const message = value as Message;
  const most = mostBytes(message, plain);
  const bad = most === null ? unstorable(message, '') : null;
  if (bad !== null) return failed(bad);
  if ((most === null || most > MAX_MESSAGE_BYTES) && bytesOf(message) > MAX_MESSAGE_BYTES) {
    return failed(problem('MESSAGE_TOO_LARGE', null, `A message may have ${MAX_MESSAGE_BYTES / 1024} KB.`));
  }
  const at = timeOf(message);
  if (isProblem(at)) return failed(at);
  const messageId = message['messageId'];
  if (typeof messageId === 'string' && messageId.length > LONGEST_ID) {
    return failed(
      problem(
        'TEXT_TOO_LONG',
        'messageId',
        `The text has ${messageId.length} characters; at most ${LONGEST_ID} are kept.`,
      ),
    );
  }
  const account = accountOf(message);
  if (account === null) {
    return failed(problem('MISSING_GROUP', 'groupId', 'Name the account: groupId, or context.groupId.'));
  }
  if (typeof account !== 'string') return failed(account);
  switch (type ?? message['type']) {
    case 'identify':
      return identify(message, account, at, records);
    case 'group':
      return group(message, account, at, records);
    case 'track':
      return track(message, account, at);
    default:
      return failed(problem('UNSUPPORTED_TYPE', 'type', 'Taken are identify, group and track.'));
  }
}

/** Null: the message names none. */
function timeOf(message: Message): Date | IntakeProblem | null {
  const given = message['timestamp'] ?? message['originalTimestamp'] ?? null;
  return given === null ? null : (readInstant(given) ?? badInstant(given, 'timestamp'));
}

const NOTHING: Message = Object.freeze({});

function object(value: unknown): Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Message) : NOTHING;
}

function accountOf(message: Message): string | IntakeProblem | null {
  const id = message['groupId'] ?? object(message['context'])['groupId'];
  if (id === undefined || id === null || id === '') return null;
  return identity(id, 'groupId');
}

/** Short texts that are taken as they are: the same ids and names come again and again. */
const asTheyAre = new Set<string>();
const KEPT_TEXTS = 50_000;

function shortText(text: string): Coerced<string | null> {
  if (asTheyAre.has(text)) return { ok: true, value: text };
  const coerced = coerceText(text, 200);
  if (coerced.ok && coerced.value === text) {
    if (asTheyAre.size >= KEPT_TEXTS) asTheyAre.clear();
    asTheyAre.add(text);
  }
  return coerced;
}

function identity(value: unknown, path: string): string | IntakeProblem {
  if (typeof value !== 'string' && typeof value !== 'number') return problem('WRONG_TYPE', path, `${path} is a text.`);
  const text = shortText(String(value));
  if (!text.ok) return problem(text.code, path, text.message);
  return text.value ?? problem('MISSING_VALUE', path, `${path} is empty.`);
}

/** The message's own traits go before those of its context. */
function emailOf(message: Message): unknown {
  const own = object(message['traits']);
  return Object.hasOwn(own, 'email') ? own['email'] : object(object(message['context'])['traits'])['email'];
}

function contactOf(message: Message): ContactRef | IntakeProblem | null {
  const given = emailOf(message);
  const email = typeof given === 'string' ? coerceEmail(given) : null;
  if (email !== null && !email.ok) return problem(email.code, 'traits.email', email.message);
  const address = email?.value ?? null;
  const userId = message['userId'];
  if (userId === undefined || userId === null || userId === '') {
    return address === null ? null : { externalId: null, email: address, name: null };
  }
  const externalId = identity(userId, 'userId');
  return typeof externalId === 'string' ? { externalId, email: address, name: null } : externalId;
}

const isProblem = (value: object | null): value is IntakeProblem => value !== null && 'code' in value;

function identify(message: Message, account: string, at: Date | null, records: PlainRecords): ReadRecord {
  const contact = contactOf(message);
  if (isProblem(contact)) return failed(contact);
  if (contact === null) return failed(problem('MISSING_USER', 'userId', 'Name the person: userId, or traits.email.'));
  const record = fromTraits('contact', object(message['traits']));
  return withTime(
    records.read('contact', {
      ...record,
      account,
      id: contact.externalId ?? undefined,
      email: contact.email ?? undefined,
    }),
    at,
  );
}

function group(message: Message, account: string, at: Date | null, records: PlainRecords): ReadRecord {
  return withTime(records.read('account', { ...fromTraits('account', object(message['traits'])), account }), at);
}

function withTime(read: ReadRecord, at: Date | null): ReadRecord {
  if (read.ok) return { ...read, observedAt: at };
  const place = (path: string | null) => (path === null ? null : `traits.${path.replace(/^attributes\./, '')}`);
  return { ok: false, problems: read.problems.map((one) => ({ ...one, path: place(one.path) })) };
}

/** Traits under the names of the catalogue where they mean a field, as attributes where they do not. */
function fromTraits(kind: Extract<FactKind, 'account' | 'contact'>, traits: Message): Message {
  const names = Object.keys(traits);
  const suggestions = suggestColumns(
    kind,
    names.map((name) => ({ name, type: null })),
  );
  const record: Message = {};
  const attributes: Message = dictionary();
  for (const [index, name] of names.entries()) {
    const { mapping, confidence } = suggestions[index]!;
    const field = confidence >= SURE ? mapping.field : undefined;
    const value = traits[name];
    if (field === undefined) attributes[name] = value;
    else if (!FROM_ENVELOPE.has(field))
      record[field] = field.endsWith('On') || field === 'customerSince' ? dayOf(value) : value;
  }
  return Object.keys(attributes).length === 0 ? record : { ...record, attributes };
}

/** Libraries write dates as instants. */
function dayOf(value: unknown): unknown {
  return readInstant(value)?.toISOString().slice(0, 10) ?? value;
}

function track(message: Message, account: string, at: Date | null): ReadRecord {
  const contact = contactOf(message);
  if (isProblem(contact)) return failed(contact);
  if (typeof message['event'] !== 'string') return failed(problem('MISSING_EVENT', 'event', 'Name the event.'));
  const name = shortText(message['event']);
  if (!name.ok) return failed(problem(name.code, 'event', name.message));
  if (name.value === null) return failed(problem('MISSING_EVENT', 'event', 'Name the event.'));
  const given = message['properties'];
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given))) {
    return failed(problem('WRONG_TYPE', 'properties', 'properties is an object.'));
  }
  const properties = object(given);
  const feature = typeof properties['feature'] === 'string' ? shortText(properties['feature']) : null;
  if (feature !== null && !feature.ok) return failed(problem(feature.code, 'properties.feature', feature.message));
  const fact: FactRow = {
    kind: 'event',
    account: { via: 'externalId', id: account },
    messageId: messageIdOf(message) ?? contentIdOf(message),
    contact,
    name: name.value,
    feature: feature?.value ?? null,
    occurredAt: at?.toISOString() ?? null,
    count: 1,
    properties,
  };
  return { ok: true, facts: [fact], observedAt: at };
}

/** A message without an id is the same message when all of it is the same. */
function contentIdOf(message: Message): string {
  const { sentAt: _, ...content } = message;
  return `content-${createHash('sha256').update(JSON.stringify(content)).digest('base64url')}`;
}
