import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { SetAsideNotice } from './set-aside-notice.js';

function show(setAside: { asOf: string; code: string } | null) {
  return render(<SetAsideNotice setAside={setAside} />, { wrapper: MantineProvider });
}

it('an account that cannot be computed says since when and what brings it back', () => {
  show({ asOf: '2026-04-15', code: '22003' });
  expect(screen.getByRole('status')).toHaveTextContent(
    /15 Apr 2026 \(22003\).*tried again with the account’s next fact/,
  );
});

it('an account that is computed says nothing', () => {
  show(null);
  expect(screen.queryByRole('status')).toBeNull();
});
