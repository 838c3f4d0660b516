/** Structured logs: one line of JSON an event. Who logs says ids and outcomes; never a key, never what was said. */

export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  /** One life-cycle step. */
  info(event: string, fields?: LogFields): void;
  /** Something that somebody should look at. */
  error(event: string, fields?: LogFields): void;
}

export const silentLogger: Logger = { info() {}, error() {} };

/** `write` takes one finished line; standard output unless told otherwise. */
export function jsonLogger(write: (line: string) => void = (line) => process.stdout.write(line)): Logger {
  const at = (level: string) => (event: string, fields?: LogFields) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
  return { info: at('info'), error: at('error') };
}

/**
 * What may be told of a failure: names, codes and places. Not its message, since a database's message repeats the
 * values it was given.
 */
export function failureFields(failure: unknown): LogFields {
  if (!(failure instanceof Error)) return { error: typeof failure };
  const cause = failure.cause instanceof Error ? failure.cause : failure;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  const places = (failure.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { error: cause.name, code, at: places.slice(0, 5).map((place) => place.trim()) };
}
