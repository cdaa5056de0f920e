import { Button } from '@mantine/core';

interface RowButtonProps {
  label: string;
  /** The label with what it is about, for those who do not see the row. */
  said: string;
  opensDialog?: boolean;
  onClick: () => void;
}

/** A deed at the end of a row of a table. */
export function RowButton({ label, said, opensDialog = false, onClick }: RowButtonProps) {
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      aria-label={said}
      aria-haspopup={opensDialog ? 'dialog' : undefined}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
