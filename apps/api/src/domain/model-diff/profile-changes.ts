import type { ProfileDraft } from '@steward/shared/model-drafts';
import type { ModelChange } from '@steward/shared/model-versions';
import { profileShares, type Shares } from './shares.js';
import {
  changed,
  isSame,
  type ModelNames,
  number,
  type Paired,
  pairedByKey,
  quoted,
  ruleChanges,
  ruleWords,
  share,
} from './words.js';

type Group = ProfileDraft['groups'][number];
type Measure = Group['measures'][number] & { group: string };
type Limit = ProfileDraft['limits'][number];
type Normalizer = Measure['normalizer'];

/** What changed between two versions of a health profile, a sentence each. None: they say the same. */
export function profileChanges(before: ProfileDraft, after: ProfileDraft, names: ModelNames): ModelChange[] {
  const signals = new Map(names.catalogue.map((field) => [field.key, field]));
  const say: Say = {
    label: (key) => signals.get(key)?.label ?? key,
    unit: (key) => (signals.get(key)?.unit ? ` ${signals.get(key)?.unit}` : ''),
    shares: [profileShares(before), profileShares(after)],
  };
  return [
    ...ruleChanges(before.scope, after.scope, names, 'all accounts that no other profile takes').map(
      (text): ModelChange => ({ about: 'scope', kind: 'changed', text: `Scored accounts: ${text}` }),
    ),
    ...changesOfGroups(before.groups, after.groups, say),
    ...changesOfMeasures(before.groups, after.groups, say),
    ...changesOfLimits(before.limits, after.limits, names),
    ...changed('bands', [before.bands.watchFrom, after.bands.watchFrom], (a, b) => {
      return `Watch begins at ${number(a)} → ${number(b)} points`;
    }),
    ...changed('bands', [before.bands.healthyFrom, after.bands.healthyFrom], (a, b) => {
      return `Healthy begins at ${number(a)} → ${number(b)} points`;
    }),
    ...changed('coverage', [before.minCoverage, after.minCoverage], (a, b) => {
      return `A score needs data for ${number(a)} → ${number(b)} % of the weight`;
    }),
    ...changed('pulseGap', [before.pulseGap, after.pulseGap], (a, b) => {
      return `A pulse is reviewed from a gap of ${number(a)} → ${number(b)} points on`;
    }),
  ];
}

interface Say {
  label: (signal: string) => string;
  unit: (signal: string) => string;
  shares: readonly [before: Shares, after: Shares];
}

const shareWords = (was: number | null, is: number | null) => {
  return was === null || is === null ? '' : ` (share ${share(was)} → ${share(is)})`;
};
const shareNow = (is: number | null) => (is === null ? '' : ` (share ${share(is)})`);

function changesOfGroups(before: readonly Group[], after: readonly Group[], say: Say): ModelChange[] {
  const [old, now] = say.shares;
  const { added, removed, kept, order } = pairedByKey(before, after, ({ key }) => key);
  const labels = new Map([...before, ...after].map(({ key, label }) => [key, label]));
  return [
    ...removed.map(({ key, label }): ModelChange => ({ about: key, kind: 'removed', text: `Group ${label} removed` })),
    ...added.map(({ item }): ModelChange => {
      const text = `Group ${item.label} added with weight ${number(item.weight)}${shareNow(now.group(item.key))}`;
      return { about: item.key, kind: 'added', text };
    }),
    ...kept.flatMap(([was, is]) => [
      ...changed(is.key, [was.label, is.label], (a, b) => `Group ${quoted(a)} is called ${quoted(b)}`),
      ...changed(is.key, [was.weight, is.weight], (a, b) => {
        return `Weight of the group ${is.label} ${number(a)} → ${number(b)}${shareWords(old.group(is.key), now.group(is.key))}`;
      }),
    ]),
    ...inAnotherOrder(order, 'Groups', (key) => labels.get(key) ?? key),
  ];
}

function inAnotherOrder(order: Paired<unknown>['order'], what: string, label: (key: string) => string): ModelChange[] {
  if (order === null) return [];
  const [was, is] = order.map((keys) => keys.map(label).join(', '));
  return [{ about: 'order', kind: 'moved', text: `${what} in another order: ${was} → ${is}` }];
}

const measuresOf = (groups: readonly Group[]): Measure[] =>
  groups.flatMap(({ key, measures }) => measures.map((measure) => ({ ...measure, group: key })));

