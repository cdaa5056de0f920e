import type { DraftMeasure } from '@steward/shared/health-studio';
import type { SignalEntry } from '@steward/shared/model';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { aBody } from '../profile.factory.js';
import { renderHealth } from '../render.factory.js';
import { GroupEditor } from './group-editor.js';
import { type Problem, problemsIn, problemsWithin } from './profile-draft.js';
import { sharesOf } from './shares.js';

const aSignal = (key: string, label: string, unit: SignalEntry['unit'], better: SignalEntry['better']) =>
  [key, { key, label, unit, better, description: '', retired: false } as SignalEntry] as const;
const SIGNALS = new Map([
  aSignal('usage.seat_utilization', 'Seat utilisation', 'percent', 'up'),
  aSignal('usage.active_days', 'Active days', 'days', 'up'),
  aSignal('support.urgent_open', 'Urgent tickets open', 'tickets', 'down'),
]);

function Groups({ said = [], remark = null }: { said?: Problem[]; remark?: string | null }) {
  const [draft, setDraft] = useState<ProfileDraft>(aBody());
  const problems = problemsIn(draft, said);
  const effects = new Map<string, DraftMeasure>(
    remark === null ? [] : [['usage.active_days', { remark } as DraftMeasure] as const],
  );
  return draft.groups.map((group, index) => (
    <GroupEditor
      key={group.key}
      group={group}
      draft={draft}
      problems={problemsWithin(problems, `groups.${index}`)}
      shares={sharesOf(draft)}
      signals={SIGNALS}
      figures={new Map()}
      effects={effects}
      seen={async () => null}
      change={(next) => setDraft(next)}
    />
  ));
}

const measures = (group: string) => within(screen.getByRole('list', { name: `Measures of ${group}` }));

it('shows the shares of all measures anew as a weight is typed', async () => {
  await renderHealth(<Groups />);
  expect(measures('Adoption').getAllByRole('listitem')[0]).toHaveTextContent('56.3 %');
  const weight = screen.getByLabelText('Weight of Active days');
  await userEvent.clear(weight);
  await userEvent.type(weight, '3');
  const [first, second] = measures('Adoption').getAllByRole('listitem');
  expect(first).toHaveTextContent('37.5 %');
  expect(second).toHaveTextContent('37.5 %');
});

it('says beside the field what is missing, and what is to be known of a measure', async () => {
  await renderHealth(<Groups remark="All accounts have the same value." />);
  expect(screen.getByText('All accounts have the same value.')).toBeInTheDocument();
  await userEvent.clear(screen.getByLabelText('Weight of Seat utilisation'));
  const [first] = measures('Adoption').getAllByRole('listitem');
  expect(first).toHaveTextContent('Enter a number');
  await userEvent.type(screen.getByLabelText('Weight of Seat utilisation'), '0');
  expect(first).toHaveTextContent('it is shown, and never counted');
});

it('shows what the server says at its place', async () => {
  await renderHealth(<Groups said={[{ path: 'groups.1.measures.0.signal', message: 'There is no such signal' }]} />);
  expect(measures('Support').getByRole('listitem')).toHaveTextContent('There is no such signal');
});

it('scores by bands instead of a line, joined end to end', async () => {
  await renderHealth(<Groups />);
  await userEvent.click(screen.getByRole('button', { name: /^Seat utilisation/ }));
  await userEvent.click(screen.getByRole('radio', { name: 'By bands' }));
  const bands = screen.getByRole('list', { name: 'Bands, from low values up' });
  expect(within(bands).getAllByRole('listitem')).toHaveLength(3);
  await userEvent.click(screen.getByRole('button', { name: 'Remove band 2' }));
  expect(screen.getByRole('button', { name: /^Seat utilisation/ })).toHaveTextContent('0 under 70 %, 100 from 70 % on');
});

it('moves a measure to another group, and removes it', async () => {
  await renderHealth(<Groups />);
  await userEvent.click(screen.getByRole('button', { name: 'More for Active days' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Support' }));
  expect(measures('Support').getAllByRole('listitem')).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: 'More for Active days' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  expect(measures('Support').getAllByRole('listitem')).toHaveLength(1);
});

it('offers only signals that are not measured yet', async () => {
  await renderHealth(<Groups />);
  await userEvent.click(screen.getByRole('button', { name: 'More for Active days' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  await userEvent.click(screen.getByRole('combobox', { name: 'Add a measure to Support' }));
  const options = await screen.findAllByRole('option');
  expect(options.map((option) => option.textContent)).toEqual(['Active days']);
  await userEvent.click(options[0]!);
  expect(measures('Support').getAllByRole('listitem')).toHaveLength(2);
});
