import type { UpdateWorkspace, Workspace, WorkspaceSettings } from '@steward/shared/workspace';
import { NONE } from '../../lib/format.js';

type FloorKey = keyof WorkspaceSettings['changeFloors'];
type NumberKey = Exclude<keyof WorkspaceSettings, 'changeFloors' | 'renewalChance' | 'activeContactsMetric'>;

/** What the form of the workspace holds. A number that is being typed is text until it is one. */
export type WorkspaceDraft = Pick<Workspace, 'name' | 'timeZone' | 'currency' | 'ownEmailDomains' | 'everyoneSeesAll'> &
  Record<NumberKey | FloorKey, number | string>;

export const NUMBERS: { key: NumberKey; label: string; unit: string; note: string }[] = [
  { key: 'windowDays', label: 'Window', unit: ' days', note: 'Of signals without one of their own' },
  { key: 'npsDays', label: 'NPS counts for', unit: ' days', note: 'The latest answer of each contact' },
  { key: 'promoterDays', label: 'Promoters count for', unit: ' days', note: 'And detractors' },
  { key: 'csatDays', label: 'Satisfaction counts for', unit: ' days', note: 'Ratings of tickets and surveys' },
  { key: 'pulseDays', label: 'A pulse counts for', unit: ' days', note: 'Then it has expired' },
  { key: 'eventMonthsBack', label: 'Oldest events', unit: ' months', note: 'Older ones are rejected' },
  { key: 'lateFactDays', label: 'Late facts', unit: ' days', note: 'How far back closed days are rebuilt' },
  { key: 'dailySnapshotDays', label: 'Daily snapshots', unit: ' days', note: 'Then month-ends are kept' },
];
export const FLOORS: { key: FloorKey; label: string }[] = [
  { key: 'contacts', label: 'Contacts' },
  { key: 'events', label: 'Events' },
  { key: 'tickets', label: 'Tickets' },
  { key: 'money', label: 'Money' },
];

export function workspaceDraftOf(workspace: Workspace): WorkspaceDraft {
  const { name, timeZone, currency, ownEmailDomains, everyoneSeesAll, settings } = workspace;
  const { changeFloors, renewalChance: _ofTheForecast, activeContactsMetric: _notShown, ...numbers } = settings;
  return { name, timeZone, currency, ownEmailDomains, everyoneSeesAll, ...numbers, ...changeFloors };
}

export const isNumber = (typed: number | string): boolean => typed !== '' && Number.isFinite(Number(typed));

/** What was written over `workspace`, as PATCH takes it: settings whole, and of the rest what differs. */
export function workspaceChangeOf(workspace: Workspace, written: Partial<WorkspaceDraft>): UpdateWorkspace {
  const { name, timeZone, currency, ownEmailDomains, everyoneSeesAll, ...typed } = written;
  const numbersOf = (keys: readonly (NumberKey | FloorKey)[]) =>
    Object.fromEntries(keys.filter((key) => key in typed).map((key) => [key, Number(typed[key])]));
  const { revision, settings } = workspace;
  const changeFloors = { ...settings.changeFloors, ...numbersOf(FLOORS.map(({ key }) => key)) };
  return {
    revision,
    ...{ name, timeZone, currency, ownEmailDomains, everyoneSeesAll },
    ...(Object.keys(typed).length === 0
      ? {}
      : { settings: { ...settings, ...numbersOf(NUMBERS.map(({ key }) => key)), changeFloors } }),
  };
}

/** What each of the fields says, a line each. */
export function workspaceLines(fields: Partial<WorkspaceDraft>): string[] {
  const { name, timeZone, currency, ownEmailDomains, everyoneSeesAll } = fields;
  return [
    ...(name === undefined ? [] : [`Name: ${name}`]),
    ...(timeZone === undefined ? [] : [`Time zone: ${timeZone}`]),
    ...(currency === undefined ? [] : [`Currency: ${currency}`]),
    ...(ownEmailDomains === undefined ? [] : [`Own e-mail domains: ${ownEmailDomains.join(', ') || NONE}`]),
    ...(everyoneSeesAll === undefined ? [] : [`Everyone sees all accounts: ${everyoneSeesAll ? 'yes' : 'no'}`]),
    ...NUMBERS.filter(({ key }) => key in fields).map(({ key, label, unit }) => `${label}: ${fields[key]}${unit}`),
    ...FLOORS.filter(({ key }) => key in fields).map(({ key, label }) => `${label}: ${fields[key]}`),
  ];
}
