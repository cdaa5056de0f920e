import type { Tx } from '../../db/unit-of-work.js';
import type { AccountRow } from '../../domain/values/fact-rows.js';
import { accountValues, attributeValues, DERIVING_FIELDS } from './account-fields.js';
import { accountIdOf, normalisedExternalId } from './account-ids.js';
import {
  type AccountToHold,
  applyNewestFields,
  deriveDates,
  holdAccounts,
  type Resolved,
  resolveAccounts,
} from './accounts.repository.js';
import {
  type Arrival,
  fieldSource,
  isNewer,
  type Outcome,
  rejected,
  type Settle,
  type TouchedAccounts,
} from './arrival.js';
import { type Decision, type FieldVersion, storeVersions } from './field-versions.repository.js';
import type { Names } from './names.repository.js';
import { inCircles } from './parent-circles.js';
import { addIsoDays } from './workspace-days.js';

const PARENT_IS_BELOW = 'The parent stands below this account itself. Change or clear its parent first.';

export type AccountArrival = Arrival & { row: AccountRow };

interface Patch {
  arrival: AccountArrival;
  accountId: string;
  fromDay: string;
  values: Map<string, unknown>;
  unmatchedOwners: string[];
}

/** Stores account rows: creates what is new, adds to the fields' histories, brings the accounts up to date. */
export async function storeAccounts(
  tx: Tx,
  arrivals: readonly AccountArrival[],
  names: Names,
  touched: TouchedAccounts,
  settle: Settle,
  wait: (arrival: Arrival) => void,
): Promise<{ created: Set<string> }> {
  if (arrivals.length === 0) return { created: new Set() };
  const readable = await readPatches(tx, arrivals, names, settle, wait);
  const circles = await belowThemselves(tx, readable);
  for (const { arrival } of circles) settle(arrival, rejected('PARENT_IS_BELOW', PARENT_IS_BELOW, 'parent'));
  const patches = readable.filter((patch) => !circles.has(patch));
  if (patches.length === 0) return { created: new Set() };
  const at = patches[0]!.arrival.receivedAt;
  const created = await holdAccounts(tx, accountsOf(patches), at);

  const { versions, patchesOf } = versionsOf(patches);
  const decisions = await storeVersions(tx, 'account', versions);
  const changed = versions.filter((_, index) => decisions[index] === 'set');
  await applyNewestFields(tx, changed, at);
  const deriving = changed.filter(({ field }) => DERIVING_FIELDS.has(field)).map(({ accountId }) => accountId);
  await deriveDates(tx, deriving, at);

  for (const { accountId, fromDay } of changed) touched.add(accountId, fromDay);
  for (const patch of patches) if (created.has(patch.accountId)) touched.add(patch.accountId, patch.fromDay);
  settlePatches(patches, patchesOf, versions, decisions, created, settle);
  return { created };
}

async function readPatches(
  tx: Tx,
  arrivals: readonly AccountArrival[],
  names: Names,
  settle: Settle,
  wait: (arrival: Arrival) => void,
): Promise<Patch[]> {
  const resolved = await resolveAccounts(
    tx,
    arrivals.map(({ row }) => row.account),
  );
  const patches: Patch[] = [];
  for (const arrival of arrivals) {
    const found = resolved.of(arrival.row.account);
    const accountId = accountIdFor(arrival, found);
    if (typeof accountId !== 'string') settle(arrival, accountId);
    else if (found.kind === 'unknown' && !arrival.mayCreate) wait(arrival);
    else {
      const patch = patchOf(arrival, accountId, names);
      if ('status' in patch) settle(arrival, patch);
      else patches.push(patch);
    }
  }
  return patches;
}

/** The patches that would put their account under itself. */
async function belowThemselves(tx: Tx, patches: readonly Patch[]): Promise<ReadonlySet<Patch>> {
  const saying = patches.filter(({ values }) => values.has('parent'));
  if (saying.length === 0) return new Set();
  const circles = await inCircles(
    tx,
    saying.map((patch) => versionOf(patch, 'parent', patch.values.get('parent'))),
  );
  return new Set(saying.filter((_, place) => circles.has(place)));
}

/** The id that the row's account has or would get; else why no account can take it. */
function accountIdFor({ row: { account } }: AccountArrival, found: Resolved): string | Outcome {
  if (found.kind === 'known') return found.accountId;
  if (found.kind === 'deleted') {
    return rejected('ACCOUNT_DELETED', `Account "${account.id}" was deleted.`, 'account');
  }
  if (found.kind === 'unknown' && account.via === 'externalId') return accountIdOf(account.id);
  return rejected('UNKNOWN_SUBSCRIPTION', `No account has the subscription "${account.id}".`, 'account');
}

