/** All commands, in the order of the help. A new command is a file beside this one and a line here. */
import type { Command } from '../command.ts';

export const commands: readonly Command[] = [];
