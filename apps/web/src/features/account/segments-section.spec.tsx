import { screen } from '@testing-library/react';
import { EARLIER, renderAccount } from './render-account.factory.js';
import { SegmentsSection } from './segments-section.js';

const member = (name: string, sinceDay: string) => ({ id: name, key: null, name, rule: {}, sinceDay, how: 'rule' });
const now = [['account', 'a-1', 'segments', null], [member('Falling fast', '2026-10-02')]] as const;

it('of today tells the segments with why', () => {
  renderAccount(<SegmentsSection accountId="a-1" asOf={undefined} />, [now]);
  expect(screen.getByRole('link', { name: 'Falling fast' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Why it is in Falling fast' })).toBeVisible();
});

it('of an earlier day tells those of that day and since when, but not why: a rule is kept as it is now', () => {
  renderAccount(<SegmentsSection accountId="a-1" asOf={EARLIER} />, [
    now,
    [['account', 'a-1', 'segments', EARLIER], [member('Onboarding', '2026-08-01')]],
  ]);
  expect(screen.getByRole('link', { name: 'Onboarding' })).toBeVisible();
  expect(screen.getByText('since 1 Aug 2026')).toBeVisible();
  expect(screen.queryByText('Falling fast')).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
});

it('of an earlier day says when it was in none that was kept', () => {
  renderAccount(<SegmentsSection accountId="a-1" asOf={EARLIER} />, [
    now,
    [['account', 'a-1', 'segments', EARLIER], []],
  ]);
  expect(screen.getByText('In none whose members were kept on that day.')).toBeVisible();
});
