/** What the proxy tells its operator: ids and outcomes; never the key, never what a visitor or the platform said. */

export type ProxyLogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface ProxyLogger {
  /** One life-cycle step. */
  info(event: string, fields?: ProxyLogFields): void;
  /** Something that somebody should look at; `remedy` says what to do about it. */
  error(event: string, fields?: ProxyLogFields): void;
}

const line = (level: string, event: string, fields?: ProxyLogFields): string =>
  JSON.stringify({ time: new Date().toISOString(), level, event, ...fields });

/** One line of JSON an event. */
export const consoleLogger: ProxyLogger = {
  info: (event, fields) => console.log(line('info', event, fields)),
  error: (event, fields) => console.error(line('error', event, fields)),
};

/** What may be told of a thrown value: its name and code. A message may repeat what it was about. */
export function failureFields(thrown: unknown): ProxyLogFields {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
  return { error: cause.name, cause: 'code' in cause && typeof cause.code === 'string' ? cause.code : null };
}
