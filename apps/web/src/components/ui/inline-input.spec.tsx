import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InlineInput } from './inline-input.js';

function renderInput() {
  const told = { saved: [] as string[], left: 0 };
  render(
    <>
      <InlineInput
        label="seats"
        type="number"
        text="12"
        width={90}
        problemOf={(text) => (Number(text) < 0 ? 'Give 0 or more' : null)}
        onSave={(text) => told.saved.push(text)}
        onLeave={() => {
          told.left += 1;
        }}
      />
      <button type="button">Elsewhere</button>
    </>,
  );
  return told;
}

const typed = async (text: string) => {
  const input = screen.getByLabelText('seats');
  await userEvent.clear(input);
  await userEvent.type(input, text);
};

describe('a value typed in its place', () => {
  it.each([
    ['Enter', () => userEvent.keyboard('{Enter}')],
    ['going elsewhere', () => userEvent.click(screen.getByRole('button', { name: 'Elsewhere' }))],
  ])('is saved once by %s', async (_how, end) => {
    const told = renderInput();
    await typed('15');
    await end();
    fireEvent.blur(screen.getByLabelText('seats'));
    expect(told).toEqual({ saved: ['15'], left: 1 });
  });

  it('is left by Esc, and saves nothing where it stayed the same', async () => {
    const told = renderInput();
    await typed('15');
    await userEvent.keyboard('{Escape}');
    fireEvent.blur(screen.getByLabelText('seats'));
    expect(told).toEqual({ saved: [], left: 1 });
  });

  it.each([
    ['Enter', () => userEvent.keyboard('{Enter}')],
    ['going elsewhere', () => userEvent.click(screen.getByRole('button', { name: 'Elsewhere' }))],
  ])('that is not taken stays on %s, with the reason beside it', async (_how, end) => {
    const told = renderInput();
    await typed('-7');
    await end();
    expect(screen.getByRole('alert')).toHaveTextContent('Give 0 or more');
    expect(screen.getByLabelText('seats')).toHaveValue(-7);
    expect(screen.getByLabelText('seats')).toHaveAccessibleDescription('Give 0 or more');
    expect(told).toEqual({ saved: [], left: 0 });
    await typed('7');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('that is half written is not taken for none', async () => {
    const told = renderInput();
    const input = screen.getByLabelText('seats') as HTMLInputElement;
    await userEvent.clear(input);
    Object.defineProperty(input, 'validity', { value: { badInput: true } });
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('Give a number, or none');
    expect(told).toEqual({ saved: [], left: 0 });
  });
});