/** What the row says of its account, or why that cannot be. */
function patchOf(arrival: AccountArrival, accountId: string, names: Names): Patch | Outcome {
  const { row } = arrival;
  const lastDay = addIsoDays(names.days.dayOf(arrival.receivedAt), 1);
  const fromDay = row.effectiveOn ?? arrival.asOfDay ?? names.days.dayOf(arrival.observedAt);
  if (fromDay > lastDay) {
    return rejected('DAY_IN_FUTURE', `The values would hold from ${fromDay} on, which is yet to come.`, 'effectiveOn');
  }
  if (row.fields.parentExternalId && accountIdOf(row.fields.parentExternalId) === accountId) {
    return rejected('PARENT_IS_SELF', 'An account cannot be its own parent.', 'parent');
  }
  const attributes = attributeValues('account', row.attributes, names.attributes);
  if (attributes.misfit !== null) {
    const message = `"${attributes.misfit}" takes another type of value.`;
    return rejected('ATTRIBUTE_TYPE', message, `attributes.${attributes.misfit}`);
  }
  const { values, unmatchedOwners } = accountValues(row.fields, {
    userOf: (text) => names.users.get(text.toLowerCase()) ?? null,
    parentIdOf: accountIdOf,
    lastDay,
  });
  for (const [field, value] of attributes.values) values.set(field, value);
  return { arrival, accountId, fromDay, values, unmatchedOwners };
}

function accountsOf(patches: readonly Patch[]): AccountToHold[] {
  const accounts = new Map<string, AccountToHold>();
  for (const { accountId, arrival, fromDay } of patches) {
    const known = accounts.get(accountId);
    const externalId = normalisedExternalId(arrival.row.account.id);
    if (!known) accounts.set(accountId, { id: accountId, externalId, name: externalId, firstSeenOn: fromDay });
    else if (fromDay < known.firstSeenOn) known.firstSeenOn = fromDay;
  }
  return [...accounts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One version a field and day; of several in the batch the newest. `patchesOf[i]` are the patches that say version i. */
function versionsOf(patches: readonly Patch[]): { versions: FieldVersion[]; patchesOf: Patch[][] } {
  const byKey = new Map<string, { version: FieldVersion; newest: Patch; patches: Patch[] }>();
  for (const patch of patches) {
    for (const [field, value] of patch.values) {
      const key = `${patch.accountId}|${field}|${patch.fromDay}`;
      const known = byKey.get(key);
      if (known && !isNewer(patch.arrival, known.newest.arrival)) {
        known.patches.push(patch);
        continue;
      }
      byKey.set(key, {
        version: versionOf(patch, field, value),
        newest: patch,
        patches: [...(known?.patches ?? []), patch],
      });
    }
  }
  const entries = [...byKey.values()];
  return { versions: entries.map(({ version }) => version), patchesOf: entries.map(({ patches: said }) => said) };
}

function versionOf({ accountId, fromDay, arrival }: Patch, field: string, value: unknown): FieldVersion {
  return {
    accountId,
    contactId: null,
    field,
    fromDay,
    value,
    source: fieldSource(arrival),
    observedAt: arrival.observedAt,
    receivedAt: arrival.receivedAt,
    dated: arrival.row.effectiveOn !== null,
  };
}

function settlePatches(
  patches: readonly Patch[],
  patchesOf: readonly Patch[][],
  versions: readonly FieldVersion[],
  decisions: readonly Decision[],
  created: ReadonlySet<string>,
  settle: Settle,
): void {
  const ofPatch = new Map<Patch, { decisions: Decision[]; kept: string[]; stale: boolean }>();
  for (const patch of patches) ofPatch.set(patch, { decisions: [], kept: [], stale: false });
  for (const [index, said] of patchesOf.entries()) {
    for (const patch of said) {
      const mine = ofPatch.get(patch)!;
      const version = versions[index]!;
      const decision = decisions[index]!;
      // A patch whose value another row of the batch overrides or repeats changes nothing by itself.
      const speaks = said.at(-1) === patch || version.observedAt === patch.arrival.observedAt;
      mine.decisions.push(speaks ? decision : 'same');
      if (decision === 'keptByHand') mine.kept.push(version.field);
    }
  }
  const announced = new Set<string>();
  const seen = new Map<string, string>();
  for (const patch of patches) {
    const { decisions: own, kept } = ofPatch.get(patch)!;
    const content = JSON.stringify([patch.fromDay, [...patch.values].sort(([a], [b]) => (a < b ? -1 : 1))]);
    const repeats = patch.arrival.importId !== null && seen.get(patch.accountId) === content;
    seen.set(patch.accountId, content);
    if (
      repeats ||
      (patch.arrival.importId !== null && own.length > 0 && own.every((decision) => decision === 'duplicate'))
    ) {
      settle(patch.arrival, { status: 'duplicate' });
      continue;
    }
    const isNew = created.has(patch.accountId) && !announced.has(patch.accountId);
    announced.add(patch.accountId);
    const status = isNew ? 'created' : own.includes('set') ? 'updated' : 'unchanged';
    settle(patch.arrival, { status, keptByHand: kept, ownerTexts: patch.unmatchedOwners });
  }
}
