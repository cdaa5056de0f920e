import { render, screen } from '@testing-library/react';
import { Sparkline } from './sparkline.js';

it('is a picture with a text for those who do not see it', () => {
  render(<Sparkline values={[10, 20, 30]} />);
  expect(screen.getByRole('img', { name: 'from 10 to 30, lowest 10' })).toBeInTheDocument();
});

it('marks the newest value only when it is known', () => {
  const { container, rerender } = render(<Sparkline values={[10, 20]} />);
  expect(container.querySelector('circle')).not.toBeNull();
  rerender(<Sparkline values={[5, 10, null]} />);
  expect(container.querySelector('circle')).toBeNull();
});

it('shows also a day between two without a score', () => {
  const { container } = render(<Sparkline values={[10, 20, null, 30, null]} />);
  expect(container.querySelectorAll('polyline')).toHaveLength(1);
  expect(container.querySelectorAll('circle')).toHaveLength(1);
});
