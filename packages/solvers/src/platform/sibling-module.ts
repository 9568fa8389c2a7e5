/**
 * The URL of a module beside the caller's, for workers: sources end in .ts, published files in .js, and unlike imports
 * URLs are not rewritten by the compiler, so that the ending follows the caller's own.
 */
export function siblingModule(path: string, caller: string): URL {
  return new URL(`${path}${new URL(caller).pathname.endsWith('.ts') ? '.ts' : '.js'}`, caller);
}
