import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

interface FormActionsProps {
  /** Where one comes from. */
  back: string;
  /** “Create rule”, “Save”. */
  save: string;
  isPending: boolean;
  disabled?: boolean;
}

/** The end of a form that is a page of its own: leave it, or save it. */
export function FormActions({ back, save, isPending, disabled = false }: FormActionsProps) {
  return (
    <>
      <Button variant="default" component={Link} to={back}>
        Cancel
      </Button>
      <Button type="submit" disabled={disabled} loading={isPending}>
        {save}
      </Button>
    </>
  );
}
