import type { TimelineEntry } from '@steward/shared/timeline';
import { screen } from '@testing-library/react';
import { timelineQuery } from '../../components/timeline/get-timeline.js';
import { Timeline } from '../../components/timeline/timeline.js';
import { EARLIER, renderAccount } from './render-account.factory.js';

const ENTRY: TimelineEntry = {
  id: 'e-1',
  kind: 'survey',
  what: 'nps',
  at: '2026-09-13T00:00:00Z',
  day: '2026-09-13',
  dayOnly: true,
  title: 'NPS 9',
  text: null,
  by: null,
  with: [],
  subjectId: null,
  links: [],
};

it.each([
  [EARLIER, '13 Sep 2026 · 10 d ago'],
  [undefined, '13 Sep 2026 · 70 d ago'],
])('the timeline counts its days from the day looked at: %s', (asOf, heading) => {
  const { queryKey } = timelineQuery({ accountId: 'a-1', kinds: [], text: '', asOf });
  const pages = [{ entries: [ENTRY], counts: {}, next: null }];
  renderAccount(<Timeline accountId="a-1" asOf={asOf} kinds={[]} text="" onFilter={() => undefined} />, [
    [queryKey, { pages, pageParams: [undefined] }],
  ]);
  expect(screen.getByRole('heading', { name: heading })).toBeVisible();
});
