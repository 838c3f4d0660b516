/** The dashboard's page: its look, its elements, and the one that is all of it. */

import { registerElements } from './elements.ts';
import { sheets } from './look/sheets.ts';

document.adoptedStyleSheets.push(...sheets);
registerElements();
document.body.append(document.createElement('dashboard-app'));
