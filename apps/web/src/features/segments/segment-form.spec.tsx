import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { showEditor } from '../../components/ui/editor-page.factory.js';
import type { SegmentDetail } from './get-segment.js';
import { SegmentForm } from './segment-form.js';

const shown = () =>
  showEditor(<SegmentForm segment={null} />, { path: '/segments', answer: { id: 's-1', name: 'Champions' } });
const name = () => screen.findByRole('textbox', { name: 'Name' });
const leave = () => userEvent.click(screen.getByRole('link', { name: 'Today' }));

it('asks before a segment that was written is left, and keeps it for whoever stays', async () => {
  const { where } = await shown();
  await userEvent.type(await name(), 'Champions');
  await leave();
  const asked = within(await screen.findByRole('dialog', { name: 'Leave without saving?' }));
  await userEvent.click(asked.getByRole('button', { name: 'Stay' }));
  expect(where()).toBe('/editor');
  expect(await name()).toHaveValue('Champions');
  await leave();
  await userEvent.click(await screen.findByRole('button', { name: 'Leave, without my changes' }));
  await waitFor(() => expect(where()).toBe('/'));
});

it('tells whoever is signed out in mid-writing how to save it nevertheless', async () => {
  const { where, goTo } = await shown();
  await userEvent.type(await name(), 'Champions');
  act(() => goTo('/sign-in'));
  expect(await screen.findByText(/sign in again in another tab, and save it here/)).toBeVisible();
  expect(where()).toBe('/editor');
});

it('asks nothing where nothing was changed, or no longer is', async () => {
  const { where } = await shown();
  await userEvent.type(await name(), 'C');
  await userEvent.clear(await name());
  await leave();
  await waitFor(() => expect(where()).toBe('/'));
});

it('asks nothing once it is saved', async () => {
  const { where, sent } = await shown();
  await userEvent.type(await name(), 'Champions');
  await userEvent.click(screen.getByRole('button', { name: 'Create segment' }));
  await waitFor(() => expect(where()).toBe('/segments/s-1'));
  expect(sent.filter(({ path }) => path === '/segments')).toMatchObject([
    { method: 'POST', body: { name: 'Champions' } },
  ]);
});

const champions = {
  id: 's-1',
  of: 'account',
  name: 'Champions',
  description: '',
  visibility: 'shared',
  rule: { kind: 'all', rules: [] },
  columns: null,
  sort: null,
  revision: 4,
} as unknown as SegmentDetail;

/** The form, while its segment is read again after somebody else has saved it. */
function ReadAgain() {
  const [segment, setSegment] = useState(champions);
  return (
    <>
      <button type="button" onClick={() => setSegment({ ...champions, name: 'Friends', revision: 5 })}>
        News
      </button>
      <SegmentForm segment={segment} />
    </>
  );
}

it('is refused in words, with what was written, where somebody else saved the segment meanwhile', async () => {
  const refusal = { code: 'REVISION_MOVED', message: 'This segment was changed in the meantime.' };
  const { sent } = await showEditor(<ReadAgain />, { path: '/segments/s-1', answer: refusal, status: 409 });
  const description = await screen.findByRole('textbox', { name: 'Description' });
  await userEvent.type(description, 'Who speaks for us');
  await userEvent.click(screen.getByRole('button', { name: 'News' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(
    await screen.findByText(/Somebody else changed it in the meantime. What you wrote is still here/),
  ).toBeVisible();
  expect(sent.find(({ method }) => method === 'PATCH')).toMatchObject({ body: { name: 'Champions', revision: 4 } });
  expect(description).toHaveValue('Who speaks for us');
});
