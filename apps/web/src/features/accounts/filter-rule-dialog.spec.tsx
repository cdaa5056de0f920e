import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { showEditor } from '../../components/ui/editor-page.factory.js';
import { FilterRuleDialog } from './filter-rule-dialog.js';
import { NO_FILTERS } from './filters.js';

async function shown(): Promise<{ onClose: jest.Mock }> {
  const onClose = jest.fn();
  await showEditor(
    <FilterRuleDialog filters={NO_FILTERS} catalogue={[]} segments={[]} onApply={jest.fn()} onClose={onClose} />,
    { path: '/segments', answer: {} },
  );
  await screen.findByRole('dialog', { name: 'Filter as a rule' });
  return { onClose };
}

it('asks before a rule that was built is lost', async () => {
  const { onClose } = await shown();
  await userEvent.click(screen.getByRole('button', { name: 'Group' }));
  // The first takes away what is offered for the new condition.
  await userEvent.keyboard('{Escape}{Escape}');
  expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
  expect(onClose).not.toHaveBeenCalled();
});

it('asks nothing where the filter stands as it was', async () => {
  const { onClose } = await shown();
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledTimes(1);
});