function changesOfMeasures(before: readonly Group[], after: readonly Group[], say: Say): ModelChange[] {
  const [old, now] = say.shares;
  const labels = new Map([...before, ...after].map(({ key, label }) => [key, label]));
  const groupOf = ({ group }: Measure) => labels.get(group) ?? group;
  const { added, removed, kept } = pairedByKey(measuresOf(before), measuresOf(after), ({ signal }) => signal);
  const orders = after.flatMap(({ key, measures }) => {
    const earlier = before.find((group) => group.key === key)?.measures ?? [];
    const { order } = pairedByKey(earlier, measures, ({ signal }) => signal);
    return inAnotherOrder(order, `Measures of ${labels.get(key)}`, say.label);
  });
  return [
    ...removed.map((measure): ModelChange => {
      return { about: measure.signal, kind: 'removed', text: `${say.label(measure.signal)} is no measure any more` };
    }),
    ...added.map(({ item }): ModelChange => {
      const text = `${say.label(item.signal)} is a measure of ${groupOf(item)} with weight ${number(item.weight)}${shareNow(now.measure(item.signal))}: ${normalizerWords(item.normalizer, say.unit(item.signal))}`;
      return { about: item.signal, kind: 'added', text };
    }),
    ...kept.flatMap(([was, is]): ModelChange[] => {
      const { signal } = is;
      const unit = say.unit(signal);
      return [
        ...(was.group === is.group
          ? []
          : [
              {
                about: signal,
                kind: 'moved' as const,
                text: `${say.label(signal)} moved from ${groupOf(was)} to ${groupOf(is)}`,
              },
            ]),
        ...changed(signal, [was.weight, is.weight], (a, b) => {
          return `Weight of ${say.label(signal)} ${number(a)} → ${number(b)}${shareWords(old.measure(signal), now.measure(signal))}`;
        }),
        ...changed(signal, [was.normalizer, is.normalizer], (a, b) => {
          return `${say.label(signal)}: ${normalizerWords(a, unit)} → ${normalizerWords(b, unit)}`;
        }),
      ];
    }),
    ...orders,
  ];
}

/** “0 points at 10 %, 100 points at 70 %”, or each band with its points. */
function normalizerWords(normalizer: Normalizer, unit: string): string {
  if (normalizer.kind === 'linear') {
    return `0 points at ${number(normalizer.from)}${unit}, 100 points at ${number(normalizer.to)}${unit}`;
  }
  const bands = normalizer.bands.map(({ from, to, score }, place) => {
    const isLast = place === normalizer.bands.length - 1;
    const range =
      from === null
        ? to === null
          ? 'any value'
          : `below ${number(to)}${unit}`
        : to === null
          ? `from ${number(from)}${unit}`
          : `${number(from)} ${isLast ? 'to' : 'to below'} ${number(to)}${unit}`;
    return `${range}: ${number(score)}`;
  });
  return `points by band (${bands.join('; ')})`;
}

function changesOfLimits(before: readonly Limit[], after: readonly Limit[], names: ModelNames): ModelChange[] {
  const { added, removed, kept, order } = pairedByKey(before, after, ({ key }) => key);
  const kindOf = ({ kind }: Limit) => (kind === 'cap' ? 'Cap' : 'Floor');
  const nameOf = (limit: Limit) => `${kindOf(limit)} ${quoted(limit.reason)}`;
  const reasons = new Map([...before, ...after].map(({ key, reason }) => [key, reason]));
  const quiet = (skips: boolean) => (skips ? 'rests in quiet periods' : 'holds in quiet periods as well');
  return [
    ...removed.map((limit): ModelChange => ({ about: limit.key, kind: 'removed', text: `${nameOf(limit)} removed` })),
    ...added.map(({ item }): ModelChange => {
      const text = `${nameOf(item)} at ${number(item.at)} added: ${ruleWords(item.rule, names, 'no rule yet')}`;
      return { about: item.key, kind: 'added', text };
    }),
    ...kept.flatMap(([was, is]): ModelChange[] => {
      if (isSame(was, is)) return [];
      const { key } = is;
      return [
        ...changed(key, [was.reason, is.reason], (a, b) => `${kindOf(is)} ${quoted(a)} says ${quoted(b)}`),
        ...changed(key, [was.kind, is.kind], (a, b) => `${quoted(is.reason)} was a ${a}, is a ${b}`),
        ...changed(key, [was.at, is.at], (a, b) => `${nameOf(is)}: at ${number(a)} → ${number(b)} points`),
        ...ruleChanges(was.rule, is.rule, names, 'no rule yet').map((text): ModelChange => {
          return { about: key, kind: 'changed', text: `${nameOf(is)}: ${text}` };
        }),
        ...changed(key, [was.skipInQuietPeriods, is.skipInQuietPeriods], (a, b) => {
          return `${nameOf(is)}: ${quiet(a)} → ${quiet(b)}`;
        }),
      ];
    }),
    ...inAnotherOrder(order, 'Caps and floors', (key) => reasons.get(key) ?? key),
  ];
}
