/** What telephone numbers look like in bodies. */

import { z } from '@hono/zod-openapi';
import { PROVIDERS } from '../store/providers.ts';

/** With its country's code, and nothing between the digits. */
export const phoneNumber = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be a number in E.164, such as +14155552671')
  .openapi({ example: '+14155552671' });

export const provider = z.enum(PROVIDERS);
