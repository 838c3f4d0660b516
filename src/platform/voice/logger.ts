/** What the gateway tells its operator: never what somebody said. */

export interface GatewayLogger {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  error(message: string, fields: Readonly<Record<string, unknown>>): void;
}

export const silentLogger: GatewayLogger = { info() {}, error() {} };

/** An error in one line. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
