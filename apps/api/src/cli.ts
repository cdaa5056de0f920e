import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Command } from 'commander';
import { AppModule } from './app.module.js';
import { addImportCommands } from './intake/imports/imports.cli.js';
import { addAccountCommands } from './pipeline/run/accounts.cli.js';
import { addRunCommands } from './pipeline/run/run.cli.js';
import { complaint, type WithApp } from './platform/commands.js';
import { readConfig } from './platform/config/config.js';
import { configureLog } from './platform/logging/log.js';
import { NestLog } from './platform/logging/nest-log.js';
import { keepHeapSmall } from './platform/process.js';
import { addApiKeyCommands } from './records/api-keys/api-keys.cli.js';
import { addUserCommands } from './records/users/users.cli.js';
import { addReportCommands } from './reports/base/reports.cli.js';
import { addSampleCommands } from './sample/sample.cli.js';

const runThread = new URL('./run-thread.js', import.meta.url);

/**
 * Opens the product for one command. Its log goes to standard error, so that the answer stands alone on standard
 * output.
 */
const withApp: WithApp = async (work) => {
  const config = readConfig();
  configureLog({ level: process.stderr.isTTY ? 'warn' : 'error', format: 'text' });
  const app = await NestFactory.createApplicationContext(AppModule.for('cli', config, { runThread }), {
    logger: new NestLog(),
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
};

keepHeapSmall();

const program = new Command('steward')
  .description('Steward, the account-health desk: commands beside a running server, or without one')
  .showHelpAfterError('Add --help for what the command takes.');
addRunCommands(program, withApp);
addAccountCommands(program, withApp);
addImportCommands(program, withApp);
addUserCommands(program, withApp);
addApiKeyCommands(program, withApp);
addReportCommands(program, withApp);
addSampleCommands(program, withApp);

// A reader that has seen enough (`| head`) closes the pipe: no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${complaint(error)}\n`);
  process.exitCode = 1;
}
