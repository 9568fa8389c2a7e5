/** Why a file could not be read, as it stands after "got". */
export function sayReadError(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'no such file' : error.message;
}
