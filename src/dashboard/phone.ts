/** Registers `<simulated-phone>`: on a page of the platform's, which it asks what rings. */

import { SimulatedPhone } from './simulated-phone.ts';

if (!customElements.get('simulated-phone')) customElements.define('simulated-phone', SimulatedPhone);
