import { randomBytes } from 'node:crypto';
import { type CreateUser, createUserSchema } from '@steward/shared/access';
import { ROLES } from '@steward/shared/common';
import type { Command } from 'commander';
import { Option } from 'commander';
import { systemActor } from '../../platform/auth/principal.js';
import { tell, type WithApp } from '../../platform/commands.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { invalidInput } from '../../platform/http/validation.js';
import { UsersService } from './users.service.js';

const AUTHOR = systemActor('command line');

interface CreateOptions {
  email: string;
  name: string;
  role: string;
  manager?: string;
  password?: string;
}

function newPassword(): string {
  return randomBytes(15).toString('base64url');
}

function checked(input: unknown): CreateUser {
  const result = createUserSchema.safeParse(input);
  if (!result.success) throw invalidInput(result.error.issues);
  return result.data;
}

/** `user create`, `user list`, `user set-password` */
export function addUserCommands(program: Command, withApp: WithApp): void {
  const user = program.command('user').description('people who sign in');

  user
    .command('create')
    .description('adds a person; without --password one is made up and shown')
    .requiredOption('--email <address>', 'e-mail address, with which they sign in')
    .requiredOption('--name <full name>')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).makeOptionMandatory())
    .option('--manager <address>', 'e-mail address of the person they report to')
    .option('--password <password>', 'at least 10 characters')
    .action((options: CreateOptions) =>
      withApp(async (app) => {
        const users = app.get(UsersService, { strict: false });
        const password = options.password ?? newPassword();
        const managerId = options.manager === undefined ? null : await idOf(users, options.manager);
        const { email, name: fullName, role } = options;
        const made = await users.create(AUTHOR, checked({ email, fullName, role, managerId, password }));
        tell(`${made.email} may sign in as ${made.role}${options.password ? '' : ` with the password ${password}`}`);
      }),
    );

  user
    .command('list')
    .description('lists everyone')
    .action(() =>
      withApp(async (app) => {
        for (const person of await app.get(UsersService, { strict: false }).list()) {
          tell([person.email, person.fullName, person.role, person.active ? 'active' : 'deactivated'].join('\t'));
        }
      }),
    );

  user
    .command('set-password')
    .description('gives a person a new password and ends their sessions; without --password one is made up and shown')
    .requiredOption('--email <address>')
    .option('--password <password>', 'at least 10 characters')
    .action((options: { email: string; password?: string }) =>
      withApp(async (app) => {
        const password = createUserSchema.shape.password.safeParse(options.password ?? newPassword());
        if (!password.success) throw invalidInput(password.error.issues);
        const person = await app.get(UsersService, { strict: false }).setPassword(AUTHOR, options.email, password.data);
        tell(`${person.email} has a new password${options.password ? '' : `: ${password.data}`}`);
      }),
    );
}

async function idOf(users: UsersService, email: string): Promise<string> {
  const person = (await users.list()).find((one) => one.email.toLowerCase() === email.trim().toLowerCase());
  if (!person) throw new NotFound(`user with the address ${email}`);
  return person.id;
}
