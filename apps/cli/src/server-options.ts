/** The options that say which store a command works on, the same for every command that needs one. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandContext, type OptionSpec, UsageError } from './command.ts';
import { textOption } from './options.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** In the clone, wherever the command is called from, so that `npm start` and every later command meet. */
const defaultDataDirectory = path.join(repository, '.qurriculum');

export const storeOptions: Readonly<Record<string, OptionSpec>> = {
  data: {
    ...{ type: 'string', value: 'DIR' },
    description: 'data directory (default: QURRICULUM_DATA_DIR, else .qurriculum in the clone)',
  },
  database: {
    ...{ type: 'string', value: 'URL' },
    description: 'postgres://... instead of the embedded database (default: QURRICULUM_DATABASE_URL)',
  },
};

/** Where webhooks may go besides public addresses. */
export const webhookOptions: Readonly<Record<string, OptionSpec>> = {
  'webhook-hosts': {
    ...{ type: 'string', value: 'LIST' },
    description: 'names, addresses, networks inside that webhooks may reach (default: QURRICULUM_WEBHOOK_HOSTS)',
  },
};

export interface StorePlace {
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const filled = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined);

/** Entries between commas; none where nothing was said. */
export function webhookHosts(context: Pick<CommandContext, 'options'>, environment: Environment): string[] {
  const text = textOption(context, 'webhook-hosts') ?? filled(environment['QURRICULUM_WEBHOOK_HOSTS']) ?? '';
  return text.split(',').flatMap((entry) => entry.trim() || []);
}

/** Options before environment before defaults. */
export function storePlace(context: Pick<CommandContext, 'options'>, environment: Environment): StorePlace {
  const data = textOption(context, 'data') ?? filled(environment['QURRICULUM_DATA_DIR']) ?? defaultDataDirectory;
  if (data.trim() === '') throw new UsageError('--data: expected a folder, got nothing.');
  const databaseUrl = textOption(context, 'database') ?? filled(environment['QURRICULUM_DATABASE_URL']);
  return { dataDir: path.resolve(data), databaseUrl };
}
