/** Whom telephone numbers are bought from. */

export const PROVIDERS = ['twilio', 'plivo', 'telnyx'] as const;

export type Provider = (typeof PROVIDERS)[number];
