import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { GoalProgress, progressWords } from './goal-progress.js';

type Measured = Parameters<typeof progressWords>[0];
const measured = (changes: Partial<Measured> = {}): Measured => ({
  status: 'inProgress',
  progress: 0.4,
  elapsed: 0.55,
  target: { kind: 'signal', field: 'health.score', op: 'gte', value: 71 },
  tasks: { required: 2, requiredDone: 1, open: 1, overdue: 0 },
  ...changes,
});

it('says how far a goal is and how much of its time has passed', () => {
  expect(progressWords(measured())).toBe('40 % of the way; 55 % of its time has passed');
  expect(progressWords(measured({ status: 'missed' }))).toBe('40 % of the way');
  expect(progressWords(measured({ progress: null }))).toBe('No value is known yet; 55 % of its time has passed');
});

it('marks where the straight line stands while it is live, and not once it has ended', () => {
  const { container, rerender } = render(<GoalProgress goal={measured()} />, { wrapper: MantineProvider });
  expect(screen.getByRole('img', { name: /^40 % of the way/ })).toBeInTheDocument();
  expect(container.querySelector('[style="left: 55%;"]')).toBeInTheDocument();
  rerender(<GoalProgress goal={measured({ status: 'achieved', progress: 1 })} />);
  expect(container.querySelector('[style="left: 55%;"]')).not.toBeInTheDocument();
  expect(screen.getByRole('img', { name: '100 % of the way' })).toBeInTheDocument();
});

it('a goal whose deal is won is reached, with none of its tasks done', () => {
  const won = measured({ status: 'achieved', progress: 0, target: { kind: 'deal', dealKind: 'expansion' } });
  expect(progressWords(won)).toBe('100 % of the way');
});

it('shows a dash for what is not known, never nothing at all', () => {
  render(<GoalProgress goal={measured({ progress: null })} />, { wrapper: MantineProvider });
  expect(screen.getByText('–')).toBeInTheDocument();
});
