import type { INestApplicationContext } from '@nestjs/common';
import { Command } from 'commander';
import { addImportCommands } from '../../apps/api/src/intake/imports/imports.cli.js';
import { addAccountCommands } from '../../apps/api/src/pipeline/run/accounts.cli.js';
import { addRunCommands } from '../../apps/api/src/pipeline/run/run.cli.js';
import type { WithApp } from '../../apps/api/src/platform/commands.js';

/** Runs a command line as a person types it, on the running product; answers what it printed. */
export async function command({ app }: { app: INestApplicationContext }, ...line: string[]): Promise<string> {
  const program = new Command().exitOverride();
  const withApp: WithApp = (work) => work(app);
  addRunCommands(program, withApp);
  addAccountCommands(program, withApp);
  addImportCommands(program, withApp);
  const printed: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const progress = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await program.parseAsync(line, { from: 'user' });
  } finally {
    out.mockRestore();
    progress.mockRestore();
  }
  return printed.join('').trim();
}
