/** What an API key may be allowed to do. */

export const SCOPES = [
  'assistants:read',
  'assistants:write',
  'widgets:read',
  'widgets:write',
  'calls:read',
  'calls:write',
  'keys:read',
  'keys:write',
] as const;

export type Scope = (typeof SCOPES)[number];
