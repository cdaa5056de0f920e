import { Alert, List } from '@mantine/core';
import type { ImportProblem } from '@steward/shared/import-api';

/** Why a file or its mapping was refused as a whole. */
export function ImportProblemAlert({ problem }: { problem: ImportProblem }) {
  return (
    <Alert color="red" variant="light" role="alert" title={problem.message}>
      {problem.problems.length === 0 ? null : (
        <List size="sm">
          {problem.problems.map((each) => (
            <List.Item key={`${each.code} ${each.column} ${each.field}`}>
              {each.column ? `${each.column}: ` : ''}
              {each.message}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
