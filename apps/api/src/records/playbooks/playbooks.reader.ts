import { Injectable } from '@nestjs/common';
import { type PlaybookDefinition, playbookDefinitionSchema } from '@steward/shared/playbooks';
import type { SegmentOf } from '@steward/shared/segments';
import type { Catalogue } from '../../db/rules/bindings.js';
import { type PlaybookProblem, problemsOf } from '../../db/rules/check-playbook.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { InvalidInput } from '../../platform/errors/app-error.js';

/** A playbook as it is published now. */
export interface PublishedPlaybook {
  id: string;
  key: string | null;
  version: number;
  enabled: boolean;
  /** Null: it says what this version of the product cannot read. */
  definition: PlaybookDefinition | null;
}

/** What playbooks may name, with what it is called. */
export interface Nameable {
  segments: readonly { id: string; of: SegmentOf; name: string }[];
  alertRules: readonly { id: string; name: string }[];
}

/** A version of a playbook, as goals name it. */
export interface PlaybookVersion {
  playbookId: string;
  version: number;
}

/** The same versions are asked for with every batch, and a published one never changes. */
const read = new Map<string, PlaybookDefinition | null>();
const MOST_READ = 2000;

const keyOf = (id: string, version: number) => `${id} ${version}`;

function definitionOf(id: string, version: number, text: string): PlaybookDefinition | null {
  const key = keyOf(id, version);
  let definition = read.get(key);
  if (definition === undefined) {
    definition = playbookDefinitionSchema.safeParse(JSON.parse(text)).data ?? null;
    if (read.size > MOST_READ) read.clear();
    read.set(key, definition);
  }
  return definition;
}

interface Row {
  id: string;
  key: string | null;
  version: number;
  enabled: boolean;
  definition: string;
}

/** Playbooks and their versions, for what runs them. */
@Injectable()
export class PlaybooksReader {
  /** All that are not deleted. */
  async published(tx: Tx): Promise<PublishedPlaybook[]> {
    const rows = await open(tx).prepared<Row>(
      `SELECT id, key, version, enabled, definition::text AS definition FROM steward.playbook
       WHERE deleted_at IS NULL ORDER BY id`,
    );
    return rows.map((row) => ({ ...row, definition: definitionOf(row.id, row.version, row.definition) }));
  }

  /** Shared segments, and the rules of alerts: playbooks are everyone's, so they rest on what is everyone's. */
  async nameable(tx: Tx): Promise<Nameable> {
    return {
      segments: await this.nameableSegments(tx),
      alertRules: await open(tx).query('SELECT id, name FROM steward.alert_rule'),
    };
  }

  nameableSegments(tx: Tx): Promise<Nameable['segments']> {
    return open(tx).query(`SELECT id, of, name FROM steward.segment WHERE visibility = 'shared'`);
  }

  /** Refuses a definition with all that is wrong, each with its place. */
  async mustBeSound(tx: Tx, definition: PlaybookDefinition, catalogue: Catalogue): Promise<void> {
    refuse(problemsOf(definition, catalogue, await this.nameable(tx)));
  }

  /** What the versions say, by `versionKey`. Those that cannot be read are left out. */
  async definitions(tx: Tx, versions: readonly PlaybookVersion[]): Promise<Map<string, PlaybookDefinition>> {
    const wanted = new Map(versions.map((each) => [versionKey(each), each]));
    const known = new Map<string, PlaybookDefinition>();
    const unread: PlaybookVersion[] = [];
    for (const [key, each] of wanted) {
      const definition = read.get(key);
      if (definition) known.set(key, definition);
      else if (definition === undefined) unread.push(each);
    }
    if (unread.length === 0) return known;
    const rows = await open(tx).prepared<{ id: string; version: number; definition: string }>(
      `SELECT v.playbook_id AS id, v.version, v.definition::text AS definition
       FROM unnest($1::uuid[], $2::int[]) AS u (playbook_id, version)
       JOIN steward.playbook_version v ON v.playbook_id = u.playbook_id AND v.version = u.version`,
      [unread.map(({ playbookId }) => playbookId), unread.map(({ version }) => version)],
    );
    for (const { id, version, definition: text } of rows) {
      const definition = definitionOf(id, version, text);
      if (definition) known.set(keyOf(id, version), definition);
    }
    return known;
  }
}

export function refuse(problems: readonly PlaybookProblem[]): void {
  const details = problems.map((problem) => ({ ...problem, path: `definition.${problem.path}` }));
  const [first] = problems;
  if (first) throw new InvalidInput(`${first.path}: ${first.message}`, details, 'PLAYBOOK_NOT_VALID');
}

export function versionKey({ playbookId, version }: PlaybookVersion): string {
  return keyOf(playbookId, version);
}
